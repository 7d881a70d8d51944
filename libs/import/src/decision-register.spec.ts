import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ListDecisions, ListDecisionsHandler, WhichLackPeople, WhichLackPeopleHandler } from '#decisions/decisions.queries'; // prettier-ignore
import { readable } from '#vault/readable';
import { openRecording, type Recording } from './testing/recording.js';

const MAPPING: unknown = JSON.parse(readFileSync(new URL('../mappings/council-decision-register.json', import.meta.url), 'utf8')); // prettier-ignore
const HEAD =
  'Reference,Date,Decision,Reasons,Alternatives considered and rejected,Interests declared,Dispensations,Decision maker,Body';

describe('a council’s own decision register', () => {
  let recording: Recording;
  beforeAll(async () => (recording = await openRecording()));
  afterAll(() => recording.close());

  it('comes in with its columns, and stands among the others as decided without people', async () => {
    const path = join(recording.folder, 'register.csv');
    writeFileSync(
      path,
      `${HEAD}\nCAB/7,03/11/2026,Close the Elm day centre,It costs too much,Fewer days a week,Cllr Fox declared her brother works there,Granted on 1 November,Cabinet member for adult care,Cabinet\nCAB/8,2026-11-04,Buy a van,,,,,,\nCAB/9,soon,Sell it,,,,,,\n`,
    );
    const { applied, report } = await recording.import(path, MAPPING, { authority: 'essex' });
    expect(applied?.concepts.decision).toMatchObject({ new: 2 });
    expect(report.files.map(({ rejected }) => rejected)).toEqual([1]);
    expect(report.problems.first.map(({ row, code }) => [row, code])).toEqual([[4, 'date-unreadable']]);
    const { rows, vault } = recording.engine;
    const { items } = await new ListDecisionsHandler(rows).execute(new ListDecisions({ people: 'without' }));
    expect(items.map(({ reference }) => reference)).toEqual(['CAB/8', 'CAB/7']);
    const open = readable(vault);
    const [van, elm] = items;
    expect([elm?.answer, elm && open(elm.statement), elm && open(elm.reason_words)]).toEqual([null, 'Close the Elm day centre', 'It costs too much']); // prettier-ignore
    const told = (json: string) => (JSON.parse(json) as { role?: string; what?: string; interest?: string }[]).map(({ role = '', what, interest }) => `${role} ${open(what ?? interest ?? null) ?? ''}`.trim()); // prettier-ignore
    expect(told(elm?.alternatives ?? '[]')).toEqual(['Fewer days a week']);
    expect(told(elm?.interests ?? '[]')).toEqual(['not recorded Cllr Fox declared her brother works there', 'dispensation Granted on 1 November']); // prettier-ignore
    // Nothing that names somebody stands in the log in clear.
    let log = '';
    for await (const { leaf } of recording.engine.store.readAll()) log += Buffer.from(leaf).toString('utf8');
    expect(log).not.toMatch(/Cllr Fox|Elm day centre|Granted on/);
    expect(van?.reason_words).toBeNull();
    const lacking = await new WhichLackPeopleHandler(rows).execute(new WhichLackPeople(items.map(({ id }) => id)));
    expect(lacking.size).toBe(2);
    expect((await recording.import(path, MAPPING, { authority: 'essex' })).applied?.events).toBe(0);
  }, 30_000);
});
