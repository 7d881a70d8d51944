import { Injectable } from '@nestjs/common';
import { Rows } from '#projections/rows';
import type { Rules } from './who-has-it.js';

/** One order of succession with its rules, as the record says. */
export interface Order extends Rules {
  readonly id: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** First day of the new councils. */
  readonly on: string;
  /** A sealed reference. */
  readonly reason: string;
  readonly orderedAt: string;
  /** The event that ordered it: what follows is caused by it. */
  readonly event: string;
  readonly calledOffAt: string | null;
}

interface Bare {
  readonly id: string;
  readonly on_day: string;
  readonly otherwise: string;
  readonly reason: string;
  readonly ordered_at: string;
  readonly event: string;
  readonly called_off_at: string | null;
}

/** Every order of succession. There are few: councils change once in decades. */
@Injectable()
export class Orders {
  constructor(private readonly rows: Rows) {}

  /** In the order in which they take effect. */
  all(): readonly Order[] {
    return this.rows.all<Bare>('SELECT * FROM succession ORDER BY on_day, position').map((row) => this.whole(row));
  }

  /** Those whose day has come, earliest first: a later one passes on what an earlier one brought. */
  inForce(today: string): readonly Order[] {
    return this.all().filter(({ on, calledOffAt }) => calledOffAt === null && on <= today);
  }

  /** The order by which a council ends; undefined: none is recorded. */
  ending(authority: string): Order | undefined {
    return this.all().find(({ from, calledOffAt }) => calledOffAt === null && from.includes(authority));
  }

  /** How many things of each kind passed from one council by an order. */
  passed(
    order: string,
    from: string,
  ): readonly { readonly kind: string; readonly to: string; readonly count: number }[] {
    return this.rows.all(
      `SELECT kind, to_authority AS "to", count(*) AS count FROM handover WHERE succession = ? AND from_authority = ?
       GROUP BY kind, to_authority ORDER BY kind, to_authority`,
      order,
      from,
    );
  }

  private whole(row: Bare): Order {
    const { id, on_day: on, otherwise, reason, ordered_at: orderedAt, event, called_off_at: calledOffAt } = row;
    return {
      id, on, otherwise, reason, orderedAt, event, calledOffAt,
      from: this.councils(id, 'from'), to: this.councils(id, 'to'), teams: this.rules(id, 'team'), things: this.rules(id, 'thing'),
    }; // prettier-ignore
  }

  private councils(id: string, side: 'from' | 'to'): readonly string[] {
    const sql = 'SELECT authority FROM succession_council WHERE succession = ? AND side = ? ORDER BY place';
    return this.rows.all<{ authority: string }>(sql, id, side).map(({ authority }) => authority);
  }

  private rules(id: string, what: 'team' | 'thing'): ReadonlyMap<string, string> {
    const sql = 'SELECT id, to_authority AS "to" FROM succession_rule WHERE succession = ? AND what = ?';
    return new Map(this.rows.all<{ id: string; to: string }>(sql, id, what).map((rule) => [rule.id, rule.to]));
  }
}
