import type { OverdueRow } from '#clocks/overdue.queries';
import { exactDate } from '../../shell/dates.js';
import { roleName, say } from '../../wording/wording.js';
import { workingDays } from './reply-clock.view.js';

export interface Named {
  council(code: string): string;
  /** A sealed reference as text. */
  words(ref: string): string;
  /** Whether the reader works with what belongs to this council. */
  isOurs(authority: string): boolean;
}

export const KIND_WORDS = {
  view: 'An answer to a view',
  'service-change': 'A promise',
  commitment: 'A promise under the pledge',
} as const;

const addressOf = ({ kind, id, shown, authority }: OverdueRow, named: Named): string | undefined => {
  if (kind === 'service-change') return `/service-changes/${id}`;
  if (kind === 'commitment') return `/commitments/${id}`;
  return shown === 1 ? `/views/${id}` : named.isOurs(authority) ? `/views/${id}/team` : undefined;
};

/** How far the ladder went. That nobody was reminded and that history is not reminded of are two things. */
const remindedWords = ({ rung, ladder, to_role: role }: OverdueRow): string => {
  if (ladder === 0) return 'Imported after its day had passed. No reminders are sent.';
  const to = roleName(role).toLowerCase();
  if (rung === 0) return 'No reminder was sent yet.';
  return rung > 3
    ? `No answer to 3 reminders. We asked the ${to} why.`
    : `No answer to reminder ${rung}, sent to the ${to}.`;
};

/** One late thing as a card: how late first, then what, whose it is, and how far the reminders went. */
export const overdueItem = (row: OverdueRow, named: Named) => ({
  icon: 'clock',
  kind: KIND_WORDS[row.kind],
  title:
    row.kind === 'view' && row.shown !== 1
      ? 'A view that is not shown'
      : row.words === null
        ? 'A picture or a recording'
        : named.words(row.words),
  href: addressOf(row, named),
  tag: say('stepState.late'),
  tone: 'bad',
  meta: [
    `Due ${exactDate(row.due, row.due_precision)}. ${row.workingDaysLate === 0 ? 'Late since the weekend' : `Late by ${workingDays(row.workingDaysLate)}`}.`,
    named.council(row.authority),
    remindedWords(row),
  ],
});
