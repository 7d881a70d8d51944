import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type Page, pageOf } from '#projections/page';
import { Rows } from '#projections/rows';
import type { ItemKind } from './outcomes.js';

export interface MeetingRow {
  readonly id: string;
  readonly authority: string;
  readonly team: string;
  readonly title: string;
  readonly starts_at: string;
  readonly place: string | null;
  readonly openness: string | null;
  readonly rung: string | null;
  /** Null: nobody wrote it down. */
  readonly decision_maker_present: number | null;
  readonly status: 'called' | 'open' | 'recorded' | 'applied' | 'confirmed' | 'closed';
  readonly views: number;
  readonly discussions: number;
  readonly decisions: number;
  readonly promises: number;
  readonly not_applied: number;
  readonly called_at: string;
  readonly opened_at: string | null;
  readonly closed_at: string | null;
  readonly recorded_at: string | null;
  readonly recorded_by: string | null;
  readonly recorded_role: string | null;
  readonly applied_at: string | null;
  readonly confirmed_at: string | null;
  readonly confirmed_role: string | null;
  readonly position: string;
}

export interface OutcomeRow {
  readonly kind: ItemKind;
  readonly item: string;
  readonly ref: string;
  readonly not_applied_code: string | null;
  readonly not_applied_message: string | null;
}

export interface MeetingWithOutcomes extends MeetingRow {
  readonly attendance: readonly { readonly capacity: string; readonly count: number }[];
  /** Empty until the outcomes are applied: all of a meeting is visible, or nothing. */
  readonly outcomes: readonly OutcomeRow[];
}

export class FindMeeting extends Query<MeetingWithOutcomes | undefined> {
  constructor(readonly id: string) {
    super();
  }
}

/** Latest meeting first. */
export class ListMeetings extends Query<Page<MeetingRow>> {
  constructor(readonly filter: { authority?: string; team?: string; after?: string; limit?: number }) {
    super();
  }
}

@QueryHandler(FindMeeting)
export class FindMeetingHandler implements IQueryHandler<FindMeeting> {
  constructor(private readonly rows: Rows) {}
  async execute({ id }: FindMeeting) {
    const meeting = this.rows.get<MeetingRow>('SELECT * FROM meeting WHERE id = ?', id);
    if (!meeting) return undefined;
    const attendance = this.rows.all<MeetingWithOutcomes['attendance'][number]>(
      'SELECT capacity, count FROM meeting_attendance WHERE meeting = ? ORDER BY capacity',
      id,
    );
    const outcomes = meeting.applied_at
      ? this.rows.all<OutcomeRow>(
          'SELECT kind, item, ref, not_applied_code, not_applied_message FROM meeting_outcome WHERE meeting = ? ORDER BY place',
          id,
        )
      : [];
    return { ...meeting, attendance, outcomes };
  }
}

@QueryHandler(ListMeetings)
export class ListMeetingsHandler implements IQueryHandler<ListMeetings> {
  constructor(private readonly rows: Rows) {}
  async execute({ filter: { authority, team, after, limit = 50 } }: ListMeetings) {
    const where: string[] = [];
    const values: string[] = [];
    for (const [column, value] of Object.entries({ team, authority }))
      if (value !== undefined) {
        where.push(`${column} = ?`);
        values.push(value);
      }
    if (after !== undefined) {
      where.push('(starts_at, id) < (?, ?)');
      const [startsAt = '', id = ''] = after.split('~');
      values.push(startsAt, id);
    }
    const sql = `SELECT * FROM meeting ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY starts_at DESC, id DESC LIMIT ?`;
    return pageOf(this.rows.all<MeetingRow>(sql, ...values, limit + 1), limit, (row) => `${row.starts_at}~${row.id}`);
  }
}

export interface DiscussionRow {
  readonly id: string;
  readonly authority: string;
  readonly team: string | null;
  readonly meeting: string | null;
  readonly title: string;
  /** JSON: sealed references. */
  readonly points: string;
  /** JSON: sealed references. */
  readonly dissent: string;
  readonly decide_by: string | null;
  readonly reference: string | null;
  readonly url: string | null;
  readonly occurred_at: string;
  readonly precision: string | null;
  readonly recorded_at: string;
  readonly imported: number;
  readonly applied: number;
  readonly position: string;
}

export interface DiscussionWithViews extends DiscussionRow {
  readonly contributions: readonly string[];
}

export class FindDiscussion extends Query<DiscussionWithViews | undefined> {
  constructor(readonly id: string) {
    super();
  }
}

/** What a meeting talked about, in order. */
export class ListDiscussions extends Query<readonly DiscussionWithViews[]> {
  constructor(readonly meeting: string) {
    super();
  }
}

const withViews = (rows: Rows, discussion: DiscussionRow): DiscussionWithViews => ({
  ...discussion,
  contributions: rows
    .all<{ contribution: string }>(
      'SELECT contribution FROM discussion_contribution WHERE discussion = ?',
      discussion.id,
    )
    .map(({ contribution }) => contribution),
});

@QueryHandler(FindDiscussion)
export class FindDiscussionHandler implements IQueryHandler<FindDiscussion> {
  constructor(private readonly rows: Rows) {}
  async execute({ id }: FindDiscussion) {
    const found = this.rows.get<DiscussionRow>('SELECT * FROM discussion WHERE id = ? AND applied = 1', id);
    return found && withViews(this.rows, found);
  }
}

@QueryHandler(ListDiscussions)
export class ListDiscussionsHandler implements IQueryHandler<ListDiscussions> {
  constructor(private readonly rows: Rows) {}
  async execute({ meeting }: ListDiscussions) {
    return this.rows
      .all<DiscussionRow>('SELECT * FROM discussion WHERE meeting = ? AND applied = 1 ORDER BY position', meeting)
      .map((each) => withViews(this.rows, each));
  }
}

export const meetingQueries = [FindMeetingHandler, ListMeetingsHandler, FindDiscussionHandler, ListDiscussionsHandler];
