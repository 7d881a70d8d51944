// Changes one condition of a guard at a time and runs the tests that should notice: what survives is not really tested.
//
//   npm run mutate:guards
//   node scripts/mutate.mjs --files libs/vault/src/sealing.ts,libs/vault/src/master-key.ts --tests libs/vault --least 85
//
// --files  sources to change, with commas between them    --tests  what Jest looks for in the paths of specs, spaces between;
//          the specs beside a source are asked first, and most mutants die there
// --every  only each so-manieth mutant, for a first look; the figure says how many there are
// --least  percent that must be killed, else exit code 1   --only   the numbers of some mutants, with commas, to look at again
// --jobs   how many at once; left out: one for each processor
// No source is written: Jest's transformer (scripts/mutant-transform.mjs) makes the change as it reads the file.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import jestConfig from '../jest.config.mjs';
import { mutantsOf } from './mutants-of.mjs';

const { values } = parseArgs({
  options: {
    files: { type: 'string' },
    tests: { type: 'string' },
    least: { type: 'string', default: '85' },
    only: { type: 'string' },
    every: { type: 'string', default: '1' },
    jobs: { type: 'string', default: String(availableParallelism()) },
  },
});
if (!values.files || !values.tests) {
  console.error('Name sources in --files and specs in --tests.');
  process.exit(2);
}

// In memory where there is some: the tests wait for the disk longer than for the processor, and nothing here must last.
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'mutants-'));
const config = join(folder, 'jest.config.json');
const [[pattern, transformer]] = Object.entries(jestConfig.transform);
writeFileSync(
  config,
  JSON.stringify({
    ...jestConfig,
    rootDir: process.cwd(),
    cacheDirectory: join(folder, 'cache'),
    transform: { [pattern]: [resolve('scripts/mutant-transform.mjs'), transformer[1]] },
  }),
);

/** Milliseconds; after that a change counts as noticed, because it never ends. */
let patience = 600_000;

/**
 * Answers `survived`, `killed` or `endless`.
 * @param mutant left out: the sources as they are
 */
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
        ...specs,
      ],
      {
        stdio: 'ignore',
        env: {
          ...process.env,
          TMPDIR: folder,
          MUTANT: mutant ? JSON.stringify({ ...mutant, file: resolve(mutant.file) }) : '',
        },
      },
    );
    let isLate = false;
    const late = setTimeout(() => (isLate = jest.kill('SIGKILL')), patience);
    jest.on('close', (code) => {
      clearTimeout(late);
      done(isLate ? 'endless' : code === 0 ? 'survived' : 'killed');
    });
  });

const began = Date.now();
const jobs = Number(values.jobs);
const only = values.only?.split(',').map(Number);
const files = values.files.split(',');
const mutants = files
  .flatMap(mutantsOf)
  .map((each, n) => ({ ...each, n }))
  .filter(({ n }) => (only ? only.includes(n) : n % Number(values.every) === 0));
const tests = values.tests.split(' ');

/** `master-key.spec.ts` beside `master-key.ts`, and `master-key-epochs.spec.ts` too. */
const beside = (file) => {
  const name = basename(file, '.ts');
  return readdirSync(dirname(file))
    .filter((each) => each.startsWith(name) && each.endsWith('.spec.ts'))
    .map((each) => join(dirname(file), each));
};
const judge = async (mutant) => {
  const first = beside(mutant.file);
  const early = first.length === 0 ? 'survived' : await run(first, mutant);
  return early === 'survived' ? run(tests, mutant) : early;
};
const short = (text, most) => text.replaceAll(/\s+/g, ' ').slice(0, most);
const percentOf = (some) => (100 * some.filter(({ fate }) => fate !== 'survived').length) / Math.max(1, some.length);

const judged = [];
const work = async (waiting) => {
  for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
    const fate = await judge(mutant);
    judged.push({ ...mutant, fate });
    const { n, file, line, was, by } = mutant;
    if (fate === 'survived') console.log(`survived ${n}: ${file}:${line} ${short(was, 70)} → ${short(by, 40)}`);
  }
};

let code = 0;
try {
  const start = Date.now();
  // As many at once as later: what fails only for want of time would look like a change that was noticed.
  const unchanged = await Promise.all(Array.from({ length: jobs }, () => run(tests)));
  if (unchanged.some((fate) => fate !== 'survived'))
    throw new Error('The tests fail without any change. Mend them first.');
  patience = Math.max(30_000, 10 * (Date.now() - start));
  const waiting = [...mutants];
  await Promise.all(Array.from({ length: jobs }, () => work(waiting)));
  for (const file of files) {
    const of = judged.filter((each) => each.file === file);
    const killed = of.filter(({ fate }) => fate !== 'survived').length;
    console.log(`${file}: ${killed} of ${of.length}, ${percentOf(of).toFixed(0)} %`);
  }
  const survived = judged.filter(({ fate }) => fate === 'survived').length;
  const endless = judged.filter(({ fate }) => fate === 'endless').length;
  const percent = percentOf(judged);
  console.log(
    `mutants: ${judged.length - survived} of ${judged.length} killed (${endless} because they never ended), ${percent.toFixed(1)} %, in ${Math.round((Date.now() - began) / 1000)} s (at least ${values.least} %)`,
  );
  code = percent >= Number(values.least) ? 0 : 1;
} catch (error) {
  console.error(error.message);
  code = 2;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(code);
