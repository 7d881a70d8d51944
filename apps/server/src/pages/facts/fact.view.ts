import { whyNot } from '#facts/fact';
import type { FactKind, FactStep, Happened } from '#facts/fact-kind';
import type { FactEventRow, FactWithEntries } from '#facts/facts.queries';
import { exactDate, longDate, longMoment } from '../../shell/dates.js';
import type { Line } from './fact-words.js';

/** One entry, as the page of a fact tells it. */
export interface EntryView {
  readonly title: string;
  readonly on: string;
  readonly written: string;
  readonly lines: readonly Line[];
  readonly open: readonly string[];
  readonly hidden: boolean;
  readonly takenBack?: { readonly says: string; readonly why: string };
  readonly mend: string | null;
  readonly takeBack: string | null;
  readonly seal: string | null;
}

interface Shown {
  readonly said: { readonly lines: readonly Line[]; readonly open: readonly string[]; readonly hidden: boolean };
  readonly why: string | undefined;
  readonly mayMend: boolean;
  readonly seals: boolean;
}

const roleWords = (role: string): string => role.replaceAll('-', ' ');

export const entryView = (kind: FactKind, step: FactStep, row: FactEventRow, { said, why, mayMend, seals }: Shown): EntryView => {
  const at = `/record/${kind.code}/${row.fact}/entries/${row.id}`;
  const stands = row.taken_back_at === null;
  return {
    title: step.happened,
    on: exactDate(row.happened_on, row.precision),
    written: `Written down on ${longMoment(row.recorded_at)} by: ${roleWords(row.role)}`,
    ...said,
    ...(!stands && {
      takenBack: { says: `It no longer counts. Taken back on ${longDate(row.taken_back_at)} by: ${roleWords(row.taken_back_by ?? '')}.`, why: why ?? '' },
    }),
    mend: mayMend && stands && Object.keys(step.fields).length > 0 ? `${at}/mend` : null,
    takeBack: mayMend && stands ? `${at}/take-back` : null,
    seal: seals ? `/log/proof/${row.id}` : null,
  };
}; // prettier-ignore

/** What may be recorded next: rules that look only at what is there already say no beforehand. */
export const nextSteps = (kind: FactKind, { id, entries, stands }: FactWithEntries) => {
  if (stands === 0) return [];
  const history = entries
    .filter(({ taken_back_at }) => taken_back_at === null)
    .map((row): Happened => ({ type: row.type, data: {}, on: row.happened_on, id: row.id }));
  return kind.steps
    .filter((step) => whyNot(kind, step, { history }) === undefined)
    .map(({ code, title, byOther }) => ({
      text: title,
      href: `/record/${kind.code}/${id}/${code}`,
      note: byOther ? 'Someone else must do this: not the one who recorded the proof.' : undefined,
    }));
};
