// Writes docs/reference/measured.md, measured-log.md or measured-mutants.md from the figures that were printed:
//   npm run --silent bench:chain | node scripts/measured.mjs ["A remark, such as what else the machine did."]
//   npm run --silent bench:log | node scripts/measured.mjs
//   (npm run --silent mutate:vault; npm run --silent mutate:guards) | node scripts/measured.mjs
import { createInterface } from 'node:readline';
import { writeFileSync } from 'node:fs';

const SAYS = {
  'chain.writers': 'Commands recorded durably each second: one writer, and 64 at once, whose commits are grouped',
  'chain.import': 'Import of the petitions, and the same file again',
  'chain.size':
    'The chain of one view with 20 linked things over HTTP (milliseconds; memory of the serving process in MiB)',
  'chain.rebuild': 'Every read model built anew from the log',
  'chain.p99': 'The slowest hundredth in a large log against the same in a small one, asked in turns',
  'log.sha256':
    'The same bytes only hashed, on one core: in large pieces, as fast as this machine can; entry by entry; and with the nodes of the tree',
  'log.verify':
    'A bundle judged at all levels, from its first file to its verdict: on one core, in percent of each way of hashing above; and with a second thread',
  'log.root-only':
    'Two of the levels by themselves: the seal is signed, and every entry, read from the disk, hashes into its root. No entry is decoded, no rule is checked',
  'log.verify-memory': 'Memory of the process that judges: its own, and all there was at its peak (MiB)',
  'log.append':
    'Appending with the hash of each entry, in percent of the same with 32 given bytes in its place: medians of rounds in turns',
  'log.proof': 'A proof from the tree on disk, in random places (milliseconds)',
  'log.restart': 'From nothing open to the tree and its root (milliseconds)',
  'mutants.all': 'Changes of a condition, one at a time, and those that a test noticed',
  'mutants.file': 'By file',
  'mutants.survived': 'Noticed by no test, also where the change makes no difference that could be noticed',
};
const PAGES = {
  chain: { file: 'measured.md', title: 'Measured', script: 'bench:chain' },
  log: { file: 'measured-log.md', title: 'Measured: the record that nobody can quietly change', script: 'bench:log' },
  mutants: {
    file: 'measured-mutants.md',
    title: 'Measured: whether a changed condition is noticed',
    script: 'mutate:vault` and `npm run mutate:guards',
    note: 'Only the seconds depend on the machine.',
  },
};

const flat = (value, at = '') =>
  Object.entries(value).flatMap(([key, member]) => {
    const name = at ? `${at} ${key}` : key;
    return typeof member === 'object' && member !== null ? flat(member, name) : [[name, member]];
  });

const figures = [];
for await (const line of createInterface({ input: process.stdin }))
  if (line.startsWith('{')) figures.push(JSON.parse(line));
if (figures.length === 0) {
  console.error(
    'No figures came in. Run: npm run --silent bench:chain | node scripts/measured.mjs (or bench:log, mutate:vault)',
  );
  process.exit(1);
}
const machine = figures.find((each) => each.machine)?.machine ?? 'not recorded';
const shown = (value) =>
  typeof value === 'number' ? value.toLocaleString('en-GB') : String(value).replaceAll('|', '\\|');
const sections = Object.entries(SAYS).flatMap(([name, says]) => {
  const rows = figures.filter(({ figure }) => figure === name);
  return rows.length === 0 ? [] : [`## ${says}`, '', ...tablesOf(rows)];
});

/** Rows with the same columns stand in one table. */
function tablesOf(rows) {
  const tables = new Map();
  for (const { figure: _, machine: __, ...values } of rows) {
    const cells = flat(values);
    const head = cells.map(([key]) => key).join(' | ');
    tables.set(head, [...(tables.get(head) ?? []), cells]);
  }
  return [...tables].flatMap(([head, all]) => [
    `| ${head} |`,
    `| ${all[0].map(([, value]) => (typeof value === 'string' ? '---' : '---:')).join(' | ')} |`,
    ...all.map((cells) => `| ${cells.map(([, value]) => shown(value)).join(' | ')} |`),
    '',
  ]);
}

const page = PAGES[figures[0].figure.split('.')[0]];
writeFileSync(
  new URL(`../docs/reference/${page.file}`, import.meta.url),
  [
    `# ${page.title}`,
    '',
    `Printed by \`npm run ${page.script}\` and put here by \`scripts/measured.mjs\`, not typed. ${machine}.`,
    page.note ?? 'Your machine will give other figures; the ratios are of one run, side by side.',
    ...process.argv.slice(2),
    '',
    ...sections,
  ].join('\n'),
);
