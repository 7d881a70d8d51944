// Changes one condition of a guard at a time and runs the tests that should notice: what survives is not really tested.
//
//   npm run mutate:guards
//   node scripts/mutate.mjs --files libs/vault/src/sealing.ts,libs/vault/src/master-key.ts --tests libs/vault --least 85
//
// --files  sources to change, with commas between them    --tests  what Jest looks for in the paths of specs, spaces between;
//          the specs beside a source are asked first, and most mutants die there
// --every  only each so-manieth mutant, for a first look; the figure says how many there are
// --least  percent that must be killed, else exit code 1   --only   the numbers of some mutants, with commas, to look at again
// --jobs   how many at once; left out: one for each processor    --name what the figures are called
// Figures come out as JSON, one a line, for scripts/measured.mjs; survivors are told beside as they come.
// No source is written; see scripts/mutant-runs.mjs.
import { readdirSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { mutantsOf } from './mutants-of.mjs';
import { fateOf, fatesOf, passes } from './mutant-runs.mjs';

const { values } = parseArgs({
  options: {
    files: { type: 'string' },
    tests: { type: 'string' },
    least: { type: 'string', default: '85' },
    only: { type: 'string' },
    every: { type: 'string', default: '1' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    name: { type: 'string', default: 'mutants' },
  },
});
if (!values.files || !values.tests) {
  console.error('Name sources in --files and specs in --tests.');
  process.exit(2);
}

/** Milliseconds for the tests of one change; after that it counts as noticed, because it never ends. */
let patience = 600_000;
/** Changes of one source that are tried in one process. */
const BATCH = 8;

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
const short = (text, most) => text.replaceAll(/\s+/g, ' ').slice(0, most);
const percentOf = (some) =>
  Math.round((1000 * some.filter(({ fate }) => fate !== 'survived').length) / Math.max(1, some.length)) / 10;
const machine = `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, ${process.platform}`;
const print = (figure, of) => console.log(JSON.stringify({ figure: `mutants.${figure}`, machine, ...of }));

const judged = [];
const judge = (mutant, fate) => {
  judged.push({ ...mutant, fate });
  const { n, file, line, was, by } = mutant;
  if (fate === 'survived') console.error(`survived ${n}: ${file}:${line} ${short(was, 70)} → ${short(by, 40)}`);
};
/** What the specs beside the source did not notice is asked of all of them. */
const work = async (waiting) => {
  for (let batch = waiting.shift(); batch; batch = waiting.shift()) {
    const specs = beside(batch[0].file);
    const fates = specs.length === 0 ? batch.map(() => 'survived') : await fatesOf(specs, batch, patience);
    for (const [at, mutant] of batch.entries())
      judge(mutant, fates[at] === 'survived' ? await fateOf(tests, mutant, patience) : fates[at]);
  }
};
const batches = files.flatMap((file) => {
  const of = mutants.filter((each) => each.file === file);
  return Array.from({ length: Math.ceil(of.length / BATCH) }, (_, n) => of.slice(n * BATCH, (n + 1) * BATCH));
});

/** As many at once as for the changes: tests that fail for want of time would look like changes that were noticed. */
const mustPass = async () => {
  const unchanged = await Promise.all(Array.from({ length: jobs }, () => passes(tests, patience)));
  if (unchanged.includes(false)) throw new Error('The tests fail without any change. Mend them first.');
};

let code = 0;
try {
  const start = Date.now();
  await mustPass();
  patience = Math.max(30_000, 10 * (Date.now() - start));
  await Promise.all(Array.from({ length: jobs }, () => work(batches)));
  await mustPass();
  const survivors = judged.filter(({ fate }) => fate === 'survived');
  const percent = percentOf(judged);
  print('all', {
    name: values.name,
    mutants: judged.length,
    killed: judged.length - survivors.length,
    neverEnded: judged.filter(({ fate }) => fate === 'endless').length,
    percent,
    seconds: Math.round((Date.now() - began) / 1000),
  });
  for (const file of files) {
    const of = judged.filter((each) => each.file === file);
    const killed = of.filter(({ fate }) => fate !== 'survived').length;
    print('file', { file, mutants: of.length, killed, percent: percentOf(of) });
  }
  for (const { file, line, was, by } of survivors) print('survived', { file, line, was: short(was, 70), instead: short(by, 40) }); // prettier-ignore
  code = percent >= Number(values.least) ? 0 : 1;
} catch (error) {
  console.error(error.message);
  code = 2;
}
process.exit(code);
