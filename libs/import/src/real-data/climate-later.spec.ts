import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { CommitmentRow } from '#commitments/commitments.queries';
import { factId } from '../fact-id.js';
import { loadPledgeFile } from '../testing/load-pledge.js';
import { openRecording, type Recording } from '../testing/recording.js';
import { dataPath, describeWithData, shippedMapping } from '../testing/real-data.js';

const PLEDGES = shippedMapping('uk-council-climate-pledges');
const DECLARATIONS = shippedMapping('uk-council-climate-declarations');
type Row = Record<string, string>;

const csv = (rows: readonly Row[]): string => {
  const cell = (text = ''): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const columns = Object.keys(rows[0] ?? {});
  return [columns, ...rows.map((row) => columns.map((name) => row[name]))].map((line) => line.map(cell).join(',')).join('\n'); // prettier-ignore
};

/** Ways in which the very same promise is written in another year's spreadsheet. */
const REFORMATTED: readonly ((row: Row) => Row)[] = [
  (row) => ({ ...row, target: row['target']?.replace('.0', '') ?? '' }),
  (row) => ({ ...row, target: row['target']?.replace(/(\d{4})\.0/, 'by $1') ?? '' }),
  (row) => ({ ...row, target: row['target']?.replace(/(\d{4})\.0/, '31/12/$1') ?? '' }),
  (row) => ({ ...row, target: row['target'] || '#ERROR!' }),
  (row) => ({ ...row, wording: ` ${row['wording']?.replace(/\s+/g, '\n') ?? ''}  ` }),
  (row) => ({ ...row, target: '', source_url: '' }),
];

describeWithData('uk_council_climate_pledges', 'a later version of the promises of 408 councils', () => {
  let recording: Recording;
  const source = dataPath('uk_council_climate_pledges', 'promises.csv');
  const all: Row[] = parse(readFileSync(source), { columns: true, bom: true });
  const made = all.filter(({ scope, wording }) => scope !== 'No promise' && wording?.trim());
  const importing = (rows: readonly Row[], more = {}) => {
    const path = join(recording.folder, 'promises.csv');
    writeFileSync(path, csv(rows));
    return recording.import(path, PLEDGES, more);
  };
  const rowOf = (row: Row | undefined) => {
    const id = factId('uk-council-climate-pledges', `${row?.['local-authority-code']}-${row?.['scope']}`, 'commitment');
    return recording.engine.rows.get<CommitmentRow>('SELECT * FROM commitment WHERE id = ?', id);
  };

  beforeAll(async () => {
    recording = await openRecording();
    await loadPledgeFile(recording, 'uk-climate-pledges');
    const { concepts, report } = await recording.import(source, PLEDGES);
    const [file] = report.files;
    console.log(`climate pledges: ${report.rows} rows, ${concepts.commitment?.new} commitments, ${concepts.evidence?.new} proofs, left out ${JSON.stringify(file?.ignored)}, rejected ${file?.rejected} ${JSON.stringify(report.problems.byCode)}`); // prettier-ignore
    expect(concepts.commitment).toMatchObject({ new: made.length, rejected: 0 });
  }, 120_000);
  afterAll(() => recording.close());

  it('shows only what really changed, and a dry run says so before', async () => {
    const again = await recording.events();
    await recording.import(source, PLEDGES);
    expect(await recording.events()).toBe(again);

    // Councils with one promise of a scope, so that each change is one thing.
    const [years, words, links] = [made.slice(0, 20), made.slice(20, 35), made.filter((row) => row['source_url']).slice(60, 70)]; // prettier-ignore
    const later = all.map((row, n): Row => {
      if (years.includes(row)) return { ...row, target: 'by 2060' };
      if (words.includes(row)) return { ...row, wording: `${row['wording']} This is new.` };
      if (links.includes(row)) return { ...row, source_url: `https://new.example/${n}` };
      return made.includes(row) ? (REFORMATTED[n % REFORMATTED.length]?.(row) ?? row) : row;
    });
    const fresh = ['A', 'B', 'C'].map((letter): Row => ({ ...(made[0] ?? {}), 'local-authority-code': `NEW${letter}`, target: '2031', wording: `A promise ${letter}` })); // prettier-ignore
    const reformatted = made.length - years.length - words.length - links.length;
    const expected = {
      commitment: { new: 3, changed: 35, unchanged: made.length - 35, rejected: 0, waiting: 0, kept: 0 },
      evidence: { new: 3, changed: 10, rejected: 0, kept: 0 },
    };
    const foretold = await importing([...later, ...fresh], { dryRun: true });
    expect(foretold.concepts).toMatchObject(expected);
    const before = await recording.events();
    const { concepts, applied } = await importing([...later, ...fresh]);
    expect(concepts).toMatchObject(expected);
    expect(applied?.keptFields).toEqual({});
    // Each change one event; a new promise comes with its key and its proof; the run says that it began and ended.
    const added = (await recording.events()) - before;
    console.log(`a later version: ${reformatted} written otherwise and 0 changed by it; 45 real changes and 3 new promises, shown ${(concepts.commitment?.changed ?? 0) + (concepts.evidence?.changed ?? 0)} and ${concepts.commitment?.new}; ${added} events`); // prettier-ignore
    expect(applied?.events).toBe(45 + 3 * 2);
    expect(await recording.events()).toBe(before + added);

    const [moved, reworded] = [rowOf(years[5]), rowOf(words[5])];
    expect(moved).toMatchObject({ due: '2060-12-31', due_precision: 'year', moved: 1 });
    expect(moved?.first_due).toBe(years[5]?.['target'] ? `${years[5]['target'].slice(0, 4)}-12-31` : null);
    expect(recording.engine.opener(reworded?.what ?? '')).toMatch(/This is new\.$/);
    expect(rowOf(links[5])?.proofs).toBe(2);
  }, 120_000);

  it('adds nothing when the index of what was imported is lost', async () => {
    const before = await recording.events();
    for (const name of ['imports.db', 'imports.db-wal', 'imports.db-shm'])
      rmSync(join(recording.engine.settings.dataDir, name), { force: true });
    const { concepts } = await recording.import(join(recording.folder, 'promises.csv'), PLEDGES);
    expect(concepts.commitment).toMatchObject({ new: 0, changed: 0, unchanged: made.length + 3 });
    expect(await recording.events()).toBe(before);
  }, 60_000);
});

describeWithData('uk_council_climate_pledges', 'the declarations of 404 councils', () => {
  let recording: Recording;
  const folder = dataPath('uk_council_climate_pledges');
  beforeAll(async () => {
    recording = await openRecording();
  });
  afterAll(() => recording.close());
  const bringIn = () => recording.import(folder, DECLARATIONS);

  it('are refused in words while the pledge is not in the record', async () => {
    const { concepts, applied } = await bringIn();
    expect(concepts.adoption?.new).toBe(0);
    expect(applied?.refused[0]).toMatchObject({ code: 'pledge-unknown' });
    expect((await recording.import(folder, DECLARATIONS, { dryRun: true })).concepts.adoption?.new).toBe(0);
  }, 60_000);

  it('are adoptions of the pledge, each with its day; what has no day is refused and not guessed', async () => {
    await loadPledgeFile(recording, 'uk-climate-pledges');
    await recording.import(join(folder, 'promises.csv'), PLEDGES);
    const rows: Row[] = parse(readFileSync(join(folder, 'declarations.csv')), { columns: true, bom: true });
    const yes = rows.filter((row) => row['made_declaration']?.startsWith('Y'));
    const dated = yes.filter((row) => row['date_made'] && row['local-authority-code']);
    const { concepts, report } = await bringIn();
    console.log(`climate declarations: ${rows.length} rows, ${concepts.adoption?.new} adoptions, left out ${JSON.stringify(report.files[0]?.ignored)}, rejected ${report.files[0]?.rejected} ${JSON.stringify(report.problems.byCode)}`); // prettier-ignore
    expect(concepts.adoption).toMatchObject({ new: dated.length, rejected: yes.length - dated.length });
    expect(recording.engine.rows.get('SELECT count(*) AS n FROM fact WHERE kind = ?', 'pledge-adoption')).toEqual({ n: dated.length }); // prettier-ignore
    const before = await recording.events();
    await bringIn();
    expect(await recording.events()).toBe(before);
  }, 120_000);
});
