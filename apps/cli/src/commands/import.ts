import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { Command } from 'commander';
import { runImport, type ImportResult } from '#import/apply/run-import';
import { parseMapping } from '#import/mapping/read-mapping';
import { defaultRejectsPath } from '#import/rejects';
import { Pledges } from '#pledge/pledges';
import { print, progressLine, withEngine } from '../with-engine.js';

interface Options {
  readonly mapping: string;
  readonly authority?: string;
  readonly rejects?: string;
  readonly unresolved?: string;
  readonly dryRun?: true;
  readonly json?: true;
}

const SHIPPED =
  'council-decision-register, uk-petitions, uk-petitions-csv, proposal-traces, uk-council-climate-pledges';

export const importCommand = (): Command =>
  new Command('import')
    .description('Bring in a file, or a folder of files, by a mapping')
    .argument('<path>', 'CSV, JSON or JSON Lines, also gzipped; or the folder that holds the files of the mapping')
    .requiredOption('--mapping <name>', `a shipped mapping (${SHIPPED}) or a file`)
    .option('--authority <code>', 'the council it belongs to, where the mapping names none')
    .option('--rejects <file>', 'where rows go that cannot be imported; default: beside the source')
    .option('--unresolved <file>', 'where links go whose target is not in the record, one JSON object a line')
    .option('--dry-run', 'read and check everything, record nothing')
    .option('--json', 'print the whole report as JSON')
    .action(async (path: string, options: Options) => {
      if (!existsSync(path)) throw new Error(`There is no file ${path}.`);
      const mappingText = readFileSync(mappingPath(options.mapping), 'utf8');
      const mapping = parseMapping(mappingText);
      const unresolved = options.unresolved === undefined ? undefined : openSync(options.unresolved, 'w', 0o600);
      const result = await withEngine(async (engine) => {
        // Links may lead to what another process recorded just now.
        await engine.caughtUp(await engine.store.head(), 60_000);
        return runImport(
          {
            recorder: engine.recorder,
            clock: engine.clock,
            dataDir: engine.settings.dataDir,
            key: engine.vault.database.master.derive('import-fields'),
            isAuthority: (code) => engine.rows.get('SELECT 1 FROM authority WHERE code = ?', code) !== undefined,
            holds: {
              isPart: (pledge, part) => new Pledges(engine.rows, engine.clock).hasPart(pledge, part),
              isPledge: (pledge) => new Pledges(engine.rows, engine.clock).codes().includes(pledge),
            },
            isRecorded: (id) =>
              engine.rows.get(
                'SELECT 1 FROM node WHERE id = ?1 UNION ALL SELECT 1 FROM commitment WHERE id = ?1',
                id,
              ) !== undefined,
          },
          {
            path,
            mapping,
            mappingText,
            rejectsPath: options.rejects ?? defaultRejectsPath(path),
            ...(options.authority && { authority: options.authority }),
            ...(options.dryRun && { dryRun: true }),
            onProgress: (progress) => {
              const show = progressLine();
              progress.subscribe(({ phase, rows, share, perSecond }) =>
                show(
                  `${phase === 'reading' ? 'Reading' : 'Recording'}: ${rows}, ${Math.round(share * 100)} %, ${perSecond} a second`,
                ),
              );
            },
            ...(unresolved !== undefined && {
              onUnresolved: (link) => void writeSync(unresolved, `${JSON.stringify(link)}\n`),
            }),
          },
        );
      });
      if (unresolved !== undefined) closeSync(unresolved);
      const peakMiB = Math.round(process.resourceUsage().maxRSS / 1024);
      const { rows } = result.report;
      const rejectedRows = result.report.files.reduce((sum, { rejected }) => sum + rejected, 0);
      const { concepts } = result;
      if (options.json) print(JSON.stringify({ rows, rejectedRows, ...result, concepts, peakMiB }));
      else for (const line of linesOf(result, options)) print(line);
      // Rows that did not go in are no success: a script that imports must notice.
      if (rejectedRows > 0 || (result.applied && result.applied.refused.length > 0)) process.exitCode = 2;
    });

/** A mapping that is shipped is found by its name, from wherever the tool runs. */
const mappingPath = (given: string): string => {
  if (existsSync(given)) return given;
  const shipped = new URL(`../../../../libs/import/mappings/${given}.json`, import.meta.url);
  if (/^[a-z0-9-]+$/.test(given) && existsSync(shipped)) return shipped.pathname;
  throw new Error(`There is no mapping ${given}. Give a file, or one of: ${SHIPPED}.`);
};

function* linesOf({ report, concepts, applied }: ImportResult, options: Options): Generator<string> {
  yield `${report.rows} rows from ${report.files.map(({ name }) => name).join(', ')}`;
  for (const [concept, its] of Object.entries(concepts))
    yield `  ${concept}: ${its.new} new, ${its.changed} changed, ${its.unchanged} unchanged, ${its.rejected} rejected${its.waiting > 0 ? `, ${its.waiting} waiting` : ''}${its.kept > 0 ? `, ${its.kept} changed and kept as recorded` : ''}`;
  if (report.repeats > 0) yield `  told again: ${report.repeats}`;
  const { unresolved, resolved } = report.links;
  yield `Links: ${resolved} found, ${unresolved} to things that are not in the record${options.unresolved ? ` (listed in ${options.unresolved})` : ''}`;
  if (report.missing.reason > 0)
    yield `Decisions without a reason in words: ${report.missing.reason}. Each is shown as a gap.`;
  if (report.missing.answer > 0)
    yield `Decisions that say neither yes nor no: ${report.missing.answer}. Nothing was added.`;
  for (const { file, row, code, message } of report.problems.first.slice(0, 20))
    yield `${file}, row ${row}: ${message} (${code})`;
  const rejected = report.files.reduce((sum, each) => sum + each.rejected, 0);
  if (rejected > 0)
    yield `${rejected} rows were not imported${options.dryRun ? '' : '. They are in the rejects file'}.`;
  if (!applied) {
    yield 'Nothing was recorded: this was a dry run.';
    return;
  }
  for (const { file, row, concept, message, code } of applied.refused.slice(0, 20))
    yield `${file}, row ${row}: ${concept} not recorded. ${message} (${code})`;
  if (applied.refused.length + applied.refusedMore > 0)
    yield `Not recorded: ${applied.refused.length + applied.refusedMore}. They are in the rejects file.`;
  if (applied.waiting > 0)
    yield `Waiting for what they point at: ${applied.waiting}. Import this again once that is in the record.`;
  if (applied.differing > 0)
    yield `Changed at the source, kept as recorded: ${applied.differing} (${Object.entries(applied.keptFields).map(([field, count]) => `${field} ${count}`).join(', ')})`; // prettier-ignore
  yield `Recorded ${applied.recorded}, changed ${applied.changed}, unchanged ${applied.unchanged}: ${applied.events} events.`;
}
