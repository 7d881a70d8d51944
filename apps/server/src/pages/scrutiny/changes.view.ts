import type { Recorded } from '#kernel/event';
import { type Personal, sealedRef } from '#kernel/personal';
import type { CommitmentEvent } from '#lifecycle/lifecycle.events';
import type { LogRow } from '#pledge-log/pledge-log';
import type { Changed, Period } from '#scrutiny/changes.queries';
import type { RecommendationRow } from '#scrutiny/recommendations.queries';
import { exactDate, longDate } from '../../shell/dates.js';
import { roleName, say, type WordingKey } from '../../wording/wording.js';
import { answerTag } from '../decisions/decision.view.js';
import { daysWords, dueDate } from '../pledge-log/pledge-log.view.js';
import { findingView, placeOf } from './audit.view.js';
import { brief, NOT_RECORDED, ownerOf, type ScrutinyNames } from './promises.view.js';

/** One thing that changed, in the same columns for every kind of it: what a page, a spreadsheet and a program read alike. */
export interface ChangeLine {
  readonly reference: string;
  readonly href: string;
  readonly council: string;
  readonly what: string;
  /** As exactly as it is known. */
  readonly on: string;
  readonly change: string;
  readonly old?: string;
  readonly new?: string;
  readonly reason?: string;
  readonly agreedBy?: string;
}

export interface ChangeSection {
  readonly code: string;
  readonly title: string;
  readonly lines: readonly ChangeLine[];
}

type Of<T extends CommitmentEvent['type']> = Recorded<Extract<CommitmentEvent, { type: T }>>;

/** Everything that a committee reads, section by section, in the order in which it asks. */
export const changeSections = (changed: Changed, { until }: Period, names: ScrutinyNames): readonly ChangeSection[] => {
  const words = (value: Personal | undefined): string => (value ? names.words(sealedRef(value)) : NOT_RECORDED);
  const about = (row: LogRow) => ({ reference: row.number, href: `/commitments/${row.id}`, council: names.council(row.authority), what: brief(names.words(row.what)) }); // prettier-ignore
  const of = <T extends CommitmentEvent['type']>(type: T, tell: (event: Of<T>) => Omit<ChangeLine, 'reference' | 'href' | 'council' | 'what' | 'on'>) =>
    changed.events.flatMap((event): ChangeLine[] => {
      const row = event.type === type ? changed.promises.get(event.stream.slice('commitment-'.length)) : undefined;
      return row ? [{ ...about(row), on: exactDate(event.occurredAt, event.about.precision), ...tell(event as unknown as Of<T>) }] : [];
    }); // prettier-ignore
  const by = (role: string): string => roleName(role).toLowerCase();
  const asked = (row: Pick<RecommendationRow, 'reference' | 'authority' | 'what'>, id: string) => ({ reference: row.reference ?? 'Recommendation', href: `/scrutiny/recommendations/${id}`, council: names.council(row.authority), what: brief(names.words(row.what)) }); // prettier-ignore
  const section = (code: string, title: string, lines: readonly ChangeLine[]): ChangeSection => ({ code, title, lines });
  return [
    section('new', 'New promises', of('CommitmentMade', ({ data, stream }) => {
      const row = changed.promises.get(stream.slice('commitment-'.length));
      return { change: `${row ? ownerOf(row, names) : NOT_RECORDED}, by ${data.due ? dueDate(data.due, data.duePrecision) : 'a date that is not recorded'}` };
    })),
    section('moved', 'Dates that moved', of('DueDateChanged', ({ data }) => ({
      change: data.afterDue ? 'Moved after it had passed' : 'Moved before it had passed',
      old: data.old ? longDate(data.old) : NOT_RECORDED,
      new: dueDate(data.new, data.precision),
      reason: words(data.reason),
      agreedBy: words(data.agreedBy),
    }))),
    section('late', 'Newly late', changed.newlyLate.map((row) => ({
      ...about(row),
      on: row.due === null ? NOT_RECORDED : dueDate(row.due, row.due_precision),
      change: `Late by ${daysWords(row.daysLate ?? 0)}. ${ownerOf(row, names)}`,
    }))),
    section('silent', 'Reminders without an answer', [
      ...of('ReminderSent', ({ data }) => ({ change: `Reminder ${data.step}` })).filter(({ change }) => change === 'Reminder 3'),
      ...of('ReasonsAskedFor', () => ({ change: 'The reasons were asked for' })),
      ...of('ReasonsGiven', ({ data }) => ({ change: 'The reasons were given', reason: words(data.words) })),
    ]),
    section('reported', 'Reported done', of('ReportedDone', ({ data }) => ({ change: `The ${by(data.byRole)} says: ${words(data.words)}` }))),
    section('confirmed', 'Confirmed by someone other than the owner', of('DoneConfirmed', ({ data }) => ({ change: `The ${by(data.byRole)} says: ${words(data.words)}` }))),
    section('disputed', 'Disputed', of('DoneDisputed', ({ data }) => ({ change: `The ${by(data.byRole)} says: ${words(data.words)}` }))),
    section('stopped', 'Paused, dropped or opened again', [
      ...of('Paused', ({ data }) => ({ change: 'Paused', reason: words(data.reason) })),
      ...of('Dropped', ({ data }) => ({ change: 'Dropped', reason: words(data.reason) })),
      ...of('Reopened', ({ data }) => ({ change: 'Opened again', reason: words(data.reason) })),
    ]),
    section('findings', 'Findings of scrutiny', changed.findings.map((row) => {
      const { found, reason } = findingView(row, names, { kind: 'anyone' });
      const promise = changed.promises.get(row.thing);
      return { ...(promise ? about(promise) : { reference: NOT_RECORDED, council: names.council(row.authority), what: 'What was looked at' }), href: placeOf(row.about, row.thing), on: longDate(row.published_at), change: found, reason };
    })),
    section('recommended', 'New recommendations', changed.recommended.map((row) => ({ ...asked(row, row.id), on: exactDate(row.made_at, row.precision), change: `To: ${row.to_body === null ? NOT_RECORDED : names.words(row.to_body)}. Response wanted by ${row.due === null ? NOT_RECORDED.toLowerCase() : longDate(row.due)}` }))),
    section('due', 'Responses that were due', changed.due.map((row) => ({ ...asked(row, row.id), on: longDate(row.due), change: row.answered_at === null ? (row.due !== null && row.due < until ? 'No response. Overdue' : 'Due on the last day') : `Answered on ${longDate(row.answered_at)}` }))),
    section('responses', 'Responses', changed.responses.map((row) => ({ ...asked(row, row.recommendation), on: longDate(row.responded_at), change: row.answer === null ? NOT_RECORDED : say(`response.${row.answer}` as WordingKey, 'formal'), reason: row.words === null ? NOT_RECORDED : names.words(row.words) }))),
    section('without-people', 'Decisions without a view of people behind them', changed.withoutPeople.map((row) => ({ reference: 'Decision', href: `/decisions/${row.id}`, council: names.council(row.authority), what: brief(names.words(row.statement)), on: exactDate(row.occurred_at, row.precision), change: `${answerTag(row.answer)}. ${row.team === null ? 'No team is named' : 'A team decided'}` }))),
  ];
}; // prettier-ignore

/** What changed, in one cell. */
export const lineWords = ({ change, old, new: to, reason, agreedBy }: ChangeLine): string =>
  [change, old && to && `From ${old} to ${to}`, reason && `Why: ${reason}`, agreedBy && `Agreed by: ${agreedBy}`]
    .filter((each): each is string => Boolean(each))
    .map((each) => (/[.!?]$/.test(each) ? each : `${each}.`))
    .join(' ');
