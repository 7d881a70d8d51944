// Every small change of a source that scripts/mutate.mjs tries, one at a time.
import { readFileSync } from 'node:fs';
import ts from 'typescript';

const SWAPS = {
  '===': ['!=='],
  '!==': ['==='],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '-': ['+'],
  '*': ['/'],
};

/** Every small change of a source: where, and what stands there instead. */
export const mutantsOf = (file) => {
  const text = readFileSync(file, 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = [];
  const add = (node, by) => {
    const [start, end] = [node.getStart(source), node.getEnd()];
    const line = source.getLineAndCharacterOfPosition(start).line + 1;
    if (text.slice(start, end) !== by) found.push({ file, start, end, by, line, was: text.slice(start, end) });
  };
  const visit = (node) => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node)) return;
    if (ts.isBinaryExpression(node))
      for (const by of SWAPS[node.operatorToken.getText(source)] ?? []) add(node.operatorToken, by);
    if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
      add(node, node.operand.getText(source));
    if (ts.isIfStatement(node)) for (const by of ['true', 'false']) add(node.expression, by);
    if (ts.isConditionalExpression(node)) for (const by of ['true', 'false']) add(node.condition, by);
    if (ts.isThrowStatement(node)) add(node, ';');
    if (node.kind === ts.SyntaxKind.TrueKeyword) add(node, 'false');
    if (node.kind === ts.SyntaxKind.FalseKeyword) add(node, 'true');
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { name } = node.expression;
      if (name.text === 'some') add(name, 'every');
      if (name.text === 'every') add(name, 'some');
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
};
