import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { Command } from 'commander';
import type { Engine } from '#engine/engine';
import { uuid5 } from '#event-store/ids';
import { finishImport, importStream, startImport } from '#import/apply/import-stream';
import type { FilePlan } from '#import/mapping/plan';
import { newNotes, readRows } from '#import/readers/read-rows';
import { defaultRejectsPath, RejectsFile } from '#import/rejects';
import { londonDay } from '#kernel/time';
import {
  ListRecommendations,
  ListRecommendationsHandler,
  ListResponses,
  ListResponsesHandler,
  type RecommendationRow,
} from '#scrutiny/recommendations.queries';
import { readTrackerRow, type TrackerRow } from '#scrutiny/tracker';
import { type KnownRow, rowId, TrackerImport } from '#scrutiny/tracker-import';
import { readable } from '#vault/readable';
import { trackerCsv } from '../../../server/src/pages/scrutiny/tracker.csv.js';
import { print, tell, withEngine } from '../with-engine.js';

interface Options {
  readonly authority: string;
  readonly body: string;
  readonly title: string;
  readonly rejects?: string;
  readonly dryRun?: true;
  readonly json?: true;
}

const CATCH_UP_MS = 600_000;
const EVERYTHING = 1_000_000;
const IMPORTS = '3f6a1a52-6a0e-5c1b-9f0d-8e2b64c1d977';
/** How such a file is read: a spreadsheet with its headings in the first row. */
const PLAN: FilePlan = {
  pointer: '', name: null, format: 'csv', encoding: 'utf-8', delimiter: null, quotes: 'strict', headerRow: 1, columns: null, at: [],
  updatedAt: null, lets: [], joins: [], ignore: [], yields: [],
  used: ["Date", "Recommendation"].map((text) => ({ path: [text], text, pointer: "" })),
}; // prettier-ignore

export const trackerCommand = (): Command => {
  const command = new Command('tracker').description('Recommendation trackers of scrutiny: bring one in, write one out');
  command
    .command('import')
    .description('Bring in a tracker: Reference, Origin, Date, Area, Recommendation, Executive date, Lead, Action taken, Status')
    .argument('<file>', 'a CSV file with these headings; columns of other names are left alone')
    .requiredOption('--authority <code>', 'the council that the recommendations are made to, like essex')
    .requiredOption('--body <name>', 'the scrutiny body whose tracker it is')
    .option('--title <text>', 'what the audit is called in which they stand', 'Recommendation tracker')
    .option('--rejects <file>', 'where rows go that cannot be imported; default: beside the file')
    .option('--dry-run', 'read and check everything, record nothing')
    .option('--json', 'print one JSON object: rows, new, changed, unchanged, kept, rejected')
    .action(importTracker);
  command
    .command('export')
    .description('Print the published recommendations as a tracker (CSV)')
    .option('--authority <code>', 'one council, like essex; left out: all of them')
    .action(exportTracker);
  return command;
}; // prettier-ignore

const importTracker = async (path: string, options: Options): Promise<void> => {
  if (!existsSync(path)) throw new Error(`There is no file ${path}.`);
  const { counts, problems } = await withEngine((engine) => importInto(engine, path, options));
  if (options.json) print(JSON.stringify({ ...counts, problems }));
  else {
    for (const { row, message } of problems) print(`${basename(path)}, row ${row}: ${message}`);
    print(`${counts.rows} rows: ${counts.new} new, ${counts.changed} changed, ${counts.unchanged} unchanged, ${counts.kept} kept as recorded, ${counts.rejected} not imported.`); // prettier-ignore
    if (options.dryRun) print('Nothing was recorded: this was a dry run.');
  }
  // Rows that did not go in are no success: a script that imports must notice.
  if (counts.rejected > 0) process.exitCode = 2;
};

interface RowProblem {
  readonly row: number;
  readonly code: string;
  readonly message: string;
}

/** Everything is read and checked before anything is recorded; the same file twice is the same import. */
export const importInto = async (
  engine: Engine,
  path: string,
  { authority, body, title, rejects, dryRun }: Options,
) => {
  await engine.caughtUp(await engine.store.head(), CATCH_UP_MS);
  if (engine.rows.get('SELECT 1 FROM authority WHERE code = ?', authority) === undefined)
    throw new Error(`There is no council ${authority}.`);
  const name = basename(path);
  const counts = { rows: 0, new: 0, changed: 0, unchanged: 0, kept: 0, rejected: 0 };
  const problems: RowProblem[] = [];
  const rejected = new RejectsFile(dryRun ? null : (rejects ?? defaultRejectsPath(path)));
  const reject = async (row: number, reasons: readonly { code: string; message: string }[], original: unknown) => {
    counts.rejected += 1;
    problems.push(...reasons.map((reason) => ({ row, ...reason })));
    await rejected.add({ file: name, row, reasons, original });
  };
  const { good, digest } = await readAll(path, name, counts, reject);
  const run = uuid5(IMPORTS, JSON.stringify([authority, body, title, digest]));
  const importing = new TrackerImport(engine.recorder, { authority, body, title, run, now: engine.clock.now() });
  const auditId = importing.auditId;
  const known = knownRows(engine, auditId);
  if (dryRun) {
    for (const { row } of good) counts[known.has(rowId(auditId, row)) ? 'unchanged' : 'new'] += 1;
    return { counts, problems };
  }
  const context = (step: string) => ({ commandId: uuid5(run, step), actor: { role: 'administrator', ref: run }, now: engine.clock.now() }); // prettier-ignore
  const files = [{ name, digest, rows: counts.rows }];
  await engine.recorder.act(importStream, run, context('start'), (state) =>
    startImport(state, { source: 'recommendation-tracker', mapping: 'tracker.v1', files }),
  );
  if (good.length > 0) await importing.open();
  for (const { at, row, original } of good) {
    const outcome = await importing.bring(row, known.get(rowId(auditId, row)));
    if (outcome.came === 'refused') await reject(at, [outcome], original);
    else counts[outcome.came] += 1;
    if (outcome.came === 'kept')
      problems.push({ row: at, code: 'kept', message: `${outcome.columns.join(', ')} changed at the source and stays as it was first recorded.` }); // prettier-ignore
  }
  await rejected.close();
  const { new: recorded, changed, unchanged, kept } = counts;
  await engine.recorder.act(importStream, run, context('finish'), (state) =>
    finishImport(state, { recorded, changed, unchanged: unchanged + kept, refused: counts.rejected, unresolved: 0 }),
  );
  return { counts, problems };
};

interface GoodRow {
  readonly at: number;
  readonly row: TrackerRow;
  readonly original: unknown;
}

type Reject = (row: number, reasons: readonly { code: string; message: string }[], original: unknown) => Promise<void>;

const readAll = async (path: string, name: string, counts: { rows: number }, reject: Reject) => {
  const good: GoodRow[] = [];
  const seen = new Set<string>();
  const notes = newNotes();
  for await (const batch of readRows(path, name, PLAN, notes))
    for (const { row: at, record, problem, raw } of batch) {
      counts.rows += 1;
      if (record === null) {
        await reject(at, [problem ?? { code: 'row-unreadable', message: 'This row cannot be read.' }], raw);
        continue;
      }
      const row = readTrackerRow(record);
      if (!('recommendation' in row)) await reject(at, row, record);
      else if (row.reference !== undefined && seen.has(row.reference))
        await reject(at, [{ code: 'reference-twice', message: `The reference ${row.reference} stands in this file twice.` }], record); // prettier-ignore
      else {
        if (row.reference !== undefined) seen.add(row.reference);
        good.push({ at, row, original: record });
      }
    }
  return { good, digest: notes.digest };
};

/** What is recorded of this tracker, opened. */
const knownRows = ({ rows, vault }: Engine, auditId: string): Map<string, KnownRow> => {
  const open = readable(vault);
  const found = rows.all<RecommendationRow>('SELECT * FROM recommendation WHERE audit = ?', auditId);
  return new Map(
    found.map((row) => {
      const date = londonDay(row.made_at).slice(0, row.precision === 'year' ? 4 : row.precision === 'month' ? 7 : 10);
      const said = { reference: row.reference, origin: open(row.origin), area: open(row.area), executiveDate: row.executive_date, lead: open(row.lead), action: open(row.action), status: open(row.source_status), to: open(row.to_body), due: row.due, answer: row.answer }; // prettier-ignore
      const told = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null));
      return [row.id, { ...told, date, recommendation: open(row.what) ?? '' }];
    }),
  );
};

const exportTracker = async ({ authority }: { readonly authority?: string }): Promise<void> => {
  await withEngine(async (engine) => {
    await engine.caughtUp(await engine.store.head(), CATCH_UP_MS);
    process.stdout.write(await exportFrom(engine, authority));
  });
};

export const exportFrom = async ({ rows, vault, clock }: Engine, authority?: string): Promise<string> => {
  const asked = new ListRecommendations({ ...(authority && { authority }), limit: EVERYTHING });
  const { items } = await new ListRecommendationsHandler(rows, clock).execute(asked);
  if (items.length === 0) tell('No recommendation is published here.');
  const responses = await new ListResponsesHandler(rows).execute(new ListResponses(items.map(({ id }) => id)));
  const taken = { list: authority ? `--authority ${authority}` : 'every council', at: clock.now().instant };
  return trackerCsv([...items].reverse(), responses, readable(vault), taken);
};
