import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type Page, pageOf } from '#projections/page';
import { Rows } from '#projections/rows';
import { daysOf, isWithheld, keyOf, type MeasuredRow, numberOf, scopeOf } from './evidence.queries.js';
import { type Counted, type MeasureTerms, type Standing, STANDINGS } from './measure.js';
import type { EvidenceFilter } from './people-say.js';
import type { Thing } from './things.js';

export const SHOWS = ['all', 'met', 'unmet', 'unknown'] as const;
/** Which part of a figure: the number, the rest of "out of", or what is not known. */
export type Show = (typeof SHOWS)[number];

const STANDINGS_OF: Readonly<Record<Show, readonly Standing[]>> = {
  all: STANDINGS,
  met: ['met', 'mixed'],
  unmet: ['mixed', 'unmet'],
  unknown: ['unknown'],
};

/** One record behind a figure. */
export interface Behind {
  readonly thing: Thing;
  readonly id: string;
  /** What its page is found by, where that is another thing. */
  readonly parent: string | null;
  readonly day: string;
  readonly authority: string | null;
  readonly team: string | null;
  /** Role of who wrote it down. */
  readonly role: string;
  /** A sealed reference. */
  readonly words: string | null;
  /** Never personal. */
  readonly title: string | null;
  /** False: counted, and not to be found from here. */
  readonly shown: boolean;
  readonly standing: Standing;
  readonly counted: Counted;
  /** The entry that decides how it counts, by type and id. */
  readonly entry: { readonly type: string; readonly id: string } | null;
}

/** The records behind one figure, newest first, a page at a time. */
export class ListBehind extends Query<Page<Behind>> {
  constructor(
    readonly line: MeasuredRow,
    readonly terms: MeasureTerms,
    readonly filter: EvidenceFilter & { readonly show?: Show; readonly kind?: string },
    readonly page: { readonly after?: string; readonly limit?: number } = {},
  ) {
    super();
  }
}

interface Found extends Omit<Behind, 'shown' | 'standing' | 'counted' | 'entry'> {
  readonly at: number;
  readonly n: number;
  readonly shown: number;
  readonly entries: string;
  readonly counted: string;
}

/** One range of one primary key, whatever the size of the record. */
export const BEHIND_SQL = `SELECT each.day AS at, each.thing AS n, thing.thing, thing.id, thing.parent, thing.day, thing.authority, thing.team, thing.role,
    thing.words, thing.title, thing.shown AND coalesce((SELECT shown FROM evidence_thing WHERE id = thing.parent), 1) AS shown, thing.entries, thing.counted
  FROM evidence_case each CROSS JOIN evidence_thing thing ON thing.rowid = each.thing
  WHERE each.scope = ? AND each.measure = ? AND each.standing = ? AND each.day BETWEEN ? AND ? AND (each.day, each.thing) < (?, ?)
  ORDER BY each.day DESC, each.thing DESC LIMIT ?`;

const CURSOR = /^([a-z]+)~(-?\d{1,8})~(\d{1,15})$/;
const LAST = Number.MAX_SAFE_INTEGER;

@QueryHandler(ListBehind)
export class ListBehindHandler implements IQueryHandler<ListBehind> {
  constructor(private readonly rows: Rows) {}

  async execute({ line, terms, filter, page }: ListBehind): Promise<Page<Behind>> {
    if (isWithheld(terms, filter)) return { items: [], next: null };
    const { after = '', limit = 50 } = page;
    const key = keyOf(terms, line, filter.kind);
    const [from, to] = daysOf(filter);
    const [, last, lastDay, lastThing] = CURSOR.exec(after) ?? [];
    const standings = STANDINGS_OF[filter.show ?? 'all'];
    const range = [numberOf(this.rows, scopeOf(filter)), numberOf(this.rows, key)];
    const found: (Behind & { cursor: string })[] = [];
    for (const standing of last ? standings.slice(standings.indexOf(last as Standing)) : standings) {
      if (found.length > limit) break;
      const before = standing === last ? [Number(lastDay), Number(lastThing)] : [LAST, LAST];
      const most = limit + 1 - found.length;
      const rows = this.rows.all<Found>(BEHIND_SQL, ...range, STANDINGS.indexOf(standing), from, to, ...before, most);
      found.push(...rows.map((row) => behind(row, standing, key, terms)));
    }
    const { items, next } = pageOf(found, limit, ({ cursor }) => cursor);
    return { items: items.map(({ cursor: _cursor, ...item }) => item), next };
  }
}

const behind = (row: Found, standing: Standing, key: string, { from }: MeasureTerms): Behind & { cursor: string } => {
  const { at, n, entries, counted, shown, ...rest } = row;
  const told = JSON.parse(entries) as Record<string, string>;
  const type = from.findLast((each) => told[each] !== undefined);
  const id = type && told[type];
  return {
    ...rest,
    shown: shown === 1,
    standing,
    counted: (JSON.parse(counted) as Record<string, Counted>)[key] ?? { met: 0, unmet: 0, unknown: 0 },
    entry: type && id ? { type, id } : null,
    cursor: `${standing}~${at}~${n}`,
  };
};
