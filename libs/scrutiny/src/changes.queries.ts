import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { CommitmentEvent } from '#lifecycle/lifecycle.events';
import type { Recorded } from '#kernel/event';
import { endOfLondonDay } from '#kernel/time';
import { coloured, type LogRow } from '#pledge-log/pledge-log';
import { rowsOn } from '#pledge-log/replay';
import { Rows } from '#projections/rows';
import type { FindingRow } from './audits.queries.js';
import type { RecommendationRow, ResponseRow } from './recommendations.queries.js';

/** From the end of one day to the end of another; of one council, or of every one. */
export interface Period {
  readonly since: string;
  readonly until: string;
  readonly authority?: string;
}

export interface DecisionWithoutPeople {
  readonly id: string;
  readonly authority: string;
  readonly team: string | null;
  readonly answer: string | null;
  readonly statement: string;
  readonly occurred_at: string;
  readonly precision: string | null;
  readonly position: string;
}

/** What a committee reads about the time since it last met. Only what is published. */
export interface Changed {
  /** Promises as they stood at the end of the period, by id. */
  readonly promises: ReadonlyMap<string, LogRow>;
  /** What was known of promises for the first time in the period, in the order of the record. */
  readonly events: readonly Recorded<CommitmentEvent>[];
  /** Late at its end and not at its beginning. */
  readonly newlyLate: readonly LogRow[];
  readonly findings: readonly FindingRow[];
  /** Made in the period. */
  readonly recommended: readonly RecommendationRow[];
  /** Wanted an answer by a day of the period, or still wait for one that was due before. */
  readonly due: readonly RecommendationRow[];
  readonly responses: readonly (ResponseRow & Pick<RecommendationRow, 'what' | 'authority' | 'reference'>)[];
  /** Decided in the period, and no view of anybody is linked to it. */
  readonly withoutPeople: readonly DecisionWithoutPeople[];
}

export class WhatChanged extends Query<Changed> {
  constructor(readonly period: Period) {
    super();
  }
}

/** The newest audit that was closed, from which the next committee may count. */
export class LastClosedAudit extends Query<{ readonly id: string; readonly title: string; readonly closed_at: string } | undefined> {
  constructor(readonly authority?: string) {
    super();
  }
} // prettier-ignore

@QueryHandler(WhatChanged)
export class WhatChangedHandler implements IQueryHandler<WhatChanged> {
  constructor(private readonly rows: Rows) {}

  async execute({ period: { since, until, authority } }: WhatChanged): Promise<Changed> {
    const [from, to] = [endOfLondonDay(since), endOfLondonDay(until)];
    const within = <T>(sql: string, order = 'position'): readonly T[] =>
      this.rows.all<T>(`${sql} AND (?3 IS NULL OR authority = ?3) ORDER BY ${order}`, from, to, authority ?? null);
    // What passed on is news of both councils.
    const then = (day: string) =>
      coloured(rowsOn(this.rows, day), day).filter(
        ({ holders }) => authority === undefined || holders.split(' ').includes(authority),
      );
    const before = new Set(then(since).filter(({ rag }) => rag.late).map(({ id }) => id)); // prettier-ignore
    const after = then(until);
    const its = new Set(after.map(({ id }) => id));
    const entries = this.rows.all<{ event: string; commitment: string }>(
      'SELECT event, commitment FROM commitment_entry WHERE known_at > ?1 AND known_at <= ?2 ORDER BY position',
      from,
      to,
    );
    return {
      promises: new Map(after.map((row) => [row.id, row])),
      events: entries
        .filter(({ commitment }) => its.has(commitment))
        .map(({ event }) => JSON.parse(event) as Recorded<CommitmentEvent>),
      newlyLate: after
        .filter(({ id, rag }) => rag.late && !before.has(id))
        .sort((a, b) => ((a.due ?? '') < (b.due ?? '') ? -1 : 1)),
      findings: within<FindingRow>('SELECT * FROM audit_finding WHERE published_at > ?1 AND published_at <= ?2'),
      recommended: within<RecommendationRow>(
        'SELECT * FROM recommendation WHERE published = 1 AND made_at > ?1 AND made_at <= ?2',
      ),
      due: this.rows.all<RecommendationRow>(
        `SELECT * FROM recommendation WHERE published = 1 AND (?3 IS NULL OR authority = ?3) AND due <= ?2
           AND (due > ?1 OR answered_at IS NULL OR answered_at > ?4) ORDER BY due, position`,
        since, until, authority ?? null, from,
      ), // prettier-ignore
      responses: within(
        `SELECT r.*, m.what, m.authority, m.reference FROM recommendation_response AS r JOIN recommendation AS m ON m.id = r.recommendation
           WHERE m.published = 1 AND r.responded_at > ?1 AND r.responded_at <= ?2`,
        'r.position',
      ),
      withoutPeople: within<DecisionWithoutPeople>(
        `SELECT id, authority, team, answer, statement, occurred_at, precision, position FROM decision
           WHERE applied = 1 AND occurred_at > ?1 AND occurred_at <= ?2
           AND NOT EXISTS (SELECT 1 FROM link WHERE link.to_id = decision.id AND link.kind = 'answered' AND link.until IS NULL)`,
        'occurred_at, position',
      ),
    };
  }
}

@QueryHandler(LastClosedAudit)
export class LastClosedAuditHandler implements IQueryHandler<LastClosedAudit> {
  constructor(private readonly rows: Rows) {}
  async execute({ authority }: LastClosedAudit) {
    return this.rows.get<{ id: string; title: string; closed_at: string }>(
      'SELECT id, title, closed_at FROM audit WHERE closed_at IS NOT NULL AND (?1 IS NULL OR authority = ?1 OR authority IS NULL) ORDER BY closed_at DESC LIMIT 1',
      authority ?? null,
    );
  }
}

export const changesQueries = [WhatChangedHandler, LastClosedAuditHandler];
