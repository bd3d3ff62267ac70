import type TypeScript from 'typescript';
import { importedNames, isBlockScoped, isNamedDeclaration, variableNames } from './names.js';
import {
  assign,
  contextMember,
  importedValue,
  inScope,
  isAmbient,
  isImportMeta,
  isNameless,
  isTypeOnly,
  lastExpression,
  withoutExport,
} from './cell-nodes.js';
import { ts } from '#typescript';

const { factory } = ts;

/**
 * Makes a cell's variables those of the notebook: `let x = 1` becomes `__scope__.x = 1`, and so does
 * whatever reads or writes `x`, in this cell and in later ones, functions included. An import becomes
 * a `require`, and the last expression the cell's result. All else is left to the compiler.
 *
 * @param checker which knows what a name stands for
 * @param previous the declarations of the cells before
 */
export function notebookScope(
  checker: TypeScript.TypeChecker,
  previous: TypeScript.SourceFile,
): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  return (context) => (cell) => new CellTransformer(checker, previous, cell, context).transform();
}

class CellTransformer {
  readonly #checker: TypeScript.TypeChecker;
  readonly #previous: TypeScript.SourceFile;
  readonly #cell: TypeScript.SourceFile;
  readonly #context: TypeScript.TransformationContext;
  /** Those that a `var` names without a value: they are there from the cell's beginning. */
  readonly #named = new Map<string, TypeScript.Identifier>();

  constructor(
    checker: TypeScript.TypeChecker,
    previous: TypeScript.SourceFile,
    cell: TypeScript.SourceFile,
    context: TypeScript.TransformationContext,
  ) {
    this.#checker = checker;
    this.#previous = previous;
    this.#cell = cell;
    this.#context = context;
  }

  transform(): TypeScript.SourceFile {
    const { statements } = this.#cell;
    const last = lastExpression(statements);
    const body = statements.flatMap((statement) =>
      statement === last ? [this.#result(last)] : this.#statement(statement),
    );
    const named = [...this.#named.values()].map((name) => assign(name, factory.createVoidZero()));
    // Functions can be called above the line that declares them.
    const hoisted = statements
      .filter((statement) => ts.isFunctionDeclaration(statement))
      .flatMap(({ name, body }) => (name && body ? [assign(name, name)] : []));
    return factory.updateSourceFile(this.#cell, [...named, ...hoisted, ...body]);
  }

  #statement(statement: TypeScript.Statement): TypeScript.Statement[] {
    if (ts.isImportDeclaration(statement)) return this.#import(statement);
    // Names need not be exported: they are in the scope.
    if (ts.isExportDeclaration(statement) && !statement.moduleSpecifier) return [];
    const visited = this.#visit(statement) as TypeScript.Statement;
    if (!isNamedDeclaration(statement) || !this.#isValue(statement.name)) return [visited];
    const inner = ts.visitEachChild(visited, withoutExport, this.#context);
    if (ts.isFunctionDeclaration(statement)) return [inner];
    return [inner, assign(statement.name, statement.name)];
  }

  /** The cell's last expression is kept, so that the kernel can show it. */
  #result(statement: TypeScript.ExpressionStatement): TypeScript.Statement {
    const value = this.#visit(statement.expression) as TypeScript.Expression;
    const kept = factory.createExpressionStatement(
      factory.createAssignment(contextMember('result'), value),
    );
    return ts.setTextRange(kept, statement);
  }

  /** `import a, { b as c } from 'm'` as `__scope__.a = …`: see `CellContext`. */
  #import(statement: TypeScript.ImportDeclaration): TypeScript.Statement[] {
    const { importClause, moduleSpecifier } = statement;
    const required = factory.createCallExpression(factory.createIdentifier('require'), undefined, [
      moduleSpecifier,
    ]);
    if (!importClause) {
      return [ts.setTextRange(factory.createExpressionStatement(required), statement)];
    }
    if (importClause.isTypeOnly) return [];
    const values = importedNames(statement).filter((name) => this.#isValue(name));
    if (values.length === 0) return [];
    const module = factory.createUniqueName('module');
    const list = factory.createVariableDeclarationList(
      [factory.createVariableDeclaration(module, undefined, undefined, required)],
      ts.NodeFlags.Const,
    );
    const declared = ts.setTextRange(factory.createVariableStatement(undefined, list), statement);
    return [declared, ...values.map((name) => assign(name, importedValue(name, module)))];
  }

  /** Whether a name stands for something at run time; one that is unknown may. */
  #isValue(name: TypeScript.Identifier): boolean {
    let symbol = this.#checker.getSymbolAtLocation(name);
    if (!symbol) return true;
    if (isTypeOnly(name)) return false;
    if (symbol.flags & ts.SymbolFlags.Alias) {
      symbol = this.#checker.getAliasedSymbol(symbol);
      if (this.#checker.isUnknownSymbol(symbol)) return true;
    }
    return (symbol.flags & ts.SymbolFlags.Value) !== 0;
  }

  readonly #visit = (node: TypeScript.Node): TypeScript.VisitResult<TypeScript.Node> => {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return node;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return node;
    if (ts.isVariableStatement(node) && this.#isOfNotebook(node.declarationList)) {
      return isAmbient(node) ? factory.createNotEmittedStatement(node) : this.#variables(node);
    }
    if (ts.isForStatement(node) && this.#isLoopVariable(node.initializer)) {
      const { initializer, condition, incrementor, statement } = node;
      return factory.updateForStatement(
        node,
        this.#assignments(initializer),
        condition && (this.#visit(condition) as TypeScript.Expression),
        incrementor && (this.#visit(incrementor) as TypeScript.Expression),
        this.#visit(statement) as TypeScript.Statement,
      );
    }
    if (ts.isForOfStatement(node) && this.#isLoopVariable(node.initializer)) {
      return factory.updateForOfStatement(
        node,
        node.awaitModifier,
        this.#target(node.initializer.declarations[0]!.name),
        this.#visit(node.expression) as TypeScript.Expression,
        this.#visit(node.statement) as TypeScript.Statement,
      );
    }
    if (ts.isForInStatement(node) && this.#isLoopVariable(node.initializer)) {
      return factory.updateForInStatement(
        node,
        this.#target(node.initializer.declarations[0]!.name),
        this.#visit(node.expression) as TypeScript.Expression,
        this.#visit(node.statement) as TypeScript.Statement,
      );
    }
    if (ts.isPropertyAccessExpression(node)) {
      const object = this.#visit(node.expression) as TypeScript.Expression;
      return ts.isPropertyAccessChain(node)
        ? factory.updatePropertyAccessChain(node, object, node.questionDotToken, node.name)
        : factory.updatePropertyAccessExpression(node, object, node.name);
    }
    if (ts.isShorthandPropertyAssignment(node)) return this.#shorthand(node);
    if (ts.isCallExpression(node)) return this.#call(node);
    if (isImportMeta(node)) return contextMember('meta');
    if (ts.isIdentifier(node) && ts.isExpressionNode(node)) {
      const symbol = this.#checker.getSymbolAtLocation(node);
      return this.#isInScope(symbol) ? inScope(node) : node;
    }
    return ts.visitEachChild(node, this.#visit, this.#context);
  };

  /** Whether it declares variables of the notebook, not those of a block or a function. */
  #isOfNotebook(list: TypeScript.VariableDeclarationList): boolean {
    if (list.parent.parent === this.#cell) return true;
    if (isBlockScoped(list)) return false;
    const [name] = variableNames(list);
    return name !== undefined && this.#isInScope(this.#checker.getSymbolAtLocation(name));
  }

  #isLoopVariable(
    initializer: TypeScript.ForInitializer | undefined,
  ): initializer is TypeScript.VariableDeclarationList {
    return (
      initializer !== undefined &&
      ts.isVariableDeclarationList(initializer) &&
      !isBlockScoped(initializer) &&
      this.#isOfNotebook(initializer)
    );
  }

  /** Whether a name is a variable of this cell's top level, or anything of an earlier cell. */
  #isInScope(symbol: TypeScript.Symbol | undefined): boolean {
    const [declaration] = symbol?.declarations ?? [];
    if (!symbol || !declaration) return false;
    if (declaration.getSourceFile() === this.#previous) return true;
    const { locals } = this.#cell as unknown as { locals?: Map<string, TypeScript.Symbol> };
    const isOfCell = locals?.get(symbol.name) === symbol;
    return isOfCell && (symbol.flags & (ts.SymbolFlags.Variable | ts.SymbolFlags.Alias)) !== 0;
  }

  #variables(statement: TypeScript.VariableStatement): TypeScript.Statement {
    const assignments = this.#assignments(statement.declarationList);
    const made = assignments
      ? factory.createExpressionStatement(assignments)
      : factory.createEmptyStatement();
    return ts.setTextRange(made, statement);
  }

  /** `undefined` if there is nothing to assign. */
  #assignments(list: TypeScript.VariableDeclarationList): TypeScript.Expression | undefined {
    const all = list.declarations.flatMap((declaration) => this.#assignment(declaration, list));
    if (all.length < 2) return all[0];
    // A statement cannot begin with the brace of a pattern.
    return factory.createParenthesizedExpression(factory.createCommaListExpression(all));
  }

  #assignment(
    declaration: TypeScript.VariableDeclaration,
    list: TypeScript.VariableDeclarationList,
  ): TypeScript.Expression[] {
    const { name, initializer } = declaration;
    // It keeps what it has: in a loop that of the round before.
    if (!initializer && !isBlockScoped(list) && ts.isIdentifier(name)) {
      this.#named.set(name.text, name);
      return [];
    }
    const value = initializer ? this.#valueFor(name, initializer) : factory.createVoidZero();
    const assignment = factory.createAssignment(this.#target(name), value);
    return [ts.setTextRange(assignment, declaration)];
  }

  #valueFor(
    name: TypeScript.BindingName,
    initializer: TypeScript.Expression,
  ): TypeScript.Expression {
    const value = this.#visit(initializer) as TypeScript.Expression;
    if (!ts.isIdentifier(name) || !isNameless(initializer)) return value;
    // A function is named after the variable that it is first assigned to, not after a property.
    const named = factory.createPropertyAssignment(name.text, value);
    const holder = factory.createObjectLiteralExpression([named]);
    return factory.createPropertyAccessExpression(holder, name.text);
  }

  /** What a declared name or pattern is when it is assigned to. */
  #target(name: TypeScript.BindingName): TypeScript.Expression {
    if (ts.isIdentifier(name)) return inScope(name);
    if (ts.isArrayBindingPattern(name)) {
      const elements = name.elements.map((element) => {
        if (ts.isOmittedExpression(element)) return element;
        return element.dotDotDotToken
          ? factory.createSpreadElement(this.#target(element.name))
          : this.#element(element);
      });
      return factory.createArrayLiteralExpression(elements);
    }
    const properties = name.elements.map((element) => {
      if (element.dotDotDotToken) {
        return factory.createSpreadAssignment(this.#target(element.name));
      }
      const key = element.propertyName ?? (element.name as TypeScript.Identifier);
      return factory.createPropertyAssignment(
        // As it is written, not as the variable that it is called after.
        ts.isIdentifier(key) ? key.text : (this.#visit(key) as TypeScript.PropertyName),
        this.#element(element),
      );
    });
    return factory.createObjectLiteralExpression(properties);
  }

  /** One of a pattern, with its default. */
  #element({ name, initializer }: TypeScript.BindingElement): TypeScript.Expression {
    const target = this.#target(name);
    return initializer
      ? factory.createAssignment(target, this.#valueFor(name, initializer))
      : target;
  }

  /** `{ x }`, also where it is assigned to, as `{ x: __scope__.x }`. */
  #shorthand(node: TypeScript.ShorthandPropertyAssignment): TypeScript.Node {
    const symbol = this.#checker.getShorthandAssignmentValueSymbol(node);
    const value = this.#isInScope(symbol)
      ? inScope(node.name)
      : factory.createIdentifier(node.name.text);
    const { objectAssignmentInitializer: initializer } = node;
    const assigned = initializer
      ? factory.createAssignment(value, this.#valueFor(node.name, initializer))
      : value;
    return factory.createPropertyAssignment(node.name.text, assigned);
  }

  #call(node: TypeScript.CallExpression): TypeScript.Node {
    const { expression, typeArguments, arguments: given } = node;
    const args = given.map((one) => this.#visit(one) as TypeScript.Expression);
    if (expression.kind === ts.SyntaxKind.ImportKeyword) {
      return factory.updateCallExpression(node, contextMember('import'), undefined, args);
    }
    const callee = this.#visit(expression) as TypeScript.Expression;
    const isMoved = ts.isIdentifier(expression) && callee !== expression;
    const called = isMoved ? this.#withoutThis(expression, callee) : callee;
    return factory.updateCallExpression(node, called, typeArguments, args);
  }

  /** A function is no method of the scope: `(0, __scope__.f)`. */
  #withoutThis(
    name: TypeScript.Identifier,
    callee: TypeScript.Expression,
  ): TypeScript.ParenthesizedExpression {
    const comma = factory.createComma(factory.createNumericLiteral(0), callee);
    // The call is where the name begins, as without the parentheses.
    const pos = name.getStart(this.#cell);
    return ts.setSourceMapRange(factory.createParenthesizedExpression(comma), { pos, end: pos });
  }
}
