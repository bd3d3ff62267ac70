import type TypeScript from 'typescript';
import { contextMember, isImportMeta } from './cell-nodes.js';
import { ts } from '#typescript';

const { factory } = ts;

/** Gives a learner's own module what a cell has too: `import.meta` and `import()`. */
export const moduleContext: TypeScript.TransformerFactory<TypeScript.SourceFile> =
  (context) => (file) => {
    const visit = (node: TypeScript.Node): TypeScript.Node => {
      if (isImportMeta(node)) return contextMember('meta');
      const inner = ts.visitEachChild(node, visit, context);
      if (!ts.isCallExpression(inner) || inner.expression.kind !== ts.SyntaxKind.ImportKeyword) {
        return inner;
      }
      const { arguments: given } = inner;
      return factory.updateCallExpression(inner, contextMember('import'), undefined, given);
    };
    return ts.visitEachChild(file, visit, context);
  };
