// Makes README's picture: an exercise of lesson 01, being solved in its page.
//   npm start -- --no-serve && npm run picture
// Needs Chromium; CHROMIUM may say where it is.
import { chromium } from 'playwright-core';
import { readLessons } from '../dist/lessons/catalogue.js';
import { serve } from '../dist/site/server.js';

const server = await serve({ folder: 'build/site', port: 0, cwd: '.', env: process.env });
const [, lesson] = await readLessons();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage({
  viewport: { width: 960, height: 1360 },
  colorScheme: 'light',
});
const address = new URL(server.address);
await page.goto(new URL(`${lesson.slug}.html${address.search}`, address).href);

for (const { name, kind, solution } of lesson.parts) {
  if (kind !== 'exercise' || name.startsWith('predict-')) continue;
  const exercise = page.locator(`.cell[data-cell="exercise-${name}"]`);
  await exercise.scrollIntoViewIfNeeded();
  await exercise.locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(solution);
  await exercise.getByRole('button', { name: 'Check', exact: true }).click();
  await exercise.getByText(/of \d points/).waitFor({ timeout: 60_000 });
}
// The check draws what the learner's unit makes of a photograph.
await page.locator('.cell[data-cell^="check-convolution-unit"] figure.plot svg').first().waitFor();
await page.locator('.cell[data-cell="exercise-convolution-unit"]').evaluate((cell) => {
  cell.ownerDocument.defaultView.scrollBy(0, cell.getBoundingClientRect().top - 16);
});
await page.mouse.move(0, 0);
// Until the frame stands where it belongs.
await page.waitForTimeout(1000);
await page.screenshot({ path: 'docs/images/lesson-01.png' });
await browser.close();
server.close();
