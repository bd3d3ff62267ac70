import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { readLessons } from '../../dist/lessons/catalogue.js';
import type { ExercisePart, Lesson } from '../../dist/lessons/lesson.js';
import type { GradingMetadata } from '../../dist/lessons/to-assignment.js';
import type { Notebook } from '../../dist/notebook/notebook.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { seriousFindings } from './support/accessibility.js';
import { complaintsOf, needBrowser } from './support/browser.js';
import { kernelPlaces, type StartedPlace } from './support/kernel-places.js';
import { LessonPage } from './support/lesson-page.js';
import { training } from './support/training-cell.js';

const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true };
const desk: BrowserContextOptions = { viewport: { width: 1280, height: 900 } };

const wrong =
  'function convolve(image: number[][], kernel: number[][], stride = 1): number[][] { return [[0, 0], [0, 0]]; }';

/** Lets a page wait so long for what it does later that it is left, or another one comes first. */
const slowDown =
  'const wait = window.setTimeout; window.setTimeout = (act, ms = 0) => wait(act, 20 * ms);';

for (const { name, isInPage, start } of kernelPlaces) {
  describe(`A lesson done in its page, on ${name}`, () => {
    let browser: Browser | undefined;
    let place: StartedPlace | undefined;
    let lesson: Lesson;
    let right: string;
    let context: BrowserContext;

    before(async function () {
      browser = await needBrowser(this);
      lesson = (await readLessons()).find(({ slug }) => slug.startsWith('01-'))!;
      const isConvolve = (part: Lesson['parts'][number]): part is ExercisePart =>
        part.kind === 'exercise' && part.name === 'convolve';
      right = lesson.parts.find(isConvolve)!.solution;
      place = await start(temporaryFolder(), '--lesson', '01');
    });

    after(async () => {
      await browser?.close();
      await place?.stop();
    });

    afterEach(async () => {
      await context.close();
    });

    /** Opens the lesson in a browser that has never been here. */
    async function open(options = desk): Promise<LessonPage> {
      context = await browser!.newContext(options);
      const page = await context.newPage();
      await page.goto(place!.addressOf(lesson));
      const learner = new LessonPage(page);
      await learner.cell('code-1').locator('.cm-content').waitFor();
      return learner;
    }

    for (const [width, options] of [
      ['a desk', desk],
      ['a phone', phone],
    ] as const) {
      it(`is learned by trying, at ${width}: message, hint, point, and all is kept`, async () => {
        const learner = await open(options);
        const complaints = complaintsOf(learner.page);
        const exercise = learner.cell('exercise-convolve');
        const message = exercise.locator('.check-words');
        await learner.typeKeyByKey('exercise-convolve', wrong);
        await learner.press('exercise-convolve', 'Check');
        await message.getByText('✗ the size of convolve(5×5 picture, 3×3 kernel)').waitFor();
        assert.doesNotMatch(await message.innerText(), /Hint/);
        await learner.press('exercise-convolve', 'Check');
        await message.getByText('Hint: A 3×3 window fits').waitFor();
        assert.equal(await learner.points.innerText(), '0 of 6 points');

        await learner.type('exercise-convolve', right);
        await learner.press('exercise-convolve', 'Check');
        await learner.points.getByText('2 of 6 points').waitFor();
        assert.match(await learner.outputs('check-convolve-2'), /✓ convolve with stride 1/);

        await learner.page.reload();
        await learner.points.getByText('2 of 6 points').waitFor();
        await exercise.scrollIntoViewIfNeeded();
        await exercise.getByText('✓ 2 of 2 points').waitFor();
        const kept = await exercise.locator('.source pre').textContent();
        assert.equal(kept, right);
        await learner.page.goto(place!.home);
        await learner.page.getByText('2 of 6 points').waitFor();
        assert.deepEqual(complaints, []);
      });
    }

    it('underlines type errors before anything is run', async () => {
      const learner = await open();
      await learner.type('exercise-convolve', 'const sides: string = preprocess.length;');
      const marked = learner.cell('exercise-convolve').locator('.cm-lintRange-error');
      // `preprocess` is imported by a cell that has not been run.
      await marked.getByText('sides', { exact: true }).waitFor({ timeout: 120_000 });
    });

    it('ends a loop, and asks the learner where a cell asks', async () => {
      const learner = await open();
      await learner.run('code-1', 'const before = 5;');
      await learner.type('code-2', 'while (true) {}');
      await learner.page.keyboard.press('ControlOrMeta+Enter');
      await learner.page.getByText(/^Running, [1-9]/).waitFor({ timeout: 60_000 });
      await learner.page.getByRole('button', { name: 'Stop' }).click();
      await learner.ended('code-2');
      if (isInPage) {
        assert.match(await learner.outputs('code-2'), /the variables of all cells are lost/);
        await learner.notices.getByText(/The variables are gone/).waitFor();
        await learner.notices.getByText('Run the cells above again').click();
        await learner.ended('code-1');
      }
      assert.equal(await learner.run('code-2', 'before'), '5');

      await learner.type(
        'code-1',
        "import { input } from 'inception-lab';\nconsole.log(`Hello ${await input('Who? ')}`);",
      );
      await learner.page.keyboard.press('ControlOrMeta+Enter');
      const field = learner.page.getByLabel('Who?');
      await field.fill('<b>Ada</b>');
      await field.press('Enter');
      await learner.ended('code-1');
      assert.match(await learner.outputs('code-1'), /^Hello <b>Ada<\/b>/);
    });

    it('goes on with a training that was stopped, from its last whole epoch', async () => {
      const learner = await open();
      assert.doesNotMatch(await learner.run('code-1', training), /Error/);
      await learner.type('code-2', "await trained('stopped', 300)");
      await learner.page.keyboard.press('ControlOrMeta+Enter');
      await learner
        .cell('code-2')
        .getByText(/epoch [3-8]/i)
        .first()
        .waitFor({ timeout: 120_000 });
      await learner.page.getByRole('button', { name: 'Stop' }).click();
      await learner.ended('code-2');
      // A step lets go of the page: the variables stay there, too.
      const again = "steps = 0; await trained('stopped'); steps";
      const outputs = await learner.run('code-2', again);
      const steps = Number(/(\d+)\s*$/.exec(outputs)?.[1]);
      // Of 40: an epoch has five.
      assert.ok(steps > 0 && steps <= 30, outputs);
    });

    it('shows what is thrown, and only the beginning of a flood', async () => {
      const learner = await open();
      assert.match(await learner.run('code-1', "throw new TypeError('boo');"), /TypeError: boo/);
      const flood = "for (let i = 0; i < 1e5; i++) console.log('x'.repeat(100));";
      const shown = await learner.run('code-1', flood);
      assert.ok(shown.length < 1.2e6, `${shown.length} characters`);
      assert.match(shown.slice(-200), /the rest is left out/);
      assert.equal(await learner.run('code-1', '6 * 7'), '42');
    });

    it('does not check code that stops before', async () => {
      const learner = await open();
      await learner.type('exercise-convolve', 'const convolve: string = 42;');
      await learner.press('exercise-convolve', 'Check');
      await learner.ended('exercise-convolve');
      const exercise = learner.cell('exercise-convolve');
      await exercise.getByText(/^Your code stops before it can be checked/).waitFor();
      await exercise.getByText(/TS2322: Type 'number' is not assignable/).waitFor();
      assert.equal(await learner.cell('check-convolve-1').getAttribute('data-state'), 'idle');
    });

    it('shows solutions after a try or by saying so, and predictions after the guess', async () => {
      const learner = await open();
      const exercise = learner.cell('exercise-convolve');
      const solution = exercise.locator('details.solution');
      await solution.locator('summary').click();
      assert.equal(await solution.getAttribute('open'), null);
      await exercise.getByText('Show the solution anyway').click();
      assert.notEqual(await solution.getAttribute('open'), null);

      const revealed = learner.cell('check-predict-cost-1').locator('details.revealed');
      await revealed.locator('summary').click();
      await learner.page.getByText('You have not predicted yet').waitFor();
      await learner.type('exercise-predict-cost', 'const predictedCost = () => [1, 2];');
      await revealed.locator('summary').click();
      assert.notEqual(await revealed.getAttribute('open'), null);
    });

    it('gives an exercise back as it was, and the text again', async () => {
      const learner = await open();
      await learner.type('exercise-convolve', '// mine');
      await learner.press('exercise-convolve', 'Start this exercise over');
      const content = learner.cell('exercise-convolve').locator('.cm-content');
      await content.getByText('not implemented').waitFor();
      await learner.press('exercise-convolve', 'Bring my text back');
      await content.getByText('// mine').waitFor();
    });

    it('can be taken away as a notebook, and brought in elsewhere', async () => {
      const learner = await open();
      await learner.type('exercise-convolve', '// mine');
      const folder = temporaryFolder();
      const path = await learner.takeAwayTo(folder);
      const { cells } = JSON.parse(await readFile(path, 'utf8')) as Notebook;
      const answer = cells.find(({ metadata }) => {
        const { grade_id } = metadata.nbgrader as GradingMetadata;
        return grade_id === 'exercise-convolve';
      });
      assert.deepEqual(answer!.source, ['// mine']);
      await context.close();

      const elsewhere = await open();
      const damaged = join(folder, 'damaged.ipynb');
      await writeFile(damaged, '{"cells":[');
      const field = elsewhere.page.locator('.lesson-menu input');
      await field.setInputFiles(damaged);
      await elsewhere.notices.getByText(/“damaged.ipynb” cannot be read/).waitFor();
      await field.setInputFiles(path);
      await elsewhere.notices.getByText(/One cell has now the text of/).waitFor();
      const text = elsewhere.cell('exercise-convolve').locator('.source pre');
      assert.equal(await text.textContent(), '// mine');
      await elsewhere.notices.getByText('Undo').click();
      assert.match((await text.textContent()) ?? '', /not implemented/);
    });

    it('has what another tab has typed, and asks which text stays where both have typed', async () => {
      const first = await open();
      const page = await context.newPage();
      await page.goto(place!.addressOf(lesson));
      const second = new LessonPage(page);
      await second.notices.getByText(/open in another tab, too/).waitFor();
      const contentOf = (learner: LessonPage) =>
        learner.cell('exercise-convolve').locator('.cm-content');
      await first.page.bringToFront();
      await first.type('exercise-convolve', '// shared');
      await second.page.bringToFront();
      await second.cell('exercise-convolve').scrollIntoViewIfNeeded();
      await contentOf(second).getByText('// shared').waitFor();

      // The other tab comes first.
      await page.evaluate(slowDown);
      await second.type('exercise-convolve', '// second');
      await first.page.bringToFront();
      await first.type('exercise-convolve', '// first');
      await second.page.bringToFront();
      await second
        .cell('exercise-convolve')
        .getByText(/In another tab/)
        .waitFor();
      await second.press('exercise-convolve', 'Keep what is here');
      await first.page.bringToFront();
      await contentOf(first).getByText('// second').waitFor();
    });

    it('has what was typed in its last moment, but not over what was typed since', async () => {
      const learner = await open();
      const exercise = learner.cell('exercise-convolve');
      const text = exercise.locator('.source pre');
      const leaveAnother = async () => {
        const page = await context.newPage();
        await page.goto(place!.addressOf(lesson));
        await page.evaluate(slowDown);
        await new LessonPage(page).type('exercise-convolve', '// last words');
        await page.close({ runBeforeUnload: true });
        await learner.page.bringToFront();
      };
      await leaveAnother();
      await learner.page.reload();
      await text.getByText('// last words').waitFor({ state: 'attached' });

      await learner.press('exercise-convolve', 'Start this exercise over');
      await learner.page.waitForTimeout(1000);
      await leaveAnother();
      await learner.type('exercise-convolve', '// since');
      await learner.page.waitForTimeout(1000);
      await learner.page.reload();
      await exercise.getByText(/^Just before you left/).waitFor();
      assert.equal(await text.textContent(), '// since');
      await learner.press('exercise-convolve', 'Use that text');
      assert.equal(await text.textContent(), '// last words');
    });

    it('says so where the browser keeps nothing, and goes on', async () => {
      const learner = await open();
      await learner.page.addInitScript(() => {
        Object.defineProperty(window, 'indexedDB', {
          get() {
            throw new DOMException('Access is denied.', 'SecurityError');
          },
        });
      });
      await learner.page.reload();
      await learner.notices.getByText(/The browser keeps nothing for this page/).waitFor();
      assert.equal(await learner.run('code-1', '6 * 7'), '42');
    });

    it('says so where there is no room, and keeps what there was', async () => {
      const learner = await open();
      await learner.type('exercise-convolve', '// kept');
      await learner.page.waitForTimeout(1000);
      await learner.page.evaluate(() => {
        IDBObjectStore.prototype.put = () => {
          throw new DOMException('No room.', 'QuotaExceededError');
        };
      });
      await learner.type('exercise-predict-cost', '// too much');
      await learner.notices.getByText(/no room left for what you type/).waitFor();
      await learner.page.reload();
      const text = learner.cell('exercise-convolve').locator('.source pre');
      await text.getByText('// kept').waitFor({ state: 'attached' });
    });

    if (isInPage) inPageTests();
    else
      it('has the lesson’s outputs, guarded, when they arrive while it is open', async () => {
        context = await browser!.newContext(desk);
        const page = await context.newPage();
        const learner = new LessonPage(page);
        // As it is before the lesson has been run; so early, no script has seen it.
        await page.addInitScript(() => {
          document.addEventListener('readystatechange', () => {
            if (document.readyState !== 'interactive') return;
            document.body.dataset.status = 'waiting';
            for (const outputs of document.querySelectorAll('.outputs')) outputs.replaceChildren();
          });
        });
        let status = 'waiting';
        await page.route('**/state.json', (route) =>
          route.fulfill({ json: { [lesson.slug]: { status } } }),
        );
        await page.goto(place!.addressOf(lesson));
        const expected = await page.evaluate(async () => {
          const text = await (await fetch(location.href)).text();
          const whole = new DOMParser().parseFromString(text, 'text/html');
          return [...whole.querySelectorAll<HTMLElement>('.cell.code')]
            .map((cell) => ({
              name: cell.dataset.cell!,
              // Plots are drawn anew.
              outputs: [...cell.querySelectorAll('.outputs pre')].map(
                ({ textContent }) => textContent,
              ),
            }))
            .filter(({ outputs }) => outputs.length > 0);
        });
        const [early, late] = expected.map(({ name }) => name) as [string, string];
        assert.equal(await learner.run(early, '6 * 7'), '42');
        status = 'done';
        const revealed = learner.cell('check-predict-cost-1').locator('details.revealed');
        await revealed.waitFor({ state: 'attached' });

        await revealed.locator('summary').click();
        await page.getByText('You have not predicted yet').waitFor();
        assert.equal(await revealed.getAttribute('open'), null);

        assert.equal(await learner.outputs(early), '42');
        assert.equal(await learner.run(late, '6 * 8'), '48');
        for (const { name, outputs } of expected.slice(0, 2)) {
          await learner.press(name, 'As it was');
          const shown = learner.cell(name).locator('> .outputs pre');
          await shown.getByText(outputs[0]!.trim()).waitFor();
          assert.deepEqual(await shown.allTextContents(), outputs);
        }
      });

    it('can be left by keyboard, and has nothing that axe finds serious', async () => {
      for (const colorScheme of ['light', 'dark'] as const) {
        const { page } = await open({ ...desk, colorScheme });
        await page.locator('.cm-content').first().click();
        await page.keyboard.press('Escape');
        assert.match((await page.textContent('#page-announcement')) ?? '', /Tab now leaves/);
        await page.keyboard.press('Tab');
        // CodeMirror's own class follows some milliseconds later.
        assert.equal(await page.locator('.cm-content:focus').count(), 0);
        assert.deepEqual(await seriousFindings(page), []);
        await context.close();
      }
    });

    function inPageTests(): void {
      it('says what computes, and why what would be faster does not', async () => {
        const { page } = await open();
        const chooser = page.locator('#page-backend');
        await chooser.getByText(/WebGPU finds no GPU/).waitFor({ state: 'attached' });
        assert.match(await chooser.locator('option:checked').innerText(), /^WebAssembly, /);
        assert.match(await chooser.locator('option:disabled').innerText(), /^WebGPU/);
      });

      it('says so where its workers do not start, and goes on when they do', async () => {
        const learner = await open();
        const { page } = learner;
        await page.clock.install();
        await page.route(/-worker\.js$/, (route) =>
          route.fulfill({ contentType: 'text/javascript' }),
        );
        await page.reload();
        // Not from the editor: it would ask for completions, and start them again.
        await learner.press('code-1', 'Run');
        await learner.cell('code-1').getByText('Waits').waitFor();
        await page.clock.fastForward(31_000);
        const refusal = learner.notices.getByText(
          /did not start in this browser: its worker has not/,
        );
        await refusal.waitFor();
        await page.unroute(/-worker\.js$/);
        await learner.press('code-1', 'Run');
        await learner.ended('code-1');
        assert.equal(await learner.cell('code-1').getAttribute('data-state'), 'ok');
      });

      it('keeps what cells save beside what is typed', async () => {
        const learner = await open();
        const code = [
          "import { loadWeights, saveWeights, tf } from 'inception-lab';",
          'const layer = tf.layers.dense({ units: 1, inputShape: [2] });',
          'const model = tf.sequential({ layers: [layer] });',
          "await saveWeights(model, 'mine.safetensors');",
          "await loadWeights(model, 'mine.safetensors');",
          "'kept';",
        ].join('\n');
        assert.equal(await learner.run('code-1', code), "'kept'");
        await learner.page.reload();
        const text = learner.cell('code-1').locator('.source pre');
        await text.getByText('mine.safetensors').first().waitFor({ state: 'attached' });
        assert.equal(await text.textContent(), code);
      });

      it('says so when a cell’s memory has brought the page down, and has what was typed', async function () {
        const small = await needBrowser(this, [
          '--disable-gpu',
          '--js-flags=--max-old-space-size=400',
        ]);
        context = await small.newContext(desk);
        const learner = new LessonPage(await context.newPage());
        // By hand: Playwright does not look again at what has crashed.
        const devtools = await context.newCDPSession(learner.page);
        const untilSaid = async (selector: string, words: string) => {
          const expression = `document.querySelector('${selector}')?.textContent ?? ''`;
          for (let said = ''; !said.includes(words);) {
            await new Promise((resolve) => setTimeout(resolve, 200));
            const { result } = await devtools.send('Runtime.evaluate', { expression });
            said = String(result.value);
          }
        };
        await learner.page.goto(place!.addressOf(lesson));
        await learner.type('exercise-convolve', '// mine');
        await learner.type(
          'code-1',
          'const all: number[][] = [];\nfor (;;) all.push(Array(1e6).fill(0.1));',
        );
        const crash = learner.page.waitForEvent('crash');
        await learner.page.keyboard.press('ControlOrMeta+Enter');
        await crash;

        await devtools.send('Page.reload');
        await untilSaid('.kernel-bar .notices', 'The page crashed while a cell ran');
        await untilSaid('[data-cell="exercise-convolve"] .source pre', '// mine');
        await untilSaid('[data-cell="code-1"] .source pre', 'for (;;)');
        await small.close();
      });
    }
  });
}
