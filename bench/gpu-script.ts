/** The command that runs a script of this folder, compiled as this one is, as a process of its own. */
export function ours(script: string, ...args: string[]): string[] {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return [process.execPath, ...process.execArgv, `bench/${script}.${extension}`, ...args];
}
