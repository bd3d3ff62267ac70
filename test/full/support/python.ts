import { need, type Requirement } from './requirements.js';
import { runCommand, succeed } from './run-command.js';

/**
 * The interpreter that INCEPTION_LAB_PYTHON names, else `python3`; skips the test or the suite if it
 * lacks what Jupyter needs.
 */
export function needPython(context: Mocha.Context): Promise<string> {
  const modules = 'jupyter_client jupyter_kernel_test jupyterlab nbclient nbconvert nbformat';
  return needModules(context, 'jupyter', modules.split(' '));
}

/** The same, for other modules. */
export async function needModules(
  context: Mocha.Context,
  requirement: Requirement,
  modules: readonly string[],
): Promise<string> {
  const python = process.env.INCEPTION_LAB_PYTHON ?? 'python3';
  const list = modules.join(', ');
  const { status } = await runCommand(python, ['-c', `import ${list}`]);
  return need(
    context,
    requirement,
    status === 0 ? python : undefined,
    `${python} does not have ${list}; name a Python that does in INCEPTION_LAB_PYTHON.`,
  );
}

/** Holds a notebook against nbformat's own schema; warnings count as errors. */
export async function validateNotebook(python: string, path: string): Promise<void> {
  const code = 'import json, nbformat, sys; nbformat.validate(json.load(open(sys.argv[1])))';
  await succeed(python, ['-X', 'utf8', '-W', 'error', '-c', code, path]);
}
