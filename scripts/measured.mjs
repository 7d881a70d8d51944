// Writes docs/reference/measured.md from the figures that a benchmark printed:
//   npm run --silent bench:chain | node scripts/measured.mjs ["A remark, such as what else the machine did."]
import { createInterface } from 'node:readline';
import { writeFileSync } from 'node:fs';

const SAYS = {
  'chain.writers': 'Commands recorded durably each second: one writer, and 64 at once, whose commits are grouped',
  'chain.import': 'Import of the petitions, and the same file again',
  'chain.size':
    'The chain of one view with 20 linked things over HTTP (milliseconds; memory of the serving process in MiB)',
  'chain.rebuild': 'Every read model built anew from the log',
  'chain.p99': 'The slowest hundredth in a large log against the same in a small one, asked in turns',
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
  console.error('No figures came in. Run: npm run --silent bench:chain | node scripts/measured.mjs');
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

writeFileSync(
  new URL('../docs/reference/measured.md', import.meta.url),
  [
    '# Measured',
    '',
    `Printed by \`npm run bench:chain\` and put here by \`scripts/measured.mjs\`, not typed. ${machine}.`,
    'Your machine will give other figures; the ratios are of one run, side by side.',
    ...process.argv.slice(2),
    '',
    ...sections,
  ].join('\n'),
);
