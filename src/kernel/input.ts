import { currentKernel } from './current-kernel.js';

export interface InputOptions {
  /** Whether what is typed is not to be seen. Default: `false` */
  readonly password?: boolean;
}

/**
 * Asks the user, below the notebook's cell or in a terminal, and resolves to what is typed.
 *
 *     const name = await input('Your name? ');
 *
 * @throws Error where nobody can be asked: a notebook that runs by itself, or stock tslab.
 */
export async function input(prompt = '', { password = false }: InputOptions = {}): Promise<string> {
  const kernel = currentKernel();
  if (kernel) return kernel.input({ prompt, password });
  if (!process.stdin.isTTY) {
    throw new Error(
      'input() has nobody to ask here: it needs a notebook of this kernel, or a terminal.',
    );
  }
  if (password) throw new Error('input() cannot hide what is typed in a terminal.');
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question(prompt);
  } finally {
    terminal.close();
  }
}
