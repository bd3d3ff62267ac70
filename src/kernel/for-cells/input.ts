import { askInTerminal } from '#platform';
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
  const answer = password ? undefined : askInTerminal(prompt);
  if (answer) return answer;
  throw new Error(
    password
      ? 'input() can hide what is typed only in a notebook of this kernel.'
      : 'input() cannot ask anybody here: it needs a notebook of this kernel, or a terminal.',
  );
}
