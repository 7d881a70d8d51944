import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** One protection, and what failed when it was left out (`npm run attack:removed`), or why it is shown elsewhere. */
interface Row {
  readonly promise: string;
  readonly protection: string;
  readonly test: string;
  readonly file?: string;
  readonly without?: string;
  readonly failed?: readonly string[];
  readonly elsewhere?: string;
}

const rows = JSON.parse(readFileSync('docs/reference/protections.json', 'utf8')) as Row[];
const PAGE = 'docs/reference/protections.md';
const PROMISES = [...numbered('S', 28), ...numbered('P', 20)];

function numbered(letter: string, most: number): string[] {
  return Array.from({ length: most }, (_, n) => `${letter}${n + 1}`);
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
const line = ({ promise, protection, test, file, failed, elsewhere }: Row): string =>
  `| ${promise} | ${cell(protection)} | ${file ? `\`${file}\`` : ''} | \`${test}\` | ${cell(elsewhere ?? (failed?.map((each) => `“${each}”`).join(', ') || 'not tried yet'))} |`; // prettier-ignore

const page = (): string =>
  [
    '# Protections, and what notices that one is gone',
    '',
    `Each line is a promise about security (S) or privacy (P), what keeps it, and the tests that failed when just that was left out.`,
    '`npm run attack:removed -- S11` leaves the protections of one promise out and runs their tests again; nothing is written to a source.',
    'What it finds is kept in [protections.json](protections.json), from which this page is made',
    '(`WRITE_DOCS=1 npm run test:only -- tests/security/protections`).',
    '',
    '<!-- prettier-ignore -->',
    '| Promise | Protection | Where | Tests | What failed without it |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map(line),
    '',
  ].join('\n');

describe('protections, and what failed without them', () => {
  it('are named for every promise about security and privacy', () => {
    expect(PROMISES.filter((promise) => rows.every((row) => row.promise !== promise))).toEqual([]);
    expect(rows.filter(({ promise }) => !PROMISES.includes(promise))).toEqual([]);
  });

  it('stand once where they are said to stand, and something failed without each', () => {
    const left = rows.filter(({ file }) => file);
    const gone = left.filter(({ file = '', without = '' }) => readFileSync(file, 'utf8').split(without).length !== 2);
    expect(gone.map(({ promise, protection }) => `${promise} ${protection}`)).toEqual([]);
    // One that was not tried yet has no list; one that nothing noticed has an empty one.
    expect(left.filter(({ failed }) => failed?.length === 0).map(({ promise, protection }) => `${promise} ${protection}`)).toEqual([]); // prettier-ignore
    console.log(JSON.stringify({ figure: 'protections', promises: PROMISES.length, leftOut: left.length, noticed: left.filter(({ failed }) => failed?.length).length, elsewhere: rows.length - left.length })); // prettier-ignore
  });

  it('have tests that are there', () => {
    const missing = rows.filter(({ test, elsewhere }) => {
      const [file = '', name = ''] = test.split(' › ');
      return (
        !existsSync(file) || (elsewhere !== undefined && name !== '' && !readFileSync(file, 'utf8').includes(name))
      );
    });
    expect(missing.map(({ promise, test }) => `${promise} ${test}`)).toEqual([]);
  });

  it(`are what ${PAGE} says`, () => {
    if (process.env['WRITE_DOCS']) writeFileSync(PAGE, page());
    expect(readFileSync(PAGE, 'utf8')).toBe(page());
  });
});
