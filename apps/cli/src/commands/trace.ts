import { Command } from 'commander';
import type { Chain } from '#traceability/chain.types';
import { spoken } from '#traceability/show';
import { isDay, londonDay } from '#kernel/time';
import { chainJson } from '../../../server/src/api/chain.json.js';
import { chainOfAnything } from '../chain-of-anything.js';
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
      const chain = await withEngine((engine) => chainOfAnything(engine, given, options.asOf));
      if (!chain) throw new Error(`There is nothing with the id ${given}${options.asOf ? ` on ${options.asOf}` : ''}.`);
      if (options.json) print(JSON.stringify(chainJson(chain)));
      else for (const line of linesOf(chain)) print(line);
    });

/** A day as exactly as it is known. */
const dated = (occurredAt: string, precision: string | null): string =>
  londonDay(occurredAt).slice(0, precision === 'year' ? 4 : precision === 'month' ? 7 : 10);

function* linesOf(chain: Chain): Generator<string> {
  for (const { id, occurredAt, precision, words } of chain.contributions)
    yield `View ${id}, ${dated(occurredAt, precision)}: ${brief(spoken(words))}`;
  for (const { id, title, occurredAt } of chain.discussions)
    yield `Discussion ${id}, ${dated(occurredAt, null)}: ${brief(title)}`;
  for (const each of chain.decisions) {
    yield `Decision ${each.id}, ${dated(each.occurredAt, each.precision)}, ${each.answer ?? 'answer not stated'}: ${brief(spoken(each.statement))}`;
    yield `  why: ${[...(each.reason?.codes ?? []), each.reason?.source ?? '', brief(spoken(each.reason?.words))].filter(Boolean).join(', ') || 'not recorded'}`;
    if (each.sourceStatus) yield `  the source calls it: ${brief(spoken(each.sourceStatus))}`;
  }
  for (const each of chain.serviceChanges) {
    yield `Promise ${each.id}, ${each.state}, by ${each.due ?? 'not recorded'}: ${brief(spoken(each.what))}`;
    yield `  who: ${[brief(spoken(each.owner?.name)), each.ownerRole ?? ''].filter(Boolean).join(', ') || 'not recorded'}`;
    if (each.sourceStatus) yield `  the source calls it: ${brief(spoken(each.sourceStatus))}`;
  }
  for (const { kind, from, to } of chain.links) yield `Link: ${from} ${kind} ${to}`;
  for (const { occurredAt, precision, kind, by } of chain.steps)
    yield `${dated(occurredAt, precision)}  ${kind}  (${by})`;
  for (const { text } of chain.gaps) yield `Missing: ${text}`;
  if (chain.more) yield 'More is linked than can be shown here.';
}

const LONG = 160;
const brief = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONG ? `${line.slice(0, LONG)}…` : line;
};
