import { Command } from 'commander';
import { Trace, TraceHandler } from '#traceability/chain.queries';
import type { Chain } from '#traceability/chain.types';
import { spoken } from '#traceability/show';
import { isDay } from '#kernel/time';
import { chainJson } from '../../../server/src/api/chain.json.js';
import { print, withEngine } from '../with-engine.js';

export const traceCommand = (): Command =>
  new Command('trace')
    .description('Print the chain of a view, a decision or a change')
    .argument('<id>', 'the id, as pages and the API show it; for imported things also their reference in the source')
    .option('--as-of <day>', 'as the record stood at the end of that day, like 2026-11-23')
    .option('--json', 'print the chain as the API gives it')
    .action(async (given: string, options: { asOf?: string; json?: true }) => {
      if (options.asOf !== undefined && !isDay(options.asOf))
        throw new Error(`${options.asOf} is not a day like 2026-11-23.`);
      const chain = await withEngine(({ rows, vault, clock }) => {
        const byReference = ['contribution', 'decision', 'service_change']
          .map((table) => rows.get<{ id: string }>(`SELECT id FROM ${table} WHERE reference = ? LIMIT 1`, given)?.id)
          .find((id) => id !== undefined);
        const id = rows.get('SELECT 1 FROM node WHERE id = ?', given) ? given : (byReference ?? given);
        return new TraceHandler(rows, vault, clock).execute(new Trace(id, 'staff', options.asOf));
      });
      if (!chain) throw new Error(`There is nothing with the id ${given}${options.asOf ? ` on ${options.asOf}` : ''}.`);
      if (options.json) print(JSON.stringify(chainJson(chain)));
      else for (const line of linesOf(chain)) print(line);
    });

function* linesOf(chain: Chain): Generator<string> {
  for (const view of chain.contributions) yield `View, ${view.occurredAt.slice(0, 10)}: ${brief(spoken(view.words))}`;
  for (const { title, occurredAt } of chain.discussions)
    yield `Discussion, ${occurredAt.slice(0, 10)}: ${brief(title)}`;
  for (const each of chain.decisions) {
    yield `Decision, ${each.occurredAt.slice(0, 10)}, ${each.answer ?? 'answer not stated'}: ${brief(spoken(each.statement))}`;
    yield `  why: ${[...(each.reason?.codes ?? []), each.reason?.source ?? '', brief(spoken(each.reason?.words))].filter(Boolean).join(', ') || 'not recorded'}`;
  }
  for (const each of chain.serviceChanges)
    yield `Promise, ${each.state}, by ${each.due ?? 'not recorded'}: ${brief(spoken(each.what))}`;
  for (const { kind, from, to } of chain.links) yield `Link: ${from} ${kind} ${to}`;
  for (const { occurredAt, kind, by } of chain.steps) yield `${occurredAt.slice(0, 10)}  ${kind}  (${by})`;
  for (const { text } of chain.gaps) yield `Missing: ${text}`;
}

const LONG = 160;
const brief = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONG ? `${line.slice(0, LONG)}…` : line;
};
