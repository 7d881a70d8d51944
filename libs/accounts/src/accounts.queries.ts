import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Role } from '#kernel/codes';
import { type Page, pageOf } from '#projections/page';
import { Rows } from '#projections/rows';
import type { Giver, RoleReason } from './account.events.js';

export interface AccountRole {
  readonly role: Role;
  /** Empty: in every council. */
  readonly authority: string;
  readonly by_whom: Giver;
  readonly granted_at: string;
}

export interface AccountRow {
  readonly id: string;
  readonly authority: string;
  readonly stopped: number;
  readonly opened_at: string;
  readonly position: string;
  readonly roles: readonly AccountRole[];
}

/** The accounts of one council, or of all, oldest first. */
export class ListAccounts extends Query<Page<AccountRow>> {
  constructor(readonly filter: { authority?: string; after?: string; limit?: number }) {
    super();
  }
}

type Bare = Omit<AccountRow, 'roles'>;

const rolesOf = (rows: Rows, id: string): readonly AccountRole[] =>
  rows.all<AccountRole>(
    'SELECT role, authority, by_whom, granted_at FROM account_role WHERE account = ? ORDER BY authority, role',
    id,
  );

@QueryHandler(ListAccounts)
export class ListAccountsHandler implements IQueryHandler<ListAccounts> {
  constructor(private readonly rows: Rows) {}
  async execute({ filter: { authority, after = '', limit = 50 } }: ListAccounts) {
    const found = authority
      ? this.rows.all<Bare>(
          'SELECT * FROM account WHERE authority = ? AND position > ? ORDER BY position LIMIT ?',
          authority,
          after,
          limit + 1,
        )
      : this.rows.all<Bare>('SELECT * FROM account WHERE position > ? ORDER BY position LIMIT ?', after, limit + 1);
    const { items, next } = pageOf(found, limit, ({ position }) => position);
    return { items: items.map((row) => ({ ...row, roles: rolesOf(this.rows, row.id) })), next };
  }
}

export class FindAccount extends Query<AccountRow | undefined> {
  constructor(readonly id: string) {
    super();
  }
}

@QueryHandler(FindAccount)
export class FindAccountHandler implements IQueryHandler<FindAccount> {
  constructor(private readonly rows: Rows) {}
  async execute({ id }: FindAccount) {
    const row = this.rows.get<Bare>('SELECT * FROM account WHERE id = ?', id);
    return row && { ...row, roles: rolesOf(this.rows, id) };
  }
}

/** One thing that was done with an account or a token. */
export interface AccountAct {
  readonly position: string;
  /** The account, or the token. */
  readonly about: string;
  readonly type: string;
  readonly role: Role | null;
  readonly reason: RoleReason | null;
  readonly by_whom: Giver | null;
  readonly at: string;
}

/** What was done with one account, or what one person did with any; newest first, the last hundred. */
export class ListAccountActs extends Query<readonly AccountAct[]> {
  constructor(readonly filter: { readonly about: string } | { readonly actor: string }) {
    super();
  }
}

@QueryHandler(ListAccountActs)
export class ListAccountActsHandler implements IQueryHandler<ListAccountActs> {
  constructor(private readonly rows: Rows) {}
  async execute({ filter }: ListAccountActs) {
    return 'about' in filter
      ? this.rows.all<AccountAct>('SELECT * FROM account_act WHERE about = ? ORDER BY position DESC LIMIT 100', filter.about)
      : this.rows.all<AccountAct>('SELECT * FROM account_act WHERE actor = ? ORDER BY position DESC LIMIT 100', filter.actor);
  } // prettier-ignore
}

export const accountQueries = [ListAccountsHandler, FindAccountHandler, ListAccountActsHandler];
