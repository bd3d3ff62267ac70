import assert from 'node:assert/strict';
import { matchDrafts } from '../../../dist/site/page/match-drafts.js';

const draft = (original: string, text: string) => ({ original, text, revision: text });
const cell = (name: string, original: string) => ({ name, original });

describe('Drafts of a lesson that has changed', () => {
  it('stay in the cell whose text is the same', () => {
    const { same, changed, left } = matchDrafts([cell('code-1', 'a'), cell('code-2', 'b')], {
      'code-2': draft('b', 'mine'),
    });
    assert.equal(same.get('code-2')?.text, 'mine');
    assert.equal(changed.size + left.length, 0);
  });

  it('follow their cell to another number, when one was put in before it', () => {
    const cells = [cell('code-1', 'new'), cell('code-2', 'a'), cell('code-3', 'b')];
    const { same, changed, left } = matchDrafts(cells, {
      'code-1': draft('a', 'my a'),
      'code-2': draft('b', 'my b'),
    });
    assert.deepEqual(
      [...same].map(([name, { text }]) => [name, text]),
      [
        ['code-2', 'my a'],
        ['code-3', 'my b'],
      ],
    );
    assert.equal(changed.size + left.length, 0);
  });

  it('follow their cell although another one’s draft has its number', () => {
    const { same, left } = matchDrafts([cell('code-1', 'b')], {
      'code-1': draft('a', 'my a'),
      'code-2': draft('b', 'my b'),
    });
    assert.equal(same.get('code-1')?.text, 'my b');
    assert.deepEqual(
      left.map(({ text }) => text),
      ['my a'],
    );
  });

  it('are kept under the names of today, and none is lost', () => {
    const before = { 'code-1': draft('a', 'my a'), 'code-2': draft('b', 'my b') };
    const { kept } = matchDrafts([cell('code-1', 'b'), cell('code-2', 'new')], before);
    assert.equal(kept['code-1']?.text, 'my b');
    assert.equal(kept['code-2'], undefined);
    assert.deepEqual(
      Object.values(kept)
        .map(({ text }) => text)
        .sort(),
      ['my a', 'my b'],
    );
  });

  it('of a cell that is gone leave its number to the cell that has it', () => {
    const before = { 'code-1': draft('gone', 'old'), 'code-2': draft('a', 'my a') };
    const first = matchDrafts([cell('code-1', 'a')], before);
    const second = matchDrafts([cell('code-1', 'a')], first.kept);
    assert.equal(second.same.get('code-1')?.text, 'my a');
    assert.deepEqual(second.kept, first.kept);
  });

  it('are told of where the text of their cell is another', () => {
    const { same, changed } = matchDrafts([cell('exercise-f', 'new stub')], {
      'exercise-f': draft('old stub', 'mine'),
    });
    assert.equal(same.size, 0);
    assert.equal(changed.get('exercise-f')?.text, 'mine');
  });

  it('are not lost where their cell is gone', () => {
    const { left } = matchDrafts([cell('code-1', 'a')], { 'exercise-f': draft('stub', 'mine') });
    assert.deepEqual(
      left.map(({ text }) => text),
      ['mine'],
    );
  });
});
