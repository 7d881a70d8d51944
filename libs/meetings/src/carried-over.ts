import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { isLate, LATE_STATES } from '#lifecycle/rag';
import { Rows } from '#projections/rows';

/** What a team still owes from earlier meetings: shown first, because it is what makes chairs open the page. */
export interface CarriedOver {
  /** Open promises past their date, longest late first. `what` and `owner_name` are sealed references. */
  readonly late: readonly CarriedPromise[];
  /** Open promises that fall due by the day asked about. */
  readonly due: readonly CarriedPromise[];
  /** Promises that somebody says are not done, whatever their date. */
  readonly disputed: readonly CarriedPromise[];
  /** Views that no decision answers yet, oldest first; `words` is a sealed reference. */
  readonly waiting: readonly WaitingView[];
  /** Decisions "not now" whose day to look again has come; `statement` is a sealed reference. */
  readonly lookAgain: readonly { readonly id: string; readonly statement: string; readonly look_again: string }[];
}

export interface CarriedPromise {
  readonly id: string;
  readonly what: string;
  readonly decision: string | null;
  readonly owner_name: string | null;
  readonly owner_role: string | null;
  readonly due: string | null;
  readonly state: string;
  readonly moved: number;
}

export interface WaitingView {
  readonly id: string;
  readonly words: string | null;
  readonly attribution: string;
  readonly occurred_at: string;
  readonly meeting: string | null;
}

export class FindCarriedOver extends Query<CarriedOver> {
  /**
   * @param today `YYYY-MM-DD`: before it is late.
   * @param dueBy `YYYY-MM-DD`: up to it is due.
   */
  constructor(
    readonly team: string,
    readonly today: string,
    readonly dueBy: string,
  ) {
    super();
  }
}

/** A page shows so many; more than this is a backlog that no meeting gets through. */
const MOST = 200;

@QueryHandler(FindCarriedOver)
export class CarriedOverHandler implements IQueryHandler<FindCarriedOver> {
  constructor(private readonly rows: Rows) {}

  async execute({ team, today, dueBy }: FindCarriedOver) {
    const open = this.rows.all<CarriedPromise>(
      `SELECT id, what, decision, owner_name, owner_role, due, state, moved FROM service_change
       WHERE team = ? AND applied = 1 AND (state = 'disputed' OR state IN (${LATE_STATES.map(() => '?').join()}) AND due <= ?)
       ORDER BY due LIMIT ?`,
      team,
      ...LATE_STATES,
      dueBy > today ? dueBy : today,
      MOST,
    );
    const disputed = open.filter(({ state }) => state === 'disputed');
    const promised = open.filter((each) => !disputed.includes(each));
    return {
      late: promised.filter((each) => isLate(each, today)),
      due: promised.filter((each) => !isLate(each, today)),
      disputed,
      waiting: this.rows.all<WaitingView>(
        `SELECT id, coalesce(public_words, words) AS words, attribution, occurred_at, meeting FROM contribution AS view
         WHERE team = ? AND applied = 1 AND withdrawn_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM link WHERE from_id = view.id AND kind = 'answered' AND until IS NULL AND known_at IS NOT NULL)
         ORDER BY position LIMIT ?`,
        team,
        MOST,
      ),
      lookAgain: this.rows.all<CarriedOver['lookAgain'][number]>(
        `SELECT id, statement, look_again FROM decision
         WHERE team = ? AND applied = 1 AND answer = 'later' AND look_again <= ? AND superseded_by IS NULL ORDER BY look_again LIMIT ?`,
        team,
        today,
        MOST,
      ),
    };
  }
}

/** The views that a decision answers: what a promise or a "not now" was about. A few, for a draft that people read aloud. */
export class FindViewsBehind extends Query<readonly WaitingView[]> {
  constructor(
    readonly decision: string,
    readonly limit: number,
  ) {
    super();
  }
}

@QueryHandler(FindViewsBehind)
export class ViewsBehindHandler implements IQueryHandler<FindViewsBehind> {
  constructor(private readonly rows: Rows) {}

  async execute({ decision, limit }: FindViewsBehind) {
    return this.rows.all<WaitingView>(
      `SELECT view.id, coalesce(view.public_words, view.words) AS words, view.attribution, view.occurred_at, view.meeting FROM link JOIN contribution AS view ON view.id = link.from_id
       WHERE link.to_id = ? AND link.kind = 'answered' AND link.until IS NULL AND link.known_at IS NOT NULL
         AND view.applied = 1 AND view.withdrawn_at IS NULL ORDER BY view.position LIMIT ?`,
      decision,
      limit,
    );
  }
}
