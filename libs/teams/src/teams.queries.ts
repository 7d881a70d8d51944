import { TEAM_UNDER_EITHER_NAME } from '#authorities/handover';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Rows } from '#projections/rows';
import { type Page, pageOf } from '#projections/page';

export interface TeamRow {
  readonly id: string;
  readonly authority: string;
  readonly name: string;
  readonly stage: string;
  readonly remit: string | null;
  readonly rung: string | null;
  readonly phone: string | null;
  readonly co_chair_confirms: number;
  readonly chair: string | null;
  readonly co_chair: string | null;
  readonly formed_at: string;
  readonly position: string;
}

export interface TeamWithMembers extends TeamRow {
  readonly members: readonly { readonly participant: string; readonly capacity: string; readonly joined_at: string }[];
}

/** Somebody who left; why is a sealed reference. Who it was is not told. */
export interface LeaverRow {
  readonly left_at: string;
  readonly reason: string | null;
}

/** Who left a team, newest first. */
export class ListLeavers extends Query<readonly LeaverRow[]> {
  constructor(readonly team: string) {
    super();
  }
}

export class FindTeam extends Query<TeamWithMembers | undefined> {
  constructor(readonly id: string) {
    super();
  }
}

export class ListTeams extends Query<Page<TeamRow>> {
  constructor(readonly filter: { authority?: string; after?: string; limit?: number }) {
    super();
  }
}

@QueryHandler(FindTeam)
export class FindTeamHandler implements IQueryHandler<FindTeam> {
  constructor(private readonly rows: Rows) {}
  async execute({ id }: FindTeam) {
    const team = this.rows.get<TeamRow>('SELECT * FROM team WHERE id = ?', id);
    return (
      team && {
        ...team,
        members: this.rows.all<TeamWithMembers['members'][number]>(
          'SELECT participant, capacity, joined_at FROM team_member WHERE team = ? ORDER BY joined_at',
          id,
        ),
      }
    );
  }
}

@QueryHandler(ListTeams)
export class ListTeamsHandler implements IQueryHandler<ListTeams> {
  constructor(private readonly rows: Rows) {}
  async execute({ filter: { authority, after = '', limit = 50 } }: ListTeams) {
    const found = authority
      ? this.rows.all<TeamRow>(
          `SELECT * FROM team WHERE ${TEAM_UNDER_EITHER_NAME} AND position > ? ORDER BY position LIMIT ?`,
          authority,
          authority,
          after,
          limit + 1,
        )
      : this.rows.all<TeamRow>('SELECT * FROM team WHERE position > ? ORDER BY position LIMIT ?', after, limit + 1);
    return pageOf(found, limit, (row) => row.position);
  }
}

@QueryHandler(ListLeavers)
export class ListLeaversHandler implements IQueryHandler<ListLeavers> {
  constructor(private readonly rows: Rows) {}
  async execute({ team }: ListLeavers) {
    return this.rows.all<LeaverRow>(
      'SELECT left_at, reason FROM team_leaver WHERE team = ? ORDER BY position DESC LIMIT 50',
      team,
    );
  }
}

export const teamQueries = [FindTeamHandler, ListTeamsHandler, ListLeaversHandler];
