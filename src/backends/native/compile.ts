import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { headersFolder } from './npm-package.js';
import { bindingFile, packageFolder, quietFile, type Recipe } from './recipe.js';
import { runTool } from './run-tool.js';
import { cudaLibraries, pythonFolder } from './wheels.js';

/**
 * TensorFlow's library writes to stderr while it is being loaded, that it uses oneDNN, whatever
 * TF_CPP_MIN_LOG_LEVEL is. Loaded first, this module loads the library with its mouth shut, if the
 * variable asks for that.
 */
const quietSource = `
#include <cstdlib>
#include <dlfcn.h>
#include <fcntl.h>
#include <node_api.h>
#include <unistd.h>

NAPI_MODULE_INIT() {
  const char* level = std::getenv("TF_CPP_MIN_LOG_LEVEL");
  if (level == nullptr || std::atoi(level) == 0) return exports;
  const int nowhere = open("/dev/null", O_WRONLY);
  const int standardError = dup(STDERR_FILENO);
  if (nowhere >= 0 && standardError >= 0) {
    dup2(nowhere, STDERR_FILENO);
    // If it fails, so will the binding, which says why.
    dlopen("libtensorflow_framework.so.2", RTLD_LAZY);
    dup2(standardError, STDERR_FILENO);
  }
  if (nowhere >= 0) close(nowhere);
  if (standardError >= 0) close(standardError);
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
  await compileModule(recipe, [source], quietFile(recipe));

  const folder = join(packageFolder(recipe), 'binding');
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(folder, name));
  await compileModule(recipe, sources, bindingFile(recipe), [
    '-l:libtensorflow_cc.so.2',
    '-l:libtensorflow_framework.so.2',
    ...cudaLibraries(recipe)
      .filter(({ name }) => opened.test(name))
      .flatMap(({ folder, name }) => [...search(bindingFile(recipe), folder), `-l:${name}`]),
  ]);
}

async function compileModule(
  recipe: Recipe,
  sources: readonly string[],
  output: string,
  libraries: readonly string[] = [],
): Promise<void> {
  const tensorflow = join(pythonFolder(recipe), 'tensorflow');
  mkdirSync(dirname(output), { recursive: true });
  const partial = `${output}.partial`;
  const flags = ['-O2', '-std=c++17', '-shared', '-fPIC', '-DNAPI_VERSION=8'];
  // -isystem: what the compiler thinks of TensorFlow's headers is not ours to mend.
  const includes = ['-isystem', headersFolder(recipe), '-isystem', join(tensorflow, 'include')];
  // Nothing in the binding calls the CUDA libraries, and they shall be loaded all the same.
  const links = ['-Wl,--no-as-needed', ...search(output, tensorflow), ...libraries];
  await runTool('c++', [...flags, ...includes, ...sources, '-o', partial, ...links], {
    purpose: 'Compiling the binding',
  });
  renameSync(partial, output);
}

/** Lets libraries be found in a folder, now and, from where `output` is, when it is loaded. */
function search(output: string, folder: string): string[] {
  return [`-L${folder}`, `-Wl,-rpath,$ORIGIN/${relative(dirname(output), folder)}`];
}
