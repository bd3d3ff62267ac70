import assert from 'node:assert/strict';
import { fingerprint } from '../../dist/grading/compile/fingerprint.js';
import { pairsAlike } from '../../dist/grading/report/alike.js';
import type { Marked } from '../../dist/grading/report/marked.js';
import { commonMistakes } from '../../dist/grading/report/mistakes.js';
import { canvasTable, marksTable, moodleTable } from '../../dist/grading/report/tables.js';
import { feedbackPage } from '../../dist/site/marks/feedback-page.js';
import { suiteLesson } from './suite.js';

const program = `function convolve(image, kernel, stride = 1) {
  const output = [];
  for (let i = 0; i + kernel.length <= image.length; i += stride) {
    const row = [];
    for (let j = 0; j + kernel[0].length <= image[0].length; j += stride) {
      let sum = 0;
      kernel.forEach((weights, a) => weights.forEach((w, b) => { sum += w * image[i + a][j + b]; }));
      row.push(sum);
    }
    output.push(row);
  }
  return output;
}`;
const renamed = program
  .replaceAll('output', 'result')
  .replaceAll('row', 'line')
  .replaceAll('sum', 'total')
  .replaceAll(' = 0', ' = 0.0');
const another = `function convolve(image, kernel, stride = 1) {
  const at = (i, j) => kernel.flatMap((row, a) => row.map((w, b) => w * image[stride * i + a][stride * j + b])).reduce((x, y) => x + y);
  const places = (n, k) => Array.from({ length: Math.floor((n - k) / stride) + 1 }, (_, i) => i);
  return places(image.length, kernel.length).map((i) => places(image[0].length, kernel[0].length).map((j) => at(i, j)));
}`;

function marked(learner: string, code: string, message?: string, id?: string): Marked {
  const check = {
    ...{ check: 'check-convolve-1', exercise: 'convolve', points: 2 },
    ...{ earned: message === undefined ? 2 : 0, output: '', hasHidden: false },
    ...(message !== undefined && { message }),
  };
  const prints = { convolve: fingerprint(code) };
  const marks = { checks: [check], errors: [], suspicious: [], prints };
  return { learner, cells: [], marks, ...(id !== undefined && { id }) };
}

describe('What a teacher is told of a class', () => {
  it('finds a program again whose names and numbers were changed, and no other', () => {
    assert.deepEqual(fingerprint(renamed), fingerprint(program));
    const all = [marked('ada', program), marked('bob', renamed), marked('eve', another)];
    assert.deepEqual(pairsAlike(all), [{ learners: ['ada', 'bob'], likeness: 1 }]);
  });

  it('takes what most of a class have written for nobody’s', () => {
    const class8 = Array.from({ length: 8 }, (_, i) => marked(`learner ${i}`, program));
    assert.deepEqual(pairsAlike(class8), []);
  });

  it('counts mistakes by what the check said first, without its hint', () => {
    const all = [
      marked('ada', '', '✗ the size: expected 3, but got 2.\n  Hint: one.'),
      marked('bob', '', '✗ the size: expected 3, but got 2.\n  Hint: two.'),
      marked('eve', '', '✗ the size: expected 3, but got 5.'),
    ];
    const found = commonMistakes(all).map(({ message, learners }) => [message, learners]);
    assert.deepEqual(found, [
      ['✗ the size: expected 3, but got 2.', ['ada', 'bob']],
      ['✗ the size: expected 3, but got 5.', ['eve']],
    ]);
  });

  it('is a table for each learning platform, with its own numbers of learners', () => {
    const all = [marked('Ada, L.', '', undefined, '17'), marked('=cmd()', '', 'no', '18')];
    assert.equal(marksTable(all), 'learner,points,of,convolve\n"Ada, L.",2,2,2\n\'=cmd(),0,2,0\n');
    assert.match(moodleTable(all), /^Participant 17,"Ada, L\.",2,2,convolve: 2 of 2$/m);
    assert.match(canvasTable(all, suiteLesson), /^Points Possible,,,,,2$/m);
    assert.match(canvasTable(all, suiteLesson), /^"Ada, L\.",17,,,,2$/m);
  });

  it('says of a check without points, too, whether it passed', () => {
    const { learner, cells, marks } = marked('ada', program);
    const [check] = marks.checks;
    const free = { ...check!, check: 'check-convolve-2', points: 0, earned: 0 };
    const checks = [check!, free, { ...free, message: '✗ the size: expected 3, but got 2.' }];
    const page = feedbackPage(
      { learner, cells, marks: { ...marks, checks } },
      { title: 'A lesson', hiddenTests: true },
    );
    const said = [...page.matchAll(/<h3>(.*)<\/h3>/g)].map(([, text]) => text);
    assert.deepEqual(said, ['✓ 2 of 2', '✓ 0 of 0', '✗ 0 of 0']);
  });
});
