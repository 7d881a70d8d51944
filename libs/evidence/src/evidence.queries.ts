import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Rows } from '#projections/rows';
import { dayNumber } from './evidence-book.js';
import { measuresFor } from './every-measure.js';
import type { Counted, MeasureTerms } from './measure.js';
import type { EvidenceFilter } from './people-say.js';

/** One measure as it stands. Nothing recorded (`null`) and nothing found (0) are two things. */
export interface Figure {
  readonly terms: MeasureTerms;
  /** Null: there is nothing yet that could count, and nothing known of it. */
  readonly counted: Counted | null;
  /** True: it is not told for one team, whatever is recorded. `counted` is then null and means nothing. */
  readonly withheld: boolean;
  /** For a measure by kinds: each kind in its order; one that has none has 0. */
  readonly kinds: readonly { readonly kind: string; readonly label: string; readonly count: number }[];
}

/** A line of the pledge as measures know it. */
export interface MeasuredRow {
  /** `S8`, also for S12; the name of the pledge before it where it is not the one that was mapped. */
  readonly row: string;
  /** What commitments under it are counted by: `east-of-england.P1a`. */
  readonly part: string;
}

/** What the record shows for one line of the pledge: every measure that is evidence for it, in a fixed order. */
export class ShowEvidence extends Query<readonly Figure[]> {
  constructor(
    readonly line: MeasuredRow,
    readonly filter: EvidenceFilter,
  ) {
    super();
  }
}

/** What says something of few people's needs is told for a council or for all, and never for one team. */
export const isWithheld = ({ notByTeam }: MeasureTerms, { team }: EvidenceFilter): boolean =>
  notByTeam === true && team !== undefined;

export const scopeOf = ({ authority, team }: EvidenceFilter): string =>
  team ? `team ${team}` : authority ? `authority ${authority}` : 'all';

export const numberOf = (rows: Rows, name: string): number =>
  rows.get<{ n: number }>('SELECT n FROM evidence_name WHERE name = ?', name)?.n ?? 0;

export const SUM_SQL = `SELECT sum(met) AS met, sum(unmet) AS unmet, sum(unknown) AS unknown
  FROM evidence_tally WHERE scope = ? AND measure = ? AND month BETWEEN ? AND ?`;

export const keyOf = (terms: MeasureTerms, { part }: MeasuredRow, kind?: string): string =>
  kind !== undefined ? `${terms.code}.${kind}` : terms.perPart ? `${terms.code}.${part}` : terms.code;

/** The numbers of the first day of a month and of the last day of another. */
export const daysOf = ({ from, to }: EvidenceFilter): readonly [number, number] => [
  from ? dayNumber(`${from}-01`) : Number.MIN_SAFE_INTEGER,
  to ? dayNumber(nextMonth(to)) - 1 : Number.MAX_SAFE_INTEGER,
];

const nextMonth = (month: string): string => {
  const [year = 0, at = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, at, 1)).toISOString().slice(0, 10);
};

@QueryHandler(ShowEvidence)
export class ShowEvidenceHandler implements IQueryHandler<ShowEvidence> {
  constructor(private readonly rows: Rows) {}

  async execute({ line, filter }: ShowEvidence): Promise<readonly Figure[]> {
    const scope = numberOf(this.rows, scopeOf(filter));
    return measuresFor(line.row).map((terms) => this.figure(terms, line, scope, filter));
  }

  private figure(terms: MeasureTerms, line: MeasuredRow, scope: number, filter: EvidenceFilter): Figure {
    if (isWithheld(terms, filter)) return { terms, counted: null, withheld: true, kinds: [] };
    const withheld = false;
    if (terms.as !== 'kinds')
      return { terms, withheld, counted: this.sum(keyOf(terms, line), scope, filter), kinds: [] };
    const found = Object.entries(terms.kinds ?? {}).map(([kind, label]) => ({
      kind, label, count: this.sum(keyOf(terms, line, kind), scope, filter)?.met ?? 0,
    })); // prettier-ignore
    const met = found.reduce((total, { count }) => total + count, 0);
    return { terms, withheld, counted: met === 0 ? null : { met, unmet: 0, unknown: 0 }, kinds: found };
  }

  private sum(key: string, scope: number, { from = '0000-00', to = '9999-99' }: EvidenceFilter): Counted | null {
    const sums = this.rows.get<Record<keyof Counted, number | null>>(
      SUM_SQL,
      scope,
      numberOf(this.rows, key),
      from,
      to,
    );
    const { met, unmet, unknown } = sums ?? {};
    return met || unmet || unknown ? { met: met ?? 0, unmet: unmet ?? 0, unknown: unknown ?? 0 } : null;
  }
}
