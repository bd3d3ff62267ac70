import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { headersFolder } from './npm-package.js';
import { bindingFile, packageFolder, quietFile, type Recipe } from './recipe.js';
import { runTool } from './run-tool.js';
import { cudaLibraries, pythonFolder } from './wheels.js';

/**
 * TensorFlow says that it uses oneDNN while its library is being loaded, before it has looked at
 * TF_CPP_MIN_LOG_LEVEL. Loaded first, this module lets the variable hold from the start.
 */
const quietSource = `
#include <cstdlib>
#include <node_api.h>
#include "absl/log/globals.h"

NAPI_MODULE_INIT() {
  const char* level = std::getenv("TF_CPP_MIN_LOG_LEVEL");
  if (level != nullptr) {
    absl::SetMinLogLevel(static_cast<absl::LogSeverityAtLeast>(std::atoi(level)));
  }
  return exports;
}
`;

/**
 * The CUDA libraries that TensorFlow opens by name, in the version that it was built for. Linked to
 * the binding they are there by then, so that no LD_LIBRARY_PATH is needed.
 */
const opened =
  /^lib(cudart|cublas|cublasLt|cufft|curand|cusolver|cusparse|nvJitLink|cudnn|nccl|cupti)\.so\.\d+$/;

/** Whether the binding has been compiled. */
export function isCompiled(recipe: Recipe): boolean {
  return existsSync(bindingFile(recipe)) && existsSync(quietFile(recipe));
}

/** Compiles the package's own binding, as it is, against TensorFlow's library. */
export async function compile(recipe: Recipe): Promise<void> {
  const source = join(recipe.folder, 'quiet.cc');
  writeFileSync(source, quietSource);
  await compileModule(recipe, [source], quietFile(recipe), ['libtensorflow_framework.so.2']);

  const folder = join(packageFolder(recipe), 'binding');
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(folder, name));
  const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];
  await compileModule(recipe, sources, bindingFile(recipe), libraries);
}

async function compileModule(
  recipe: Recipe,
  sources: readonly string[],
  output: string,
  libraries: readonly string[],
): Promise<void> {
  const tensorflow = join(pythonFolder(recipe), 'tensorflow');
  const all = [
    ...libraries.map((name) => ({ folder: tensorflow, name })),
    ...(output === bindingFile(recipe) ? cudaLibraries(recipe) : []).filter(({ name }) =>
      opened.test(name),
    ),
  ];
  mkdirSync(dirname(output), { recursive: true });
  const partial = `${output}.partial`;
  const flags = ['-O2', '-std=c++17', '-shared', '-fPIC', '-DNAPI_VERSION=8'];
  // -isystem: what the compiler thinks of TensorFlow's headers is not ours to mend.
  const includes = ['-isystem', headersFolder(recipe), '-isystem', join(tensorflow, 'include')];
  const links = all.flatMap(({ folder, name }) => [
    `-L${folder}`,
    `-l:${name}`,
    `-Wl,-rpath,$ORIGIN/${relative(dirname(output), folder)}`,
  ]);
  await runTool(
    'c++',
    [...flags, ...includes, ...sources, '-o', partial, '-Wl,--no-as-needed', ...links],
    { purpose: 'Compiling the binding' },
  );
  renameSync(partial, output);
}
