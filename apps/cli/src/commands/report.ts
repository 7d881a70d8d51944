import { Command } from 'commander';
import type { Engine } from '#engine/engine';
import { ShowEvidenceHandler } from '#evidence/evidence.queries';
import { monthsOf, PeopleSay } from '#evidence/people-say';
import { Pledges } from '#pledge/pledges';
import { ReportBook } from '#reports/report-book';
import { ClosedHalves } from '#statements/closed-halves';
import { halfOf } from '#statements/statement';
import { StatementResultsHandler } from '#statements/statements.queries';
import { readConfig } from '../../../server/src/config.js';
import { print, tell, withEngine } from '../with-engine.js';

interface Options {
  readonly authority?: string;
  readonly team?: string;
  readonly period?: string;
  readonly json?: true;
}

const CATCH_UP_MS = 600_000;
const HALF = /^\d{4}-H[12]$/;

export const reportCommand = (): Command =>
  new Command('report')
    .description('How the pledge is kept: what people say and what the record shows, line by line, the biggest gaps first')
    .option('--authority <code>', 'one council, like essex; left out: all of them')
    .option('--team <id>', 'one team of that council')
    .option('--period <half>', 'a half year like 2026-H1; left out: the last one that is over')
    .option('--json', 'print one JSON object a line: { row, text, people, record, notRecorded, gaps }')
    .action(async ({ authority, team, period, json }: Options) => {
      if (period !== undefined && !HALF.test(period)) throw new Error(`${period} is not a half year like 2026-H1.`);
      if (team !== undefined && authority === undefined) throw new Error('Name the council of the team: --authority.');
      await withEngine(async (engine) => {
        await engine.caughtUp(await engine.store.head(), CATCH_UP_MS);
        mustBeThere(engine, authority, team);
        const { book, halves } = bookOf(engine);
        const half = period ?? halves.last();
        if (half > halfOf(engine.clock.now().today)) throw new Error(`${half} has not begun. There is nothing to report.`);
        const [from, to] = monthsOf(half);
        const { rows } = await book.of({ ...(authority && { authority }), ...(team && { team }), from, to });
        if (!json) tell(`${authority ?? 'All councils together'}, ${half}. The biggest gaps first.`);
        for (const row of rows) {
          if (json) print(JSON.stringify(row));
          else print([row.row, row.gaps[0]?.says ?? 'No gap that can be counted.', ...row.people.map(({ statement, says, state }) => `${statement}: ${says[0] ?? state}`), ...row.record.map(({ says }) => says)].join('\t'));
        }
      });
    }); // prettier-ignore

const mustBeThere = ({ rows }: Engine, authority?: string, team?: string): void => {
  const known = rows.all<{ code: string }>('SELECT code FROM authority ORDER BY code').map(({ code }) => code);
  if (authority !== undefined && !known.includes(authority))
    throw new Error(`There is no council ${authority}. Choose one of: ${known.join(', ')}.`);
  if (team !== undefined && !rows.get('SELECT 1 FROM team WHERE id = ? AND authority = ?', team, authority))
    throw new Error(`${authority ?? ''} has no team ${team}.`);
};

/** The same book as the pages read from, with the same rule for small numbers. */
const bookOf = ({ rows, vault, clock }: Engine) => {
  const pledges = new Pledges(rows, clock);
  const halves = new ClosedHalves(rows, vault, pledges, readConfig(process.env).suppressUpTo, clock);
  const statements = new StatementResultsHandler(rows, pledges, halves, clock);
  return { halves, book: new ReportBook(pledges, new ShowEvidenceHandler(rows), new PeopleSay(statements, clock)) };
};
