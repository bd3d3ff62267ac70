import { build } from 'esbuild';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { cases } from '../backends/gradients/cases.js';
import { testCase } from '../backends/gradients/test-case.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { needBrowser, softwareGpu } from './support/browser.js';
import type { GradientsHarness } from './support/gradients-in-page.js';
import { serveBelowPath, type StaticServer } from './support/static-server.js';

/** A page with the cases in it; it needs a server of its own: WebGPU is for secure contexts alone. */
async function servePage(): Promise<StaticServer> {
  const folder = temporaryFolder();
  await build({
    entryPoints: { harness: 'test/full/support/gradients-in-page.ts' },
    ...{ outdir: folder, bundle: true, splitting: true, format: 'esm', logLevel: 'error' },
  });
  const script = '<script type="module" src="harness.js"></script>';
  await writeFile(join(folder, 'index.html'), `<!doctype html><title>Gradients</title>${script}`);
  return serveBelowPath(folder);
}

describe('Gradients in Chromium against finite differences in float64', () => {
  let server: StaticServer;
  let browser: Browser;
  let page: Page;

  before(async function () {
    browser = await needBrowser(this, softwareGpu);
    server = await servePage();
  });

  after(async () => {
    await browser.close();
    server.close();
  });

  /** Calls a function of the page's. */
  function call<Name extends keyof GradientsHarness>(
    name: Name,
    ...args: unknown[]
  ): Promise<Awaited<ReturnType<GradientsHarness[Name]>>> {
    return page.evaluate(
      ([called, given]) =>
        (globalThis as unknown as { harness: Record<string, (...all: unknown[]) => never> })
          .harness[called]!(...given),
      [name, args] as const,
    );
  }

  for (const backend of ['wasm', 'webgpu']) {
    describe(`on ${backend}`, () => {
      before(async () => {
        page = await browser.newPage();
        await page.goto(server.address);
        await page.waitForFunction(() => 'harness' in globalThis);
        await call('useBackend', backend);
      });

      for (const test of cases) {
        it(test.name, () =>
          testCase(test, ({ name }, inputs, weights) =>
            call(
              'compute',
              name,
              inputs.map(({ shape, data }) => ({ shape, data: [...data] })),
              Array.from(weights),
            ),
          ),
        );
      }
    });
  }
});
