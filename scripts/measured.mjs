// Writes docs/reference/measured.md or measured-log.md from the figures that a benchmark printed:
//   npm run --silent bench:chain | node scripts/measured.mjs ["A remark, such as what else the machine did."]
//   npm run --silent bench:log | node scripts/measured.mjs
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
};
const PAGES = {
  chain: { file: 'measured.md', title: 'Measured', script: 'bench:chain' },
  log: { file: 'measured-log.md', title: 'Measured: the record that nobody can quietly change', script: 'bench:log' },
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
  console.error('No figures came in. Run: npm run --silent bench:chain | node scripts/measured.mjs (or bench:log)');
  process.exit(1);
}
const machine = figures.find((each) => each.machine)?.machine ?? 'not recorded';
const number = (value) => (typeof value === 'number' ? value.toLocaleString('en-GB') : String(value));
const sections = Object.entries(SAYS).flatMap(([name, says]) => {
  const rows = figures.filter(({ figure }) => figure === name);
  return rows.length === 0 ? [] : [`## ${says}`, '', ...rows.flatMap(tableOf)];
});

function tableOf({ figure: _, machine: __, ...values }) {
  const cells = flat(values);
  return [
    `| ${cells.map(([key]) => key).join(' | ')} |`,
    `| ${cells.map(() => '---:').join(' | ')} |`,
    `| ${cells.map(([, value]) => number(value)).join(' | ')} |`,
    '',
  ];
}

const page = PAGES[figures[0].figure.split('.')[0]];
writeFileSync(
  new URL(`../docs/reference/${page.file}`, import.meta.url),
  [
    `# ${page.title}`,
    '',
    `Printed by \`npm run ${page.script}\` and put here by \`scripts/measured.mjs\`, not typed. ${machine}.`,
    'Your machine will give other figures; the ratios are of one run, side by side.',
    ...process.argv.slice(2),
    '',
    ...sections,
  ].join('\n'),
);
