import { existsSync, readFileSync } from 'node:fs';

/** One requirement of OWASP ASVS 5.0.0, level 1 or 2, in our own words; the standard's text stands in the standard. */
interface Row {
  readonly id: string;
  readonly level: number;
  readonly about: string;
  readonly applies: boolean;
  /** Only where it applies. */
  readonly met?: boolean;
  /** `file › name of the test`. */
  readonly tests?: readonly string[];
  /** Where the standard asks for something written. */
  readonly documents?: readonly string[];
  readonly reason?: string;
}

const rows = JSON.parse(readFileSync('docs/reference/asvs.json', 'utf8')) as Row[];
/** How many there are in each chapter of the standard at these levels. */
const CHAPTERS = { V1: 27, V2: 11, V3: 19, V4: 10, V5: 9, V6: 35, V7: 18, V8: 7, V9: 7, V10: 29, V11: 14, V12: 9, V13: 13, V14: 9, V15: 13, V16: 16, V17: 7 }; // prettier-ignore

const undecided = ({ id, about, applies, met, tests = [], documents = [], reason = '' }: Row): string[] => {
  const proofs = [...tests, ...documents];
  if (about.length < 3) return [`${id} says nothing`];
  if (typeof applies !== 'boolean' || /\b(open|todo|tbd)\b/i.test(reason)) return [`${id} is not decided`];
  if (!applies) return met === undefined && reason.length > 5 ? [] : [`${id} does not say why it does not apply`];
  if (met === true) return proofs.length > 0 ? [] : [`${id} is met by nothing`];
  return met === false && reason.length > 20 ? [] : [`${id} does not say what is missing`];
};

const notThere = (test: string): string[] => {
  const [file = '', name = ''] = test.split(' › ');
  if (!existsSync(file)) return [`${test}: no such file`];
  const text = readFileSync(file, 'utf8');
  const at = text.search(new RegExp(`['"\`]${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}['"\`]`));
  if (at < 0) return [`${test}: no such test`];
  return /\.(skip|todo|if)\b[^;]*$/.test(text.slice(Math.max(0, at - 40), at)) ? [`${test}: is skipped`] : [];
};

describe('OWASP ASVS 5.0.0, levels 1 and 2', () => {
  it('a row that is not decided is found, and a test that is not there', () => {
    const row = { id: 'V1.1.1', level: 1, about: 'something', applies: true };
    expect(undecided(row)).toHaveLength(1);
    expect(undecided({ ...row, met: true })).toHaveLength(1);
    expect(undecided({ ...row, applies: false })).toHaveLength(1);
    expect(undecided({ ...row, met: false, reason: 'open' })).toHaveLength(1);
    expect(notThere('tests/security/none.spec.ts › x')).toHaveLength(1);
    expect(notThere('tests/security/asvs.spec.ts › a test that was never written down')).toHaveLength(1);
  });

  it('every requirement is decided, and none is missing or invented', () => {
    const chapters = Object.groupBy(rows, ({ id }) => id.split('.')[0] ?? '');
    expect(Object.fromEntries(Object.entries(chapters).map(([id, of]) => [id, of?.length]))).toEqual(CHAPTERS);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(253);
    expect(rows.filter(({ id, level }) => !/^V\d{1,2}\.\d\.\d{1,2}$/.test(id) || ![1, 2].includes(level))).toEqual([]);
    expect(rows.flatMap(undecided)).toEqual([]);
  });

  it('every test and every page that is named is there', () => {
    const tests = [...new Set(rows.flatMap((row) => row.tests ?? []))];
    const pages = rows.flatMap(({ documents = [] }) => documents);
    expect(tests.flatMap(notThere)).toEqual([]);
    expect(pages.filter((path) => !existsSync(path))).toEqual([]);
    const applying = rows.filter(({ applies }) => applies);
    const met = applying.filter((row) => row.met).length;
    console.log(JSON.stringify({ figure: 'security.asvs', decided: rows.length, applies: applying.length, met, notMet: applying.length - met, tests: tests.length })); // prettier-ignore
  });
});
