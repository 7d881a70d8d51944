// Takes one protection away at a time and runs the test that should notice: whether a promise is really tested.
//
//   npm run attack:removed                  all of docs/reference/protections.json
//   npm run attack:removed -- S11 P18       the rows of some promises
//
// No source is written: Jest's transformer (scripts/mutant-transform.mjs) leaves the protection out as it reads the file. What
// failed is put into the row. Exit code 1 when a test did not notice.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import jestConfig from '../jest.config.mjs';

const list = 'docs/reference/protections.json';
const rowsOf = () => JSON.parse(readFileSync(list, 'utf8'));
const save = (rows) => writeFileSync(list, `[\n${rows.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n]\n`);

const folder = mkdtempSync(join(tmpdir(), 'removed-'));
const config = join(folder, 'jest.config.json');
const [[pattern, transformer]] = Object.entries(jestConfig.transform);
const writeConfig = (mutant) =>
  writeFileSync(
    config,
    JSON.stringify({
      ...jestConfig,
      rootDir: process.cwd(),
      transform: { [pattern]: [resolve('scripts/mutant-transform.mjs'), { ...transformer[1], mutant }] },
    }),
  );

/** The names of the tests that fail without it; undefined: none ran. */
const failedWithout = ({ file, without, by, test, only }) =>
  new Promise((done) => {
    const text = readFileSync(file, 'utf8');
    const start = text.indexOf(without);
    const output = join(folder, 'result.json');
    writeConfig({ file: resolve(file), start, end: start + without.length, by });
    const jest = spawn(
      process.execPath,
      ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '-i', '--forceExit', '--config', config, '--json', '--outputFile', output, test, ...(only ? ['-t', only] : [])], // prettier-ignore
      { stdio: 'ignore' },
    );
    const late = setTimeout(() => jest.kill('SIGKILL'), 900_000);
    jest.on('close', () => {
      clearTimeout(late);
      let result = { testResults: [] };
      try {
        result = JSON.parse(readFileSync(output, 'utf8'));
        rmSync(output);
      } catch {
        // It was killed, or never came to its end: nothing is shown.
      }
      const tests = result.testResults.flatMap(({ assertionResults }) => assertionResults);
      const ran = tests.filter(({ status }) => status === 'failed' || status === 'passed');
      done(ran.length === 0 ? undefined : ran.filter(({ status }) => status === 'failed').map(({ title }) => title));
    });
  });

const chosen = process.argv.slice(2);
let unnoticed = 0;
for (const row of rowsOf().filter(({ promise, file }) => file && (chosen.length === 0 || chosen.includes(promise)))) {
  const failed = await failedWithout(row);
  if (!failed) {
    console.log(`${row.promise} without “${row.protection}”: THE TESTS DID NOT RUN`);
    unnoticed++;
    continue;
  }
  if (failed.length === 0) unnoticed++;
  save(
    rowsOf().map((each) => (each.promise === row.promise && each.without === row.without ? { ...each, failed } : each)),
  );
  console.log(
    `${row.promise} without “${row.protection}”: ${failed.length > 0 ? failed.join(' | ') : 'NOTHING FAILED'}`,
  );
}
const kept = rowsOf();
console.log(`protections: ${kept.filter(({ failed }) => failed?.length).length} of ${kept.filter(({ file }) => file).length} noticed when they are left out; ${unnoticed} not noticed in this run`); // prettier-ignore
rmSync(folder, { recursive: true, force: true });
process.exit(unnoticed > 0 ? 1 : 0);
