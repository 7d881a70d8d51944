import { readFileSync } from 'node:fs';
import ts from 'typescript';

export interface FoundRegex {
  readonly where: string;
  readonly regex: RegExp;
}

/** Every regular expression written as a literal, found by the compiler's own reader and not by another regex. */
export const regexesIn = (path: string): FoundRegex[] => {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ESNext, true);
  const found: FoundRegex[] = [];
  const walk = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      const line = file.getLineAndCharacterOfPosition(node.pos).line + 1;
      found.push({
        where: `${path}:${line} ${node.text}`,
        regex: new RegExp(node.text.slice(1, end), node.text.slice(end + 1)),
      });
    }
    ts.forEachChild(node, walk);
  };
  walk(file);
  return found;
};

const LENGTH = 100_000;

/** Texts that make careless expressions walk back and forth: long runs that almost match, made of the expression's own letters. */
export const hostileTexts = (regex: RegExp): string[] => {
  const own = [...new Set(regex.source.replace(/\\[a-zA-Z]|[()[\]{}|^$*+?.\\]/g, ''))].slice(0, 12);
  const units = ['a', '0', ' ', '\t', '\n', '-', '.', ',', '/', '"', '(', ';', ':', '=', '>', '%', 'a ', 'a.', '0,', 'é', '🚌', ...own];
  const pairs = own.slice(0, 6).flatMap((one) => [`${one}a`, `${one}0`, `${one} `]);
  return [...units, ...pairs].flatMap((unit) => {
    const run = unit.repeat(LENGTH / unit.length);
    return [run, `${run}\u0000`, `x${run}!`];
  });
}; // prettier-ignore
