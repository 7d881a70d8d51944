import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { replyDueOf } from '#clocks/overdue.queries';
import type { Clock } from '#kernel/aggregate';
import type { Page } from '#projections/page';
import { Rows } from '#projections/rows';
import { CLOCK } from '#projections/tokens';
import { type GapKind, gapKinds, isGapKind, type Measure, MEASURES, type Thing } from './gap-kinds.js';
import { isLate } from './gap-rules.js';

export interface GapFilter {
  readonly authority?: string;
  readonly team?: string;
  readonly kind?: string;
}

export interface GapRow {
  readonly kind: GapKind;
  readonly thing: Thing;
  readonly id: string;
  readonly authority: string | null;
  readonly team: string | null;
  /** Of a discussion: the meeting at which it was. */
  readonly meeting: string | null;
  /** The first day on which it was a gap. */
  readonly since: string;
  /** The promised time for an answer is over. */
  readonly late: boolean;
  readonly imported: boolean;
  /** False: the person does not want it shown. Then neither id nor words are for everyone. */
  readonly shown: boolean;
  /** A sealed reference. */
  readonly words: string | null;
  /** Never personal. */
  readonly title: string | null;
}

/** Where the chain stops, in the order of `GAP_KINDS`; within a kind, who waits longest comes first. */
export class ListGaps extends Query<Page<GapRow>> {
  constructor(readonly filter: GapFilter & { readonly after?: string; readonly limit?: number }) {
    super();
  }
}

export interface GapCount {
  readonly kind: GapKind;
  readonly count: number;
}

/** How many gaps of every kind there are today; kinds without any are there too, with 0, because they were counted. */
export class CountGaps extends Query<readonly GapCount[]> {
  constructor(readonly filter: GapFilter) {
    super();
  }
}

export interface Completeness {
  readonly measure: Measure;
  /** How many have it; null: not known of any, or there is nothing yet that should have it. Never 0 for either. */
  readonly have: number | null;
  /** How many should have it; null: there is nothing yet. */
  readonly of: number | null;
  /** Of these, how many are imported without a word about it: neither there nor missing. */
  readonly notRecorded: number;
}

export class MeasureCompleteness extends Query<readonly Completeness[]> {
  constructor(readonly filter: Pick<GapFilter, 'authority' | 'team'>) {
    super();
  }
}

interface Found {
  readonly id: string;
  readonly from_day: string;
  readonly thing: Thing;
  readonly authority: string | null;
  readonly team: string | null;
  readonly words: string | null;
  readonly title: string | null;
  readonly shown: number;
  readonly facts: string;
}

/**
 * One kind is one range of one index, whatever the size of the record. The index is named, because without statistics
 * the planner takes the one of everything for a single team too.
 */
export const gapsWhere = ({
  authority,
  team,
}: GapFilter): { readonly index: string; readonly where: string; readonly values: string[] } => {
  const index = team ? 'gap_by_team' : authority ? 'gap_by_authority' : 'gap_by_day';
  const given = Object.entries({ team, authority }).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const where = [...given.map(([column]) => `gap.${column} = ?`), 'gap.kind = ?', 'gap.from_day <= ?'];
  return { index, where: where.join(' AND '), values: given.map(([, value]) => value) };
};

type Where = ReturnType<typeof gapsWhere>;
export const listSql = ({ index, where }: Where): string =>
  `SELECT gap.id, gap.from_day, gap.authority, gap.team, thing.thing, thing.words, thing.title, thing.shown, thing.facts
   FROM gap INDEXED BY ${index} CROSS JOIN gap_thing thing ON thing.id = gap.id
   WHERE ${where} AND (gap.from_day, gap.id) > (?, ?) ORDER BY gap.from_day, gap.id LIMIT ?`;
export const countSql = ({ index, where }: Where): string =>
  `SELECT count(*) AS n FROM gap INDEXED BY ${index} WHERE ${where}`;
export const MEASURE_SQL = 'SELECT measure, have, missing, unknown FROM gap_measure WHERE scope = ?';

/** Whether a meeting's recording is not applied as a whole yet: nothing that it brings may be shown. */
export const isWaiting = (rows: Rows, recording: string): boolean =>
  rows.get('SELECT 1 FROM gap_waiting WHERE recording = ? LIMIT 1', recording) !== undefined;

const CURSOR = /^([a-z-]+)~(\d{4}-\d\d-\d\d)~([\w-]+)$/;
const kindsOf = (kind: string | undefined): readonly GapKind[] =>
  kind === undefined ? gapKinds : isGapKind(kind) ? [kind] : [];

@QueryHandler(ListGaps)
export class ListGapsHandler implements IQueryHandler<ListGaps> {
  constructor(
    private readonly rows: Rows,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ filter }: ListGaps): Promise<Page<GapRow>> {
    const { after = '', limit = 50 } = filter;
    const { today } = this.clock.now();
    const [, lastKind, lastDay = '', lastId = ''] = CURSOR.exec(after) ?? [];
    const kinds = kindsOf(filter.kind);
    const by = gapsWhere(filter);
    const found: GapRow[] = [];
    for (const kind of lastKind ? kinds.slice(kinds.indexOf(lastKind as GapKind)) : kinds) {
      if (found.length > limit) break;
      const from = kind === lastKind ? [lastDay, lastId] : ['', ''];
      const more = this.rows.all<Found>(listSql(by), ...by.values, kind, today, ...from, limit + 1 - found.length);
      found.push(...more.map((row) => this.gapRow(kind, row, today)));
    }
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, next: found.length > limit && last ? `${last.kind}~${last.since}~${last.id}` : null };
  }

  private gapRow(kind: GapKind, row: Found, today: string): GapRow {
    const { imported = false, meeting = null } = JSON.parse(row.facts) as { imported?: boolean; meeting?: string };
    const { id, thing, authority, team, words, title, from_day: since } = row;
    // The clock of the reminders, so that no list calls late what they do not.
    const late = thing === 'view' && isLate(kind, replyDueOf(this.rows, id), today);
    return { kind, thing, id, authority, team, meeting, since, late, imported, shown: row.shown === 1, words, title };
  }
}

@QueryHandler(CountGaps)
export class CountGapsHandler implements IQueryHandler<CountGaps> {
  constructor(
    private readonly rows: Rows,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ filter }: CountGaps) {
    const { today } = this.clock.now();
    const by = gapsWhere(filter);
    return kindsOf(filter.kind).map((kind) => ({
      kind,
      count: this.rows.get<{ n: number }>(countSql(by), ...by.values, kind, today)?.n ?? 0,
    }));
  }
}

@QueryHandler(MeasureCompleteness)
export class MeasureCompletenessHandler implements IQueryHandler<MeasureCompleteness> {
  constructor(private readonly rows: Rows) {}

  async execute({ filter: { authority, team } }: MeasureCompleteness) {
    const scope = team ? `team ${team}` : authority ? `authority ${authority}` : 'all';
    const counted = this.rows.all<{ measure: Measure; have: number; missing: number; unknown: number }>(
      MEASURE_SQL,
      scope,
    );
    return MEASURES.map((measure): Completeness => {
      const { have = 0, missing = 0, unknown = 0 } = counted.find((each) => each.measure === measure) ?? {};
      const of = have + missing + unknown;
      return { measure, have: of === unknown ? null : have, of: of === 0 ? null : of, notRecorded: unknown };
    });
  }
}

export const gapQueries = [ListGapsHandler, CountGapsHandler, MeasureCompletenessHandler];
