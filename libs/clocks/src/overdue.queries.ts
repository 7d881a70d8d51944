import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Clock } from '#kernel/aggregate';
import { workingDaysBetween } from '#kernel/working-days';
import { type Page, pageOf } from '#projections/page';
import { Rows } from '#projections/rows';
import { CLOCK } from '#projections/tokens';
import { CLOCK_KINDS, type ClockKind } from './clock-book.js';

export interface OverdueFilter {
  readonly authority?: string;
  readonly team?: string;
  readonly kind?: string;
}

export interface OverdueRow {
  readonly id: string;
  readonly kind: ClockKind;
  readonly authority: string;
  readonly team: string | null;
  /** The day that went by. */
  readonly due: string;
  readonly due_precision: 'month' | 'year' | null;
  /** A sealed reference; null: a picture or a recording. */
  readonly words: string | null;
  /** False: the person does not want it shown. Then neither id nor words are for everyone. */
  readonly shown: number;
  readonly to_role: string;
  /** How far the ladder went for this day: 0 nothing yet, 1 to 3 reminders, 4 the reasons were asked for. */
  readonly rung: number;
  /** 0: imported after its day had passed. Nobody is reminded of it. */
  readonly ladder: number;
  readonly workingDaysLate: number;
}

/** What is late now, whatever it is: the oldest day first. */
export class ListOverdue extends Query<Page<OverdueRow>> {
  constructor(readonly filter: OverdueFilter & { readonly after?: string; readonly limit?: number }) {
    super();
  }
}

const isKind = (kind: string): kind is ClockKind => CLOCK_KINDS.some((each) => each === kind);

/** One kind of one council or team is one range of one index, named because the planner has no statistics. */
export const overdueSql = ({ authority, team }: OverdueFilter): string => {
  const index = team ? 'clock_late_by_team' : authority ? 'clock_late_by_authority' : 'clock_late';
  const scope = team ? 'team = ? AND ' : authority ? 'authority = ? AND ' : '';
  return `SELECT id, kind, authority, team, due, due_precision, words, shown, to_role, rung, ladder FROM clock INDEXED BY ${index}
    WHERE ${scope}kind = ? AND open = 1 AND due < ? AND applied = 1 AND (due, id) > (?, ?) ORDER BY due, id LIMIT ?`;
};

@QueryHandler(ListOverdue)
export class ListOverdueHandler implements IQueryHandler<ListOverdue> {
  constructor(
    private readonly rows: Rows,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ filter }: ListOverdue): Promise<Page<OverdueRow>> {
    const { authority, team, kind, after = '', limit = 50 } = filter;
    const { today } = this.clock.now();
    const [due = '', id = ''] = after.split('~');
    const kinds = kind === undefined ? CLOCK_KINDS : isKind(kind) ? [kind] : [];
    const scope = team ?? authority;
    const sql = overdueSql(filter);
    const found = kinds.flatMap((each) =>
      this.rows.all<Omit<OverdueRow, 'workingDaysLate'>>(
        sql, ...(scope ? [scope] : []), each, today, due, id, limit + 1,
      ),
    ); // prettier-ignore
    const mine = team && authority ? found.filter((row) => row.authority === authority) : found;
    const sorted = mine.sort((a, b) => (cursorOf(a) < cursorOf(b) ? -1 : 1)).slice(0, limit + 1);
    const late = sorted.map((row) => ({ ...row, workingDaysLate: workingDaysBetween(row.due, today) }));
    return pageOf(late, limit, cursorOf);
  }
}

const cursorOf = ({ due, id }: Pick<OverdueRow, 'due' | 'id'>): string => `${due}~${id}`;

/** The day on which the answer to a view is late, if one waits; null while its clock stands still or none runs. */
export const replyDueOf = (rows: Rows, view: string): string | null =>
  rows.get<{ due: string | null }>(`SELECT due FROM clock WHERE id = ? AND kind = 'view' AND open = 1`, view)?.due ??
  null;
