import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type Page, pageOf } from '#projections/page';
import { Rows } from '#projections/rows';

/** A view as the read model keeps it; words and names are sealed references, opened by whoever may show them. */
export interface ContributionRow {
  readonly id: string;
  readonly authority: string;
  readonly team: string | null;
  readonly participant: string | null;
  readonly meeting: string | null;
  readonly adds_to: string | null;
  readonly channel: string;
  readonly capacity: string;
  readonly voice: string;
  readonly attribution: string;
  readonly group_size: number | null;
  readonly language: string | null;
  readonly reference: string | null;
  readonly words: string | null;
  /** What everyone reads in the place of `words`; null: they read `words`. */
  readonly public_words: string | null;
  /** JSON: `[{ kind, description, file }]`. */
  readonly media: string | null;
  readonly helper: string | null;
  readonly translation: string | null;
  readonly translated_by: string | null;
  readonly corrected_at: string | null;
  readonly withdrawn_at: string | null;
  readonly occurred_at: string;
  readonly precision: string | null;
  readonly recorded_at: string;
  readonly imported: number;
  readonly published: number;
  readonly applied: number;
  readonly position: string;
}

export class FindContribution extends Query<ContributionRow | undefined> {
  constructor(readonly id: string) {
    super();
  }
}

/** Newest first. `publicOnly` leaves out what may not be shown to everyone, and gives the words that everyone reads. */
export class ListContributions extends Query<Page<ContributionRow>> {
  constructor(
    readonly filter: {
      authority?: string;
      team?: string;
      meeting?: string;
      publicOnly?: boolean;
      after?: string;
      limit?: number;
    },
  ) {
    super();
  }
}

@QueryHandler(FindContribution)
export class FindContributionHandler implements IQueryHandler<FindContribution> {
  constructor(private readonly rows: Rows) {}
  async execute({ id }: FindContribution) {
    return this.rows.get<ContributionRow>('SELECT * FROM contribution WHERE id = ?', id);
  }
}

/** After every possible position: where the newest page starts. */
const NEWEST = '~';

@QueryHandler(ListContributions)
export class ListContributionsHandler implements IQueryHandler<ListContributions> {
  constructor(private readonly rows: Rows) {}
  async execute({ filter: { authority, team, meeting, publicOnly, after = NEWEST, limit = 50 } }: ListContributions) {
    const where = ['position < ?', 'applied = 1'];
    const values: string[] = [after];
    for (const [column, value] of Object.entries({ meeting, team, authority }))
      if (value !== undefined) {
        where.push(`${column} = ?`);
        values.push(value);
      }
    if (publicOnly) where.push('published = 1', 'withdrawn_at IS NULL');
    const sql = `SELECT * FROM contribution WHERE ${where.join(' AND ')} ORDER BY position DESC LIMIT ?`;
    const page = pageOf(this.rows.all<ContributionRow>(sql, ...values, limit + 1), limit, (row) => row.position);
    return publicOnly ? { ...page, items: page.items.map(asEveryoneReads) } : page;
  }
}

/** Ids of every view that is known to be theirs. */
export class ViewsOfParticipant extends Query<readonly string[]> {
  constructor(readonly participant: string) {
    super();
  }
}

@QueryHandler(ViewsOfParticipant)
export class ViewsOfParticipantHandler implements IQueryHandler<ViewsOfParticipant> {
  constructor(private readonly rows: Rows) {}
  async execute({ participant }: ViewsOfParticipant) {
    const sql = 'SELECT id FROM contribution WHERE participant = ? ORDER BY position';
    return this.rows.all<{ id: string }>(sql, participant).map(({ id }) => id);
  }
}

/** Ids of views that were added to this one, and that it was added to, however far: somebody without a record of their own said them. */
export class AddedTogether extends Query<readonly string[]> {
  constructor(readonly contribution: string) {
    super();
  }
}

const TOGETHER = `WITH RECURSIVE
  before (id, adds_to) AS (SELECT id, adds_to FROM contribution WHERE id = ?1
    UNION SELECT c.id, c.adds_to FROM contribution c JOIN before b ON c.id = b.adds_to),
  together (id) AS (SELECT id FROM before UNION SELECT c.id FROM contribution c JOIN together t ON c.adds_to = t.id)
  SELECT c.id FROM contribution c JOIN together t ON t.id = c.id WHERE c.id <> ?1 AND c.participant IS NULL ORDER BY c.position`;

@QueryHandler(AddedTogether)
export class AddedTogetherHandler implements IQueryHandler<AddedTogether> {
  constructor(private readonly rows: Rows) {}
  async execute({ contribution }: AddedTogether) {
    return this.rows.all<{ id: string }>(TOGETHER, contribution).map(({ id }) => id);
  }
}

/** A public version stands for all that was given: what it replaces does not leave this place. */
export const asEveryoneReads = (row: ContributionRow): ContributionRow =>
  row.public_words === null ? row : { ...row, words: row.public_words, media: null, translation: null };

export const contributionQueries = [
  FindContributionHandler,
  ListContributionsHandler,
  ViewsOfParticipantHandler,
  AddedTogetherHandler,
];
