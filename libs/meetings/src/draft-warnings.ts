import type { Draft } from './draft.js';
import { type RosterPerson, whoSaid } from './roster.js';

/** An item of the draft, so that what is said of it can be shown where it can be mended. */
export interface DraftPlace {
  readonly as: 'views' | 'decisions' | 'promises';
  readonly at: number;
}

/** Worth a look before recording. Never stops anyone. */
export interface DraftWarning {
  readonly code:
    | 'view-unanswered'
    | 'no-family-member'
    | 'promise-over-6-months'
    | 'unsorted'
    | 'detail-unread'
    | 'speaker-unknown'
    | 'capacity-unknown'
    | 'effect-assumed'
    | 'access-open';
  readonly message: string;
  /** None: about the meeting, or about a line that is no item. */
  readonly place?: DraftPlace;
}

const FAR_MONTHS = 6;

export const warningsOf = (
  draft: Draft,
  { roster, today }: { readonly roster: readonly RosterPerson[]; readonly today: string },
): DraftWarning[] => {
  const { people, others, access } = draft.attendance;
  const answered = new Set(
    draft.decisions.filter(({ answer }) => answer !== 'undecided').flatMap(({ views }) => views),
  );
  const families = [...people.map(({ capacity }) => ({ capacity, count: 1 })), ...others].filter(
    ({ capacity, count }) => capacity === 'family-carer' && count > 0,
  );
  const far = monthsAfter(today, FAR_MONTHS);
  const given = draft.views.filter(({ existing }) => existing === undefined);
  const warn = (code: DraftWarning['code'], message: string, place?: DraftPlace): DraftWarning => ({
    code,
    message,
    ...(place && { place }),
  });
  const ofView = (view: Draft['views'][number]) => ({ as: 'views', at: draft.views.indexOf(view) }) as const;
  return [
    ...draft.views
      .filter(({ number }) => !answered.has(number))
      .map(({ number }) => warn('view-unanswered', `View ${number} has no answer.`)),
    ...(families.length === 0 ? [warn('no-family-member', 'No family member or carer was there.')] : []),
    ...draft.promises.flatMap(({ due }, at) =>
      due !== undefined && due > far
        ? [
            warn('promise-over-6-months', `Promise ${at + 1} will take more than ${FAR_MONTHS} months.`, {
              as: 'promises',
              at,
            }),
          ]
        : [],
    ),
    ...(draft.unsorted.length > 0
      ? [
          warn(
            'unsorted',
            `Not sorted yet: ${draft.unsorted.length}. These lines will not be recorded. They will be deleted.`,
          ),
        ]
      : []),
    ...[...draft.decisions, ...draft.promises].flatMap(({ unread }) =>
      unread.map((typed) => warn('detail-unread', `We could not read '${typed}'. It will not be recorded.`)),
    ),
    ...given.flatMap((view) =>
      view.who && !view.participant && !whoSaid(view, roster)
        ? [
            warn(
              'speaker-unknown',
              `View ${view.number}: we do not know who '${view.who}' is. It will be recorded without a person.`,
              ofView(view),
            ),
          ]
        : [],
    ),
    ...given.flatMap((view) =>
      view.capacity || whoSaid(view, roster)
        ? []
        : [
            warn(
              'capacity-unknown',
              `View ${view.number}: say if they use services, are family, or staff. If not, it will say 'other'.`,
              ofView(view),
            ),
          ],
    ),
    ...draft.decisions.flatMap(({ answer, views, effects }, at) =>
      answer !== 'undecided' && views.some((view) => !effects.some((each) => each.view === view))
        ? [warn('effect-assumed', `Check what difference view ${views.join(', ')} made.`, { as: 'decisions', at })]
        : [],
    ),
    ...access.flatMap(({ need, met }) =>
      met === undefined ? [warn('access-open', `Say if this was there: ${need}.`)] : [],
    ),
  ];
};

/** The same day some months on; the last day of that month where it has no such day. */
const monthsAfter = (date: string, months: number): string => {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  return new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(day, last.getUTCDate())))
    .toISOString()
    .slice(0, 10);
};
