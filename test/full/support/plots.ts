import type { Page } from 'playwright-core';

/** A plot as the browser has drawn it. */
interface Drawing {
  readonly images: readonly DrawnImage[];
  /** The boxes of its bars, in pixels. */
  readonly bars: readonly Box[];
  /** And of its points. */
  readonly lines: readonly Box[];
}

interface Box {
  readonly width: number;
  readonly height: number;
}

interface DrawnImage extends Box {
  /** How many different colours its pixels have; 0 if it cannot be decoded. */
  readonly colours: number;
}

/**
 * Waits until every plot of the page is drawn, as each is when the reader comes near.
 *
 * @param complaints what the browser has said so far; the reason, if a plot never is drawn
 */
export async function waitForPlots(page: Page, complaints: readonly string[]): Promise<void> {
  try {
    await page.waitForFunction(
      () => {
        const waiting = document.querySelector('figure.plot:not([data-drawn])');
        waiting?.scrollIntoView({ behavior: 'instant' });
        return document.querySelector('figure.plot') && !waiting;
      },
      undefined,
      { timeout: 90_000 },
    );
    await page.evaluate(() => {
      scrollTo({ top: 0, behavior: 'instant' });
    });
  } catch (cause) {
    const waiting = await page.$$eval('figure.plot', (plots) =>
      plots.flatMap((plot, i) => ('drawn' in plot.dataset ? [] : [i + 1])),
    );
    throw new Error(
      `Of ${page.url()}, these plots were not drawn: ${waiting.join(', ') || 'none'}. ` +
        complaints.join('\n'),
      { cause },
    );
  }
}

/** What is wrong with the page's drawn plots, a line each; none if all of them show something. */
export async function emptyPlots(page: Page): Promise<string[]> {
  const drawings = await measure(page);
  return drawings.flatMap((drawing, i) =>
    problemsOf(drawing).map((problem) => `plot ${i + 1}: ${problem}`),
  );
}

function problemsOf({ images, bars, lines }: Drawing): string[] {
  if (images.length + bars.length + lines.length === 0) {
    return ['has neither images nor bars nor lines nor points'];
  }
  const problems = images.flatMap(({ width, height, colours }, i) => {
    if (colours === 0) return [`image ${i + 1} cannot be decoded`];
    return width > 0 && height > 0 ? [] : [`image ${i + 1} has no size`];
  });
  // A single feature map may rightly be of one colour: a channel that ReLU has emptied.
  if (images.length > 0 && images.every(({ colours }) => colours < 2)) {
    problems.push('every image is of one colour');
  }
  if (bars.length > 0 && !bars.some(({ width, height }) => width > 0 && height > 0)) {
    problems.push('no bar has a size');
  }
  // A level line has no height; beside images, points without a size carry a legend.
  if (images.length === 0 && lines.length > 0 && !lines.some(hasSize)) {
    problems.push('no line or point has a size');
  }
  return problems;
}

function hasSize({ width, height }: Box): boolean {
  return width > 0 || height > 0;
}

/** Runs in the page. Its functions have no names: the tests' compiler would mark them for itself. */
function measure(page: Page): Promise<Drawing[]> {
  return page.$$eval('figure.plot', (figures) =>
    Promise.all(
      figures.map(async (figure) => {
        const bars = Array.from(figure.querySelectorAll<SVGGraphicsElement>('svg .mark-rect path'));
        const lines = Array.from(
          figure.querySelectorAll<SVGGraphicsElement>(
            'svg .mark-line path, svg .mark-symbol.role-mark path',
          ),
        );
        const images = Array.from(
          figure.querySelectorAll<SVGImageElement>('svg .mark-image image'),
        );
        return {
          bars: bars.map((bar) => bar.getBBox()).map(({ width, height }) => ({ width, height })),
          lines: lines
            .map((line) => line.getBBox())
            .map(({ width, height }) => ({ width, height })),
          images: await Promise.all(
            images.map(async (image) => {
              const { width, height } = image.getBoundingClientRect();
              const picture = new Image();
              picture.src = image.href.baseVal;
              try {
                await picture.decode();
              } catch {
                return { width, height, colours: 0 };
              }
              const canvas = document.createElement('canvas');
              canvas.width = picture.naturalWidth;
              canvas.height = picture.naturalHeight;
              const context = canvas.getContext('2d')!;
              context.drawImage(picture, 0, 0);
              const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
              return { width, height, colours: new Set(new Uint32Array(data.buffer)).size };
            }),
          ),
        };
      }),
    ),
  );
}
