import type { CommitmentRow } from '#commitments/commitments.queries';
import { londonDay } from '#kernel/time';
import { type Rag, ragOf } from '#lifecycle/rag';

/** What the log may be narrowed to; everything can stand in an address. */
export interface LogFilter {
  readonly authority?: string;
  readonly team?: string;
  readonly pledge?: string;
  readonly part?: string;
  readonly status?: string;
  readonly rag?: string;
  /** Only what is late, longest first. */
  readonly late?: boolean;
  /** In the name or the role of the owner. */
  readonly owner?: string;
  /** Late by this many days or more. */
  readonly lateBy?: number;
  /** The owner's role, to the letter: unlike a name it stands in the record in clear, and never changes. */
  readonly ownerRole?: string;
  /** Promised on this day or after it, as the meeting or the source dates it. */
  readonly from?: string;
  /** Promised on this day or before it. */
  readonly to?: string;
  /** Only these. */
  readonly ids?: readonly string[];
}

export interface LogRow extends CommitmentRow {
  readonly rag: Rag;
  /** Days since the date; null when it is not late. */
  readonly daysLate: number | null;
}

/** By what the log is counted, each a filter. */
export const FACETS = ['status', 'rag', 'late', 'authority', 'part', 'team', 'ownerRole'] as const;
export type Facet = (typeof FACETS)[number];
export type Counts = Readonly<Record<Facet, readonly { readonly value: string; readonly count: number }[]>>;

/** Opens a name, only where the log is narrowed to an owner. */
export type OpenName = (ref: string) => string;

/** Colour and lateness of every commitment on a day; nobody picks them. */
export const coloured = (rows: readonly CommitmentRow[], today: string): readonly LogRow[] =>
  rows.map((row) => {
    const rag = ragOf(row, today);
    return { ...row, rag, daysLate: rag.late && row.due !== null ? daysBetween(row.due, today) : null };
  });

const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

/**
 * Empty: the record does not say; such a row is counted nowhere under that facet. A promise that passed to a new council
 * is found under either name, and counted under both.
 */
const VALUES_OF: Readonly<Record<Facet, (row: LogRow) => readonly string[]>> = {
  status: ({ state }) => [state],
  rag: ({ rag }) => [rag.colour],
  late: ({ rag }) => [rag.late ? 'yes' : 'no'],
  authority: ({ holders }) => [...new Set(holders.split(' '))],
  part: ({ part }) => [part],
  team: ({ team }) => (team === null ? [] : [team]),
  ownerRole: ({ owner_role: role }) => (role === null ? [] : [role]),
};

/** The rows that a filter lets through; the facet `except` is left open, to count what could be chosen instead. */
export const matching = (
  rows: readonly LogRow[],
  filter: LogFilter,
  open: OpenName,
  except?: Facet,
): readonly LogRow[] => {
  const { pledge, lateBy, from, to } = filter;
  const ids = filter.ids && new Set(filter.ids);
  const owner = filter.owner?.trim().toLowerCase();
  const wanted: Readonly<Record<Facet, string | undefined>> = {
    status: filter.status,
    rag: filter.rag,
    late: filter.late === undefined ? undefined : filter.late ? 'yes' : 'no',
    authority: filter.authority,
    part: filter.part,
    team: filter.team,
    ownerRole: filter.ownerRole,
  };
  const asked = FACETS.filter((facet) => facet !== except && wanted[facet] !== undefined);
  return rows.filter(
    (row) =>
      asked.every((facet) => VALUES_OF[facet](row).includes(wanted[facet] ?? '')) &&
      (ids === undefined || ids.has(row.id)) &&
      (pledge === undefined || row.pledge === pledge) &&
      (lateBy === undefined || (row.daysLate !== null && row.daysLate >= lateBy)) &&
      (from === undefined || londonDay(row.promised_at) >= from) &&
      (to === undefined || londonDay(row.promised_at) <= to) &&
      (!owner || nameOf(row, open).toLowerCase().includes(owner)),
  );
};

const nameOf = ({ owner_name: name, owner_role: role }: LogRow, open: OpenName): string =>
  `${name === null ? '' : open(name)}\n${role ?? ''}`;

/** How many there are of each value, if that facet alone were chosen anew. */
export const countsOf = (rows: readonly LogRow[], filter: LogFilter, open: OpenName): Counts =>
  Object.fromEntries(
    FACETS.map((facet) => {
      const counts = new Map<string, number>();
      for (const row of matching(rows, filter, open, facet))
        for (const value of VALUES_OF[facet](row)) counts.set(value, (counts.get(value) ?? 0) + 1);
      const found = [...counts].map(([value, count]) => ({ value, count }));
      return [facet, found.sort((a, b) => (a.value < b.value ? -1 : 1))];
    }),
  ) as unknown as Counts;

/** The cursor of a row: what is late longest comes first in the queue of late ones, what is newest in every other list. */
export const cursorOf = (row: LogRow, filter: LogFilter): string =>
  filter.late ? `${row.due ?? ''}:${row.position}` : row.position;

/** In the order of the list. */
export const listed = (rows: readonly LogRow[], filter: LogFilter, open: OpenName): readonly LogRow[] => {
  const direction = filter.late ? 1 : -1;
  return [...matching(rows, filter, open)].sort(
    (a, b) => direction * (cursorOf(a, filter) < cursorOf(b, filter) ? -1 : 1),
  );
};
