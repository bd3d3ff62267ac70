import assert from 'node:assert/strict';
import { imagenetClasses } from 'inception-lab';

describe('imagenetClasses', () => {
  it('are 1000 names, no two the same', () => {
    assert.equal(imagenetClasses.length, 1000);
    assert.equal(new Set(imagenetClasses).size, 1000);
    for (const name of imagenetClasses) assert.match(name, /^[A-Za-z][A-Za-z .'()-]+$/);
  });

  for (const [index, name] of [
    [0, 'tench'],
    [1, 'goldfish'],
    [134, 'crane (bird)'],
    [207, 'golden retriever'],
    [281, 'tabby'],
    [404, 'airliner'],
    [517, 'crane (machine)'],
    [999, 'toilet tissue'],
  ] as const) {
    it(`have ${name} at ${index}`, () => {
      assert.equal(imagenetClasses[index], name);
    });
  }
});
