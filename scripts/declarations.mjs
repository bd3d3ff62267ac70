// Gathers what the compiler in a page has to know of the library, of TensorFlow.js and of the
// language: declarations as files of a small disk, in one JSON. A second one has their comments, for
// who wants to read what a name means.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { workerGlobals } from './worker-globals.mjs';

/** What cells may import. */
const packages = ['inception-lab', '@tensorflow/tfjs'];

/**
 * @param root the repository, compiled
 * @param folder where `declarations.json` is written to
 */
export function writeDeclarations(root, folder) {
  const require = createRequire(join(root, 'package.json'));
  const compiler = createRequire(require.resolve('tslab')).resolve('@tslab/typescript-for-tslab');
  const ts = require(compiler);
  const disk = new Disk(root.replaceAll('\\', '/').replace(/\/$/, ''), dirname(compiler));
  const program = programOf(ts, disk);
  const printer = ts.createPrinter({ removeComments: true });
  const [bare, documented] = [{}, {}];
  const add = (path, text, longer = text) => {
    bare[path] = text;
    documented[path] = longer;
  };
  for (const file of program.getSourceFiles().filter(({ fileName }) => fileName !== disk.cell)) {
    const text = withoutDirectives(printer.printFile(file).replace(licence, ''));
    add(disk.place(file.fileName), text, withoutDirectives(file.text.replace(licence, '')));
  }
  for (const [folder, types] of Object.entries(disk.packages)) {
    add(`${folder}/package.json`, JSON.stringify({ types }));
  }
  // Where the compiler looks for the types of what is there without being imported.
  add(
    '/node_modules/@types/worker/index.d.ts',
    workerGlobals(ts, join(disk.library, 'lib.webworker.d.ts')),
  );
  writeFileSync(join(folder, 'declarations.json'), JSON.stringify(bare));
  writeFileSync(join(folder, 'documented-declarations.json'), JSON.stringify(documented));
}

/** Where files are here, and where in the page. */
class Disk {
  /** The main declaration file of the package in a folder. */
  packages = {};

  constructor(root, library) {
    this.root = root;
    this.library = library.replaceAll('\\', '/');
    this.cell = `${root}/__cell__.ts`;
  }

  place(path) {
    if (path.startsWith(this.library)) return `/lib${path.slice(this.library.length)}`;
    const inPackage = path.lastIndexOf('/node_modules/');
    if (inPackage >= 0) return path.slice(inPackage);
    return `/node_modules/inception-lab${path.slice(this.root.length)}`;
  }

  addPackage(main) {
    const [, folder, types] = /^(.*?\/node_modules\/(?:@[^/]+\/)?[^/]+)\/(.*)$/.exec(
      this.place(main),
    );
    this.packages[folder] = types;
  }
}

/** All that is reachable from a cell that imports what it may. */
function programOf(ts, disk) {
  const text = packages.map((name) => `import '${name}';`).join('\n');
  const options = {
    ...{ target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts'], types: [] },
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    ...{ customConditions: ['browser'], skipLibCheck: true },
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (path, ...rest) =>
    path === disk.cell
      ? ts.createSourceFile(path, text, ts.ScriptTarget.ES2022)
      : getSourceFile(path, ...rest);
  host.resolveModuleNameLiterals = (literals, importer) =>
    literals.map(({ text: specifier }) => {
      const found = ts.resolveModuleName(specifier, importer, options, host);
      const isPackage = /^(@[^/]+\/)?[^./][^/]*$/.test(specifier);
      const main = found.resolvedModule?.resolvedFileName;
      if (isPackage && main !== undefined) disk.addPackage(main);
      return found;
    });
  return ts.createProgram([disk.cell], options, host);
}

/** What stands above a file. */
const licence = /^\/\*(!|\*\s*\*? ?@license)[^]*?\*\/\s*/;

/** Leaves out packages of types that cells do not have, and what a bundler of old wants to know. */
function withoutDirectives(text) {
  return text.replace(/^\/\/\/ <(reference types|amd-).*\n/gm, '');
}
