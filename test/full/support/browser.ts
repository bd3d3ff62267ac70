import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { need } from './requirements.js';

/** What Chromium needs as root, and what keeps it from talking to anybody but us. */
const args = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** For pages that want no GPU. */
const noGpu = ['--disable-gpu'];

/** A GPU in software. With fewer of these, WebGPU starts, and reads zeros. */
export const softwareGpu = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];

/** Starts the Chromium that CHROMIUM names, else Debian's; skips the suite where there is none. */
export async function needBrowser(
  context: Mocha.Context,
  gpu: readonly string[] = noGpu,
): Promise<Browser> {
  const path = process.env.CHROMIUM ?? '/usr/bin/chromium';
  const executablePath = need(
    context,
    'browser',
    existsSync(path) ? path : undefined,
    `there is no ${path}; name a Chromium in CHROMIUM.`,
  );
  return chromium.launch({ executablePath, args: [...args, ...gpu] });
}

/**
 * Listens to a page from now on.
 *
 * @returns a list that grows with every warning, error, failed request, and request to another host
 */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    const type = message.type();
    // Chromium's own words where a page asks for a GPU and there is none.
    if (message.text() === 'No available adapters.') return;
    if (type === 'error' || type === 'warning') complaints.push(`${type}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('requestfailed', (request) => {
    const { errorText = 'failed' } = request.failure() ?? {};
    // The page was left before all of it had come; not the server's fault.
    if (errorText !== 'net::ERR_ABORTED') complaints.push(`${errorText}: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol !== 'data:' && hostname !== '127.0.0.1') complaints.push(`asked ${hostname}`);
  });
  return complaints;
}
