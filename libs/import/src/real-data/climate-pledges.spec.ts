import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { CommitmentRow } from '#commitments/commitments.queries';
import { rowsOn } from '#pledge-log/replay';
import { loadPledgeFile } from '../testing/load-pledge.js';
import { openRecording, type Recording } from '../testing/recording.js';
import { dataPath, describeWithData, shippedMapping } from '../testing/real-data.js';

const mapping = shippedMapping('uk-council-climate-pledges');
const HEADINGS = 'local-authority-code,council,scope,target,wording,source_url,source_name';

const commitments = ({ engine }: Recording) => engine.rows.all<CommitmentRow>('SELECT * FROM commitment ORDER BY number'); // prettier-ignore

describe('promises of councils, from a file', () => {
  let recording: Recording;
  beforeAll(async () => {
    recording = await openRecording();
  });
  afterAll(() => recording.close());
  const importing = (...rows: readonly string[]) => {
    const path = join(recording.folder, 'promises.csv');
    writeFileSync(path, `${[HEADINGS, ...rows].join('\n')}\n`);
    return recording.import(path, mapping);
  };
  const essex = 'ESS,Essex County Council,Whole area';
  const ashford = 'ASF,Ashford Borough Council,Council operations';

  it('are refused, row by row and in words, while the pledge they belong to is not in the record', async () => {
    const { applied } = await importing(`${essex},2045.0,Net zero,https://a.example,A page`);
    expect(applied?.refused.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'part-unknown: The pledge has no part or step C1b. Choose one of it, like P1a.',
    ]);
    expect(commitments(recording)).toEqual([]);
    await loadPledgeFile(recording, 'uk-climate-pledges');
  });

  it('keep a year as a year, take “#ERROR!” for nothing, and belong to our councils where they are ours', async () => {
    await importing(`${essex},2045.0,Net zero,https://a.example,A page`, `${ashford},#ERROR!,Carbon neutral,,`);
    expect(commitments(recording)).toMatchObject([
      { authority: 'essex', part: 'C1b', due: '2045-12-31', due_precision: 'year', owner_name: null, promised_precision: 'year', updated_precision: 'year', proofs: 1, imported: 1, number: 'CM-2023-0001' },
      { authority: 'ashford-borough-council', part: 'C1a', due: null, due_precision: null, proofs: 0 },
    ]); // prettier-ignore
  });

  it('of a later copy add nothing for a year that is only written otherwise', async () => {
    const before = await recording.events();
    const { concepts } = await importing(`${essex},2045,Net zero,https://a.example,A page`, `${ashford},,Carbon neutral,,`); // prettier-ignore
    expect(concepts.commitment).toMatchObject({ new: 0, changed: 0, unchanged: 2 });
    // That it was imported, from which file, and that it is finished.
    expect((await recording.events()) - before).toBe(2);
  });

  it('of a later copy add the one year that changed, and keep the old one', async () => {
    const { concepts } = await importing(`${essex},2040,Net zero,https://a.example,A page`, `${ashford},,Carbon neutral,,`); // prettier-ignore
    expect(concepts.commitment).toMatchObject({ new: 0, changed: 1, unchanged: 1 });
    const [moved] = commitments(recording);
    expect(moved).toMatchObject({ due: '2040-12-31', due_precision: 'year', first_due: '2045-12-31', moved: 1 });
    expect(rowsOn(recording.engine.rows, '2023-06-01', moved?.id)).toMatchObject([{ due: '2045-12-31', moved: 0 }]);
  });
});

describeWithData('uk_council_climate_pledges', 'the promises of 408 councils in the record', () => {
  let recording: Recording;
  const source = dataPath('uk_council_climate_pledges', 'promises.csv');
  beforeAll(async () => {
    recording = await openRecording();
    await loadPledgeFile(recording, 'uk-climate-pledges');
    await recording.import(source, mapping);
  }, 120_000);
  afterAll(() => recording.close());

  it('are one for each council and scope that made one in words, each under its part, each with its year or none', () => {
    const rows: Record<string, string>[] = parse(readFileSync(source), { columns: true, bom: true });
    const made = rows.filter(({ scope, wording }) => scope !== 'No promise' && wording?.trim());
    const all = commitments(recording);
    expect(all).toHaveLength(made.length);
    const years = (of: readonly (string | undefined)[]) => [...Map.groupBy(of, (each) => each ?? 'none')].map(([year, { length }]) => `${year} ${length}`).sort(); // prettier-ignore
    expect(years(all.map(({ due }) => due?.slice(0, 4)))).toEqual(
      years(made.map(({ target }) => target?.slice(0, 4) || undefined)),
    );
    expect(all.every(({ due, due_precision }) => (due === null ? due_precision === null : due_precision === 'year'))).toBe(true); // prettier-ignore
    expect(new Set(all.map(({ authority }) => authority)).size).toBe(new Set(made.map(({ council }) => council)).size);
    expect(all.filter(({ authority }) => authority === 'hertfordshire')).toHaveLength(2);
  });

  it('imported again, and with every year written another way, add nothing', async () => {
    const facts = async () => (await recording.events()) - 2 * runs;
    let runs = 0;
    const before = await facts();
    await recording.import(source, mapping);
    expect(await facts()).toBe(before);
    const reformatted = join(recording.folder, 'promises.csv');
    writeFileSync(reformatted, readFileSync(source, 'utf8').replace(/(,20\d\d)\.0,/g, '$1,'));
    const { concepts } = await recording.import(reformatted, mapping);
    runs = 1;
    expect(concepts.commitment).toMatchObject({ new: 0, changed: 0, unchanged: commitments(recording).length });
    expect(await facts()).toBe(before);
  }, 60_000);
});
