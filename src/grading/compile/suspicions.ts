import type TypeScript from 'typescript';
import { isBuiltin } from 'node:module';
import { ts } from '#typescript';
import { isMember } from './statements.js';

/** Names that no answer of the course has a use for. */
const odd = ['process', 'globalThis', 'global', 'eval', 'Function', 'Reflect', 'WebAssembly'];

/** What a teacher may want to look at; it changes no mark. */
export function suspicionsAbout(code: string): string[] {
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true);
  const found = new Set<string>();
  const visit = (node: TypeScript.Node) => {
    const said = suspicion(node);
    if (said) found.add(said);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return [...found];
}

function suspicion(node: TypeScript.Node): string | undefined {
  if (ts.isImportDeclaration(node)) return importOf(node.moduleSpecifier);
  if (ts.isCallExpression(node)) {
    const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
    const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require';
    return isImport || isRequire ? importOf(node.arguments[0]) : undefined;
  }
  if (ts.isBinaryExpression(node) && isAssignment(node) && isChanged(node.left)) {
    return `changes ${node.left.getText()}`;
  }
  if (ts.isIdentifier(node) && odd.includes(node.text) && !isMember(node)) {
    return `uses ${node.text}`;
  }
  return undefined;
}

function importOf(specifier: TypeScript.Expression | undefined): string | undefined {
  if (!specifier || !ts.isStringLiteralLike(specifier))
    return 'imports something that its text does not name';
  const { text } = specifier;
  if (text === 'inception-lab') return undefined;
  return isBuiltin(text) || /[./\\]/.test(text) ? `imports ${text}` : undefined;
}

function isAssignment({ operatorToken: { kind } }: TypeScript.BinaryExpression): boolean {
  return kind === ts.SyntaxKind.EqualsToken;
}

/** `Math.abs = …`, `Array.prototype.map = …`, `tf.util.arraysEqual = …` */
function isChanged(target: TypeScript.Expression): boolean {
  return (
    ts.isPropertyAccessExpression(target) &&
    /^\(*(tf|[A-Z]\w*)\b(?!\w*\[)/.test(target.getText()) &&
    !/^\(*[A-Z]\w*\.(?!prototype)[a-z]\w*\.\w+\[/.test(target.getText())
  );
}
