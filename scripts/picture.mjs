// Makes README's picture: a photograph of lesson 01's page, as `npm start` has written it.
//   npm start -- --no-serve && npm run picture
// Needs Chromium; CHROMIUM may say where it is.
import { chromium } from 'playwright-core';
import { serve } from '../dist/site/server.js';

const { address } = await serve({ folder: 'build/site', port: 0, cwd: '.' });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage({ viewport: { width: 960, height: 800 }, colorScheme: 'light' });
await page.goto(new URL('01-the-convolution-unit.html', address).href);
for (const plot of await page.locator('figure.plot').all()) await plot.locator('svg').waitFor();
const from = await page.locator('h3', { hasText: 'Exercise 2' }).boundingBox();
const to = await page.locator('h2', { hasText: 'Three units' }).boundingBox();
await page.screenshot({
  path: 'docs/images/lesson-01.png',
  fullPage: true,
  clip: { x: 0, y: from.y - 16, width: 960, height: to.y - from.y - 16 },
});
await browser.close();
process.exit();
