// Of what a worker has without importing it, what a cell may use.
import { readFileSync } from 'node:fs';

const values = [
  ...['console', 'setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'queueMicrotask'],
  ...['structuredClone', 'performance', 'crypto', 'fetch', 'Headers', 'Request', 'Response'],
  ...['URL', 'URLSearchParams', 'TextEncoder', 'TextDecoder', 'atob', 'btoa', 'Blob', 'File'],
  ...['AbortController', 'AbortSignal', 'Event', 'EventTarget', 'DOMException', 'ImageData'],
  ...['ReadableStream', 'WritableStream', 'TransformStream', 'WebAssembly'],
];

/** Through it all of WebGL would come; what mentions it takes anything there. */
const leftOut = 'OffscreenCanvas';

/**
 * Their declarations, and those of the types that these need.
 *
 * @param library TypeScript's own declarations of a worker
 */
export function workerGlobals(ts, library) {
  const file = ts.createSourceFile('worker.d.ts', readFileSync(library, 'utf8'), 99, true);
  const kept = new Set();
  const missing = new Set(values);
  const keep = (statement) => {
    if (kept.has(statement)) return;
    kept.add(statement);
    for (const name of typesIn(ts, statement)) keepType(name);
  };
  const keepType = (name) => {
    if (name === leftOut) return;
    file.statements
      .filter((statement) => statement.name?.text === name && !ts.isFunctionDeclaration(statement))
      .forEach(keep);
  };
  for (const statement of file.statements) {
    const name = valueOf(ts, statement);
    if (!values.includes(name)) continue;
    missing.delete(name);
    keep(statement);
  }
  if (missing.size > 0) throw new Error(`A worker has no ${[...missing].join(', ')}.`);
  const printer = ts.createPrinter({ removeComments: true });
  return [...kept]
    .map((statement) => printer.printNode(ts.EmitHint.Unspecified, statement, file))
    .join('\n');
}

/** The name of the value that a statement declares. */
function valueOf(ts, statement) {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations[0].name.text;
  }
  const isValue = ts.isFunctionDeclaration(statement) || ts.isModuleDeclaration(statement);
  return isValue ? statement.name.text : undefined;
}

function typesIn(ts, node) {
  const names = new Set();
  const visit = (child) => {
    if (ts.isTypeReferenceNode(child)) names.add(child.typeName.text);
    if (ts.isExpressionWithTypeArguments(child)) names.add(child.expression.text);
    ts.forEachChild(child, visit);
  };
  visit(node);
  return names;
}
