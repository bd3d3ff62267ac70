import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** SwiftShader, Chromium's Vulkan driver on the CPU, where Debian's package puts it. */
const swiftShader = '/usr/lib/chromium/vk_swiftshader_icd.json';

/** Starts WebGPU in a process of its own; says why not, if it does not start. */
const program = `
  import { useBackend } from ${JSON.stringify(new URL('../../dist/index.js', import.meta.url).href)};
  await useBackend('webgpu');
`;

let asked = false;

/** Where WebGPU finds no adapter, lets it find SwiftShader's, if that is installed. */
export function useSoftwareAdapter(): void {
  if (asked) return;
  asked = true;
  if (!existsSync(swiftShader)) return;
  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: 'ignore',
    timeout: 60_000,
  });
  if (status !== 0) process.env.VK_ICD_FILENAMES = swiftShader;
}
