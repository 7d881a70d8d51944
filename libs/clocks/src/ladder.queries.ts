import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { AuthoritySettings } from '#authorities/settings';
import type { Clock } from '#kernel/aggregate';
import { endOfLondonDay } from '#kernel/time';
import { type Rung, rungsToCome } from '#lifecycle/ladder';
import { Rows } from '#projections/rows';
import { CLOCK } from '#projections/tokens';

/**
 * What of the ladder is still to come for one promise or view, and why nothing is, where nothing is. `history`: its day
 * had passed when it was imported; `not-on`: no reminder was ever recorded here.
 */
export interface LadderAhead {
  readonly why: 'to-come' | 'history' | 'not-on' | 'no-date' | 'closed' | 'done';
  readonly rungs: readonly Rung[];
  /** The day from which the ladder counts, where it is not the day that was missed. */
  readonly from: string | null;
}

export class FindLadder extends Query<LadderAhead> {
  constructor(readonly id: string) {
    super();
  }
}

interface Kept {
  readonly authority: string;
  readonly due: string | null;
  readonly open: number;
  readonly ladder: number;
  readonly rung: number;
  readonly rung_on: string | null;
}

@QueryHandler(FindLadder)
export class FindLadderHandler implements IQueryHandler<FindLadder> {
  constructor(
    private readonly rows: Rows,
    private readonly settings: AuthoritySettings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ id }: FindLadder): Promise<LadderAhead> {
    const row = this.rows.get<Kept>('SELECT authority, due, open, ladder, rung, rung_on FROM clock WHERE id = ?', id);
    const none = (why: LadderAhead['why']): LadderAhead => ({ why, rungs: [], from: null });
    if (!row || row.open === 0) return none('closed');
    if (row.due === null) return none('no-date');
    if (row.ladder === 0) return none('history');
    const { on_day: since } = this.rows.get<{ on_day: string | null }>('SELECT min(on_day) AS on_day FROM clock_on') ?? { on_day: null }; // prettier-ignore
    if (since === null) return none('not-on');
    const from = row.due < since ? since : row.due;
    const days = this.settings.inForce(row.authority, endOfLondonDay(from))['reminder-days'];
    const sent = row.rung_on === null ? [] : [{ step: row.rung, on: row.rung_on }];
    const rungs = rungsToCome(from, days, sent, this.clock.now().today);
    return { why: rungs.length > 0 ? 'to-come' : 'done', rungs, from: from === row.due ? null : from };
  }
}
