import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Rows } from '#projections/rows';

/** What a team still owes from earlier meetings: shown first, because it is what makes chairs open the page. */
export interface CarriedOver {
  /** Open promises past their date, longest late first. `what` and `owner_name` are sealed references. */
  readonly late: readonly CarriedPromise[];
  /** Open promises that fall due by the day asked about. */
  readonly due: readonly CarriedPromise[];
  /** Views that no decision answers yet, oldest first; `words` is a sealed reference. */
  readonly waiting: readonly WaitingView[];
  /** Decisions "not now" whose day to look again has come; `statement` is a sealed reference. */
  readonly lookAgain: readonly { readonly id: string; readonly statement: string; readonly look_again: string }[];
}

export interface CarriedPromise {
  readonly id: string;
  readonly what: string;
  readonly owner_name: string | null;
  readonly owner_role: string | null;
  readonly due: string;
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
      `SELECT id, what, owner_name, owner_role, due, state, moved FROM service_change
       WHERE team = ? AND applied = 1 AND state IN ('promised', 'under-way', 'disputed') AND due <= ? ORDER BY due LIMIT ?`,
      team,
      dueBy > today ? dueBy : today,
      MOST,
    );
    return {
      late: open.filter(({ due }) => due < today),
      due: open.filter(({ due }) => due >= today),
      waiting: this.rows.all<WaitingView>(
        `SELECT id, words, attribution, occurred_at, meeting FROM contribution AS view
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
