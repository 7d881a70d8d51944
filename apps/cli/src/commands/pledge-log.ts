import { Command } from 'commander';
import { isDay, londonDay } from '#kernel/time';
import type { Engine } from '#engine/engine';
import type { LogFilter, LogRow } from '#pledge-log/pledge-log';
import { ListPledgeLog, ListPledgeLogHandler } from '#pledge-log/pledge-log.queries';
import { readable } from '#vault/readable';
import { logItem } from '../../../server/src/api/pledge-log.json.js';
import { print, tell, withEngine } from '../with-engine.js';

interface Options {
  readonly authority?: string;
  readonly part?: string;
  readonly late?: true;
  readonly asOf?: string;
  readonly json?: true;
}

const CATCH_UP_MS = 600_000;
const EVERYTHING = Number.MAX_SAFE_INTEGER - 1;

export const pledgeLogCommand = (): Command =>
  new Command('pledge-log')
    .description('What councils promised under the pledge, and what came of it')
    .option('--authority <code>', 'one council, like essex; left out: all of them')
    .option('--part <code>', 'one part or step of the pledge, like P1a')
    .option('--late', 'only what is late, longest first')
    .option('--as-of <day>', 'as the record stood at the end of that day, like 2026-11-23')
    .option('--json', 'print one JSON object a line: { number, authority, part, what, owner, due, state, rag … }')
    .action(async ({ authority, part, late, asOf, json }: Options) => {
      if (asOf !== undefined && !isDay(asOf)) throw new Error(`${asOf} is not a day like 2026-11-23.`);
      await withEngine(async (engine) => {
        await engine.caughtUp(await engine.store.head(), CATCH_UP_MS);
        const filter = { ...(authority && { authority }), ...(part && { part }), ...(late && { late }) };
        const lines = await pledgeLogLines(engine, filter, { json: json ?? false, ...(asOf && { asOf }) });
        for (const line of lines) print(line);
        if (lines.length === 0 && !json) tell('Nothing is promised here.');
      });
    });

/** What the command prints. @throws Error when there is no such council */
export const pledgeLogLines = async (
  { rows, vault, clock }: Engine,
  filter: LogFilter,
  { asOf, json }: { readonly asOf?: string; readonly json: boolean },
): Promise<string[]> => {
  const { authority } = filter;
  const known = rows.all<{ code: string }>('SELECT code FROM authority ORDER BY code').map(({ code }) => code);
  if (authority && !known.includes(authority))
    throw new Error(`There is no council ${authority}. Choose one of: ${known.join(', ')}.`);
  const asked = new ListPledgeLog(filter, { limit: EVERYTHING, ...(asOf && { asOf }) });
  const { items } = await new ListPledgeLogHandler(rows, vault, clock).execute(asked);
  const open = readable(vault);
  return items.map((row) => (json ? JSON.stringify(logItem(row, open)) : lineOf(row, open(row.what))));
};

const lineOf = ({ number, authority, part, due, state, rag, updated_at: updated }: LogRow, what: string | null): string =>
  [number, authority, part, due ?? 'no date', rag.late ? 'late' : state, londonDay(updated), brief(what), rag.why].join('\t'); // prettier-ignore

const brief = (text: string | null): string => (text ?? 'not readable').replace(/\s+/g, ' ').trim().slice(0, 120);
