import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { exportFrom, importInto } from '../../apps/cli/src/commands/tracker.js';
import { csvText } from '../../apps/server/src/shell/csv.js';
import { Client } from './client.js';
import { startServer, type TestServer } from './server.js';

const COLUMNS = ['Reference', 'Origin', 'Date', 'Area', 'Recommendation', 'Executive date', 'Lead', 'Action taken', 'Status']; // prettier-ignore
const OPTIONS = { authority: 'essex', body: 'Health Overview and Scrutiny Committee', title: 'Recommendation tracker' };

/** Whatever people type into a spreadsheet, with what a spreadsheet would run. */
const cell = fc.oneof(
  { weight: 3, arbitrary: fc.string({ maxLength: 40, unit: 'grapheme' }) },
  fc.constantFrom('=1+1', "'=HYPERLINK(x)", "''@x", '-2', '+44 1245', '"quoted", and more', 'two\nlines', "'tis"),
).map((text) => text.replace(/[\u0000\r\uFEFF]/g, '').trim()); // prettier-ignore
const day = fc.integer({ min: 0, max: 3_000 }).map((n) => new Date(Date.UTC(2018, 0, 1 + n)).toISOString().slice(0, 10)); // prettier-ignore
const row = fc.tuple(fc.constant(''), cell, fc.oneof(day, day.map((d) => d.slice(0, 7)), day.map((d) => d.slice(0, 4))), cell, cell.filter((text) => text !== ''), fc.oneof(fc.constant(''), day), cell, cell, cell); // prettier-ignore

describe('a recommendation tracker', () => {
  let server: TestServer;
  let folder: string;
  beforeAll(async () => {
    server = await startServer();
    folder = mkdtempSync(join(tmpdir(), 'throughline-'));
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const file = (name: string, rows: readonly (readonly string[])[], columns = COLUMNS): string => {
    const path = join(folder, name);
    writeFileSync(path, csvText([columns, ...rows]));
    return path;
  };
  const bring = (path: string, more: object = {}) => importInto(server.engine, path, { ...OPTIONS, ...more });
  const caughtUp = async () => server.engine.caughtUp(await server.engine.store.head());
  const nine = (csv: string): string[][] =>
    parse(csv, { bom: true })
      .slice(1)
      .map((cells) => cells.slice(0, 9));

  it('comes out as it went in, whatever is typed into it, and loses nothing when it is brought again', async () => {
    const rows = fc.sample(row, { numRuns: 60, seed: 33 }).map((cells, n) => [`OSC/${n}`, ...cells.slice(1)]);
    const path = file('tracker.csv', rows);
    expect((await bring(path)).counts).toMatchObject({ rows: 60, new: 60, rejected: 0 });
    await caughtUp();
    const out = await exportFrom(server.engine, 'essex');
    // A row that says no status gets the one that the record works out; every other cell is what it was.
    const isSame = (was: readonly string[], now: readonly string[]): boolean =>
      was.every((text, at) => text === now[at] || (at === 8 && text === ''));
    const came = nine(out);
    expect(came.filter((now, n) => !isSame(csvCells(rows[n] ?? []), now))).toEqual([]);
    expect(came).toHaveLength(60);

    const again = await bring(path);
    expect(again.counts).toMatchObject({ new: 0, changed: 0, unchanged: 60 });
    const second = join(folder, 'exported.csv');
    writeFileSync(second, out);
    const copy = await bring(second, { title: 'A copy' });
    expect(copy.counts).toMatchObject({ new: 60, rejected: 0 });
    await caughtUp();
    const both = nine(await exportFrom(server.engine, 'essex'));
    expect(both.slice(60)).toEqual(came);
  }, 120_000);

  it('tells every bad row by its number with the reason, keeps it, and brings in the others', async () => {
    const path = file('bad.csv', [
      ['B/1', '', '03/11/2026', 'Buses', 'Run the bus until eight.', '', 'Director', 'It runs.', 'Complete'],
      ['B/2', '', 'TBC', 'Buses', 'Print the times.', '', '', '', 'Open'],
      ['B/1', '', '2026-11-03', 'Buses', 'The same again.', '', '', '', ''],
      ['B/4', '', '2026-11-03', 'Buses', '', 'soon', '', '', ''],
    ]);
    const { counts, problems } = await bring(path, { title: 'Buses' });
    expect(counts).toMatchObject({ rows: 4, new: 1, rejected: 3 });
    expect(problems.map(({ row: at, code }) => `${at} ${code}`)).toEqual([
      '3 date-unreadable', '4 reference-twice', '5 what-missing', '5 date-unreadable',
    ]); // prettier-ignore
    const kept = readFileSync(`${path}.rejects.jsonl`, 'utf8').trim().split('\n');
    expect(kept.map((line) => (JSON.parse(line) as { original: { Reference: string } }).original.Reference)).toEqual(['B/2', 'B/1', 'B/4']); // prettier-ignore
  });

  it('adds only what a later copy changed, and says what it keeps', async () => {
    const first = ['C/1', '', '2026-01-05', 'Care', 'Visit every home.', '', 'Head', '', 'Open'];
    await bring(file('c1.csv', [first]), { title: 'Care' });
    await caughtUp();
    const later = ['C/1', '', '2026-01-05', 'Care homes', 'Visit every home.', '', 'Head', 'All were visited.', 'Complete']; // prettier-ignore
    const { counts } = await bring(file('c2.csv', [later]), { title: 'Care' });
    expect(counts).toMatchObject({ new: 0, changed: 1 });
    await caughtUp();
    const again = await bring(file('c3.csv', [later, ['C/2', '', '2026', '', 'x', '', '', '', '']]), { title: 'Care' });
    expect([again.counts, again.problems.map(({ code }) => code)]).toMatchObject([{ new: 1, kept: 1, changed: 0 }, ['kept']]); // prettier-ignore
    const line = nine(await exportFrom(server.engine, 'essex')).find(([reference]) => reference === 'C/1');
    expect(line).toEqual(['C/1', '', '2026-01-05', 'Care', 'Visit every home.', '', 'Head', 'All were visited.', 'Complete']); // prettier-ignore
  });

  it('says where an answer that was given here stands, in the place of the source’s own status', async () => {
    const [id = ''] = server.engine.rows.all<{ id: string }>(`SELECT id FROM recommendation WHERE reference = 'C/2'`).map((each) => each.id); // prettier-ignore
    const lead = await Client.as(server, 'pledge-lead');
    await lead.made(`/recommendations/${id}/responses`, { answer: 'not-accepted', words: 'There is no money.' });
    const csv = await (await fetch(`${server.url}/scrutiny/tracker.csv?standing=answered`)).text();
    expect(nine(csv).find(([reference]) => reference === 'C/2')?.[8]).toBe('Responded');
  });

  it('is refused whole where its headings are not there', async () => {
    await expect(bring(file('other.csv', [['x', 'y']], ['Name', 'Value']))).rejects.toThrow(/column-missing|Recommendation/); // prettier-ignore
  });
});

/** As a spreadsheet keeps the cells of a row that was written by us. */
const csvCells = (cells: readonly string[]): string[] => parse(csvText([cells]), { bom: true })[0] ?? []; // prettier-ignore
