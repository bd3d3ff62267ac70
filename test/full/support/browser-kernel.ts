import { build } from 'esbuild';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { securityPolicy } from '../../../dist/site/security-policy.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import type { Harness } from './cells-in-page.js';
import { serveBelowPath, type StaticServer } from './static-server.js';

/** Serves a page that has nothing but a kernel, with the policy of the course's pages. */
export async function serveKernelPage(
  headers?: Readonly<Record<string, string>>,
): Promise<StaticServer> {
  const folder = temporaryFolder();
  await mkdir(join(folder, 'assets'));
  await cp('dist/page', join(folder, 'assets'), { recursive: true });
  await build({
    entryPoints: { harness: 'test/full/support/cells-in-page.ts' },
    outdir: folder,
    bundle: true,
    format: 'esm',
    define: { INCEPTION_LAB_VERSION: '"test"' },
  });
  await writeFile(
    join(folder, 'index.html'),
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>A kernel</title>
<meta http-equiv="Content-Security-Policy" content="${securityPolicy}">
<link rel="icon" href="data:,"><script type="module" src="harness.js"></script></html>`,
  );
  return serveBelowPath(folder, headers);
}

/** A kernel in a page, seen from the test. */
export class BrowserKernel {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  static async open(browser: Browser, address: string, backend?: string): Promise<BrowserKernel> {
    const kernel = await BrowserKernel.load(await browser.newPage(), address);
    await kernel.call('open', backend);
    return kernel;
  }

  /** Loads the page that can have a kernel, and starts none. */
  static async load(page: Page, address: string): Promise<BrowserKernel> {
    await page.goto(address);
    await page.waitForFunction(() => 'harness' in globalThis);
    return new BrowserKernel(page);
  }

  /** Calls a function of the page's. */
  async call<Name extends keyof Harness>(
    name: Name,
    ...args: Parameters<Harness[Name]>
  ): Promise<Awaited<ReturnType<Harness[Name]>>> {
    return this.page.evaluate(
      ([called, given]) =>
        (globalThis as unknown as { harness: Record<string, (...all: unknown[]) => never> })
          .harness[called]!(...given),
      [name, args] as const,
    );
  }

  run(code: string): ReturnType<Harness['run']> {
    return this.call('run', code);
  }
}
