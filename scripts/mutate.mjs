// Changes one condition of a guard at a time and runs the tests that should notice: what survives is not really tested.
//
//   npm run mutate:guards
//   node scripts/mutate.mjs --files libs/vault/src/sealing.ts,libs/vault/src/master-key.ts --tests libs/vault --least 85
//
// --files  sources to change, with commas between them    --tests  what Jest looks for in the paths of specs, spaces between;
//          the spec beside a source is asked first, and most mutants die there
// --every  only each so-manieth mutant, for a first look; the figure says how many there are
// --least  percent that must be killed, else exit code 1   --only   the numbers of some mutants, with commas, to look at again
// No source is written: Jest's transformer (scripts/mutant-transform.mjs) makes the change as it reads the file.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import ts from 'typescript';
import jestConfig from '../jest.config.mjs';

const { values } = parseArgs({
  options: {
    files: { type: 'string' },
    tests: { type: 'string' },
    least: { type: 'string', default: '85' },
    only: { type: 'string' },
    every: { type: 'string', default: '1' },
  },
});
if (!values.files || !values.tests) {
  console.error('Name sources in --files and specs in --tests.');
  process.exit(2);
}

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
const mutantsOf = (file) => {
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
      const swap = { some: 'every', every: 'some' }[name.text];
      if (swap) add(name, swap);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
};

const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
const config = join(folder, 'jest.config.json');
const [[pattern, transformer]] = Object.entries(jestConfig.transform);
writeFileSync(
  config,
  JSON.stringify({
    ...jestConfig,
    rootDir: process.cwd(),
    transform: { [pattern]: [resolve('scripts/mutant-transform.mjs'), transformer[1]] },
  }),
);

/** @param mutant left out: the sources as they are */
const run = (specs, mutant) =>
  new Promise((done) => {
    const jest = spawn(
      process.execPath,
      [
        '--experimental-vm-modules',
        '--no-warnings',
        'node_modules/jest/bin/jest.js',
        '-i',
        '--bail',
        '--forceExit',
        '--config',
        config,
        ...values.tests.split(' '),
      ],
      {
        stdio: 'ignore',
        env: { ...process.env, MUTANT: mutant ? JSON.stringify({ ...mutant, file: resolve(mutant.file) }) : '' },
      },
    );
    const late = setTimeout(() => jest.kill('SIGKILL'), 120_000);
    jest.on('close', (code) => {
      clearTimeout(late);
      done(code === 0 ? 'survived' : 'killed');
    });
  });

const began = Date.now();
const only = values.only?.split(',').map(Number);
const mutants = values.files
  .split(',')
  .flatMap(mutantsOf)
  .map((each, n) => ({ ...each, n }))
  .filter(({ n }) => (only ? only.includes(n) : n % Number(values.every) === 0));
let code = 0;
try {
  const tests = values.tests.split(' ');
  const beside = (file) => [file.replace(/\.ts$/, '.spec.ts')].filter(existsSync);
  const isKilled = async (mutant) => {
    const first = beside(mutant.file);
    if (first.length > 0 && (await run(first, mutant)) === 'killed') return true;
    return (await run(tests, mutant)) === 'killed';
  };
  if ((await run(tests)) === 'killed') throw new Error('The tests fail without any change. Mend them first.');
  const survivors = [];
  for (const mutant of mutants) {
    if (await isKilled(mutant)) continue;
    survivors.push(mutant);
    console.log(
      `survived ${mutant.n}: ${mutant.file}:${mutant.line} ${mutant.was.replaceAll(/\s+/g, ' ').slice(0, 70)} → ${mutant.by.slice(0, 40)}`,
    );
  }
  const killed = mutants.length - survivors.length;
  const percent = mutants.length === 0 ? 0 : (100 * killed) / mutants.length;
  console.log(
    `mutants: ${killed} of ${mutants.length} killed, ${percent.toFixed(1)} %, in ${Math.round((Date.now() - began) / 1000)} s (at least ${values.least} %)`,
  );
  code = percent >= Number(values.least) ? 0 : 1;
} catch (error) {
  console.error(error.message);
  code = 2;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(code);
