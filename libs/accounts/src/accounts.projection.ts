import { streamId } from '#kernel/event';
import { projection } from '#projections/projection';
import type { AccountEvent } from './account.events.js';

/** Accounts and their roles, for lists. Whether a role counts is asked of the account's own stream at every request. */
export const accountsProjection = projection<AccountEvent>({
  name: 'accounts',
  version: 1,
  tables: `
    CREATE TABLE account (id TEXT PRIMARY KEY, authority TEXT NOT NULL, stopped INTEGER NOT NULL, opened_at TEXT NOT NULL, position TEXT NOT NULL) STRICT;
    CREATE INDEX account_by_authority ON account (authority, position);
    CREATE UNIQUE INDEX account_by_position ON account (position);
    CREATE TABLE account_role (account TEXT NOT NULL, role TEXT NOT NULL, authority TEXT NOT NULL, by_whom TEXT NOT NULL, granted_at TEXT NOT NULL, PRIMARY KEY (account, role, authority)) STRICT;`,
  on: {
    AccountOpened: (rows, { stream, data, occurredAt, position }) =>
      rows.run('INSERT INTO account VALUES (?, ?, 0, ?, ?)', streamId(stream), data.authority, occurredAt, position),
    RoleGranted: (rows, { stream, data, occurredAt }) =>
      rows.run(
        'INSERT OR REPLACE INTO account_role VALUES (?, ?, ?, ?, ?)',
        streamId(stream),
        data.role,
        data.authority ?? '',
        data.by,
        occurredAt,
      ),
    RoleWithdrawn: (rows, { stream, data }) =>
      rows.run(
        'DELETE FROM account_role WHERE account = ? AND role = ? AND authority = ?',
        streamId(stream),
        data.role,
        data.authority ?? '',
      ),
    AccountStopped: (rows, { stream }) => rows.run('UPDATE account SET stopped = 1 WHERE id = ?', streamId(stream)),
    AccountStarted: (rows, { stream }) => rows.run('UPDATE account SET stopped = 0 WHERE id = ?', streamId(stream)),
  },
});
