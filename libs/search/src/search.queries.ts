import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { pageOf } from '#projections/page';
import type { Rows } from '#projections/rows';
import { SEARCH_ROWS } from '#projections/tokens';
import { Erased } from './erased.js';
import { type Piece, piecesOf } from './hit-text.js';
import { END, HIT } from './index-words.js';
import { matchText, wordsOf } from './match-text.js';
import { isSearchKind, type SearchKind } from './search-kinds.js';

export interface Hit {
  readonly kind: SearchKind;
  readonly id: string;
  readonly authority: string | null;
  readonly team: string | null;
  readonly meeting: string | null;
  readonly day: string;
  readonly title: readonly Piece[];
  /** Where in the other words it was found; empty: it was the title. */
  readonly found: readonly Piece[];
}

export interface Found {
  readonly items: readonly Hit[];
  readonly next: string | null;
  /** What was looked for; none: nothing in the text can be searched for. */
  readonly words: readonly string[];
  /** Nothing holds all of the words: these hold some of them. */
  readonly some: boolean;
}

/** Best first, among what is public. */
export class Search extends Query<Found> {
  constructor(
    readonly text: string,
    readonly filter: {
      readonly authority?: string;
      readonly kind?: string;
      readonly after?: string;
      readonly limit?: number;
    },
  ) {
    super();
  }
}

interface Row {
  readonly n: number;
  readonly id: string;
  readonly kind: SearchKind;
  readonly authority: string;
  readonly team: string | null;
  readonly meeting: string | null;
  readonly day: string;
  readonly rank: number;
  readonly title: string;
  readonly found: string;
}

/** Words on each side are left out beyond these. */
const [TITLE_WORDS, FOUND_WORDS] = [40, 32];
const MARKS = `'${HIT}', '${END}', '…'`;

export const SEARCH_SQL = `SELECT n, id, kind, authority, team, meeting, day, search_text.rank AS rank,
  snippet(search_text, 0, ${MARKS}, ${TITLE_WORDS}) AS title, snippet(search_text, 1, ${MARKS}, ${FOUND_WORDS}) AS found
  FROM search_text CROSS JOIN search_entry ON n = search_text.rowid
  WHERE search_text MATCH ? AND (search_text.rank, search_text.rowid) > (?, ?) ORDER BY search_text.rank, search_text.rowid LIMIT ?`;

/** `some~-1.25~17`: whether all words had to be there, then rank and row of the last one shown. */
const CURSOR = /^(all|some)~(-?[\d.]+(?:e-?\d+)?)~(\d+)$/;
const FIRST = [-1e300, 0] as const;

@QueryHandler(Search)
export class SearchHandler implements IQueryHandler<Search> {
  constructor(
    @Inject(SEARCH_ROWS) private readonly rows: Rows,
    private readonly erased: Erased,
  ) {}

  async execute({ text, filter }: Search): Promise<Found> {
    const words = wordsOf(text);
    const nothing = { items: [], next: null, words, some: false };
    const { authority, kind, limit = 20 } = filter;
    if (words.length === 0 || (kind !== undefined && !isSearchKind(kind))) return nothing;
    const narrow = { ...(authority && { authority }), ...(kind && { kind }) };
    const [, mode, rank, row] = CURSOR.exec(filter.after ?? '') ?? [];
    const from = rank === undefined ? FIRST : ([Number(rank), Number(row)] as const);
    const look = (any: boolean): Row[] =>
      this.rows.all<Row>(SEARCH_SQL, matchText(words, { ...narrow, any }), ...from, limit + 1);

    let some = mode === 'some';
    let rows = look(some);
    // People ask in whole sentences; what holds some of the words is better than an empty page.
    if (rows.length === 0 && mode === undefined && words.length > 1) rows = look((some = true));
    const page = pageOf(rows, limit, ({ rank, n }) => `${some ? 'some' : 'all'}~${rank}~${n}`);
    return { items: page.items.filter(({ n }) => this.erased.isWhole(n)).map(hitOf), next: page.next, words, some };
  }
}

const hitOf = ({ kind, id, authority, team, meeting, day, title, found }: Row): Hit => {
  const pieces = piecesOf(found);
  const isFound = pieces.some(({ hit }) => hit);
  return { kind, id, authority: authority || null, team, meeting, day, title: piecesOf(title), found: isFound ? pieces : [] };
}; // prettier-ignore
