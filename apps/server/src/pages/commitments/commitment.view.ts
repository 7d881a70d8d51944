import type { LadderAhead } from '#clocks/ladder.queries';
import type { Recorded } from '#kernel/event';
import { sealedRef } from '#kernel/personal';
import { londonDay } from '#kernel/time';
import { REASONS_ASKED } from '#lifecycle/ladder';
import type { LogRow } from '#pledge-log/pledge-log';
import type { Entry, Story } from '#pledge-log/story';
import { exactDate, longDate } from '../../shell/dates.js';
import { roleName } from '../../wording/wording.js';
import { type LadderStepTaken, ladderView } from '../clocks/ladder.view.js';
import { passedRow } from '../councils/passed-on.js';
import { eventWords } from '../decisions/decision.view.js';
import { formalState } from '../pledge-log/pledge-log.view.js';
import type { EntrySeal } from '../seal/seal.js';
import { type Behind, behindLines } from './behind.js';
import { chainRows } from './chain-rows.js';
import { movedFromTo, NOT_RECORDED, twelveQuestions } from './twelve-questions.js';

interface Around {
  /** The day that the page shows: today, or the day that was asked for. */
  readonly day: string;
  readonly ladder: LadderAhead | undefined;
  readonly seals: ReadonlyMap<string, EntrySeal>;
  readonly council: (code: string) => string;
  /** The words of the part of the pledge. */
  readonly part: string | undefined;
  readonly behind: Behind;
  readonly open: (ref: string | null) => string;
}

const TONE: Readonly<Record<string, string>> = { red: 'bad', amber: 'waiting', green: 'good', grey: 'quiet' };

/** A commitment as an auditor reads it: the verdict first, then the twelve questions, then every entry. */
export const commitmentView = (row: LogRow, story: Story, around: Around) => {
  const { council, part, behind, open, day, seals } = around;
  return {
    id: row.id,
    number: row.number,
    what: open(row.what),
    council: council(row.authority),
    passed: passedRow(row, council),
    part: row.part,
    partHref: `/pledge?pledge=${row.pledge}#${row.part}`,
    tone: TONE[row.rag.colour],
    verdict: verdictOf(row, story),
    why: row.rag.why,
    questions: twelveQuestions(row, story, part, behindLines(behind), open).map(({ question, short, answers, entries }) => ({
      question,
      short,
      answers: answers.length > 0 ? answers : [NOT_RECORDED],
      entries: entries.map((n) => ({ n, href: `#entry-${n}` })),
    })),
    chain: chainRows(row, story, behind, open, day),
    ladder: ladderView(story.ladder.map((each) => rungOf(each, open)), day, around.ladder),
    entries: story.entries.map((entry, n) => entryCells(entry, seals.get(entry.id), open, wordsBefore(story, n))),
  };
}; // prettier-ignore

const rungOf = ({ occurredAt: at, ...event }: Story['ladder'][number], open: (ref: string | null) => string): LadderStepTaken => {
  if (event.type === 'ReasonsGiven')
    return { type: event.type, step: REASONS_ASKED, due: event.data.due, toRole: null, at, words: open(sealedRef(event.data.words)) };
  const step = event.type === 'ReminderSent' ? event.data.step : REASONS_ASKED;
  return { type: event.type, step, due: event.data.due ?? null, toRole: event.data.toRole ?? null, at, words: '' };
}; // prettier-ignore

/** What it comes to, in one line: the council's claim, and whether anyone else confirmed it. */
const verdictOf = (row: LogRow, story: Story): { readonly claim: string; readonly confirmed: string } => {
  const at = (steps: readonly Pick<Recorded, 'occurredAt' | 'about'>[]): string => {
    const last = steps.at(-1);
    return last ? ` ${exactDate(last.occurredAt, last.about.precision)}` : '';
  };
  // A source may tell that something was checked, and not that anyone said it was done.
  const claim = story.claims.length > 0 ? `Reported complete${at(story.claims)}.` : 'Reported complete: not recorded.';
  switch (row.state) {
    case 'reported-done':
      return { claim, confirmed: 'Not confirmed.' };
    case 'confirmed':
      return { claim, confirmed: `Confirmed${at(story.checks)}.` };
    case 'disputed':
      return { claim, confirmed: `Disputed${at(story.checks)}.` };
    case 'paused':
    case 'dropped':
      return { claim: `${formalState(row.state)}${at(story.stops)}.`, confirmed: 'Not reported complete.' };
    case 'promised':
    case 'under-way':
    case 'transferred':
      return { claim: `${formalState(row.rag.late ? 'late' : row.state)}.`, confirmed: 'Not reported complete.' };
  }
};

/** Told anew by its source, an entry shows both: what the promise said before, and what it says now. */
const wordsBefore = ({ entries }: Story, at: number): string | null => {
  if (entries[at]?.type !== 'PromiseReworded') return null;
  const before = entries.slice(0, at).filter(({ type }) => type === 'CommitmentMade' || type === 'PromiseReworded');
  return before.at(-1)?.words ?? null;
};

const entryCells = (
  entry: Entry,
  seal: EntrySeal | undefined,
  open: (ref: string | null) => string,
  before: string | null,
) => ({
  n: entry.n,
  happened: exactDate(entry.occurredAt, entry.precision),
  written: `${longDate(londonDay(entry.recordedAt))}${entry.imported ? ', by an import' : ''}`,
  who: roleName(entry.byRole),
  what: whatHappened(entry),
  words:
    entry.words === null
      ? ''
      : before === null
        ? open(entry.words)
        : `It was “${open(before)}”. It is “${open(entry.words)}”.`,
  seal: seal?.short ?? NOT_RECORDED,
  full: seal?.href ?? null,
  other:
    entry.takesBack !== null
      ? { n: entry.takesBack, text: `Takes back entry ${entry.takesBack}` }
      : entry.takenBackBy !== null
        ? { n: entry.takenBackBy, text: `Taken back by entry ${entry.takenBackBy}` }
        : null,
});

/** An entry in words, with what stands in it in clear. */
const whatHappened = ({ type, facts: { new: to, hash, step, ...moved } }: Entry): string => {
  if (to !== undefined) return `The date moved ${movedFromTo({ ...moved, new: to })}`;
  if (hash !== undefined) return `Proof was added (fingerprint ${hash})`;
  return step === undefined ? eventWords(type) : `Reminder ${step} was sent`;
};
