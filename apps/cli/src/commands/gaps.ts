import { Command } from 'commander';
import { CountGaps, CountGapsHandler, MeasureCompleteness, MeasureCompletenessHandler } from '#gaps/gaps.queries';
import { say } from '../../../server/src/wording/wording.js';
import { print, tell, withEngine } from '../with-engine.js';

interface Options {
  readonly authority?: string;
  readonly json?: true;
}

/** A fresh or replaced read model is built before anything is counted. */
const CATCH_UP_MS = 600_000;

export const gapsCommand = (): Command =>
  new Command('gaps')
    .description('What is missing from the record, and how whole it is')
    .option('--authority <code>', 'one council, like essex; left out: all of them')
    .option('--json', 'print one JSON object a line: { gap, count }, then { measure, have, of, notRecorded }')
    .action(async ({ authority, json }: Options) =>
      withEngine(async (engine) => {
        const { rows, clock } = engine;
        await engine.caughtUp(await engine.store.head(), CATCH_UP_MS);
        const known = rows.all<{ code: string }>('SELECT code FROM authority ORDER BY code').map(({ code }) => code);
        if (authority && !known.includes(authority))
          throw new Error(`There is no council ${authority}. Choose one of: ${known.join(', ')}.`);
        const filter = authority ? { authority } : {};
        const counts = await new CountGapsHandler(rows, clock).execute(new CountGaps(filter));
        const measured = await new MeasureCompletenessHandler(rows).execute(new MeasureCompleteness(filter));
        if (json) {
          for (const { kind, count } of counts) print(JSON.stringify({ gap: kind, count }));
          for (const each of measured) print(JSON.stringify(each));
          return;
        }
        for (const { kind, count } of counts) if (count > 0) print(`${count}\t${say(`gap.${kind}`, 'formal')}`);
        if (counts.every(({ count }) => count === 0)) tell('Nothing is missing.');
        for (const { measure, have, of, notRecorded } of measured)
          print(`${shareOf(have, of, notRecorded)}\t${say(`completeness.${measure}`, 'formal')}`);
      }),
    );

/** Nothing to count, none, and not told by the source are three different things. */
const shareOf = (have: number | null, of: number | null, notRecorded: number): string => {
  if (of === null) return 'nothing to count yet';
  const unknown = `not recorded for ${notRecorded}`;
  if (have === null) return unknown;
  return notRecorded > 0 ? `${have} of ${of}, ${unknown}` : `${have} of ${of}`;
};
