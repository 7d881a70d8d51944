import { type Recorded, streamId } from '#kernel/event';
import { projection } from '#projections/projection';
import type { Rows } from '#projections/rows';
import type { AccessTokenEvent, AccountEvent } from './account.events.js';

/** Accounts and their roles, for lists. Whether a role counts is asked of the account's own stream at every request. */
export const accountsProjection = projection<AccountEvent | AccessTokenEvent>({
  name: 'accounts',
  version: 2,
  tables: `
    CREATE TABLE account (id TEXT PRIMARY KEY, authority TEXT NOT NULL, stopped INTEGER NOT NULL, opened_at TEXT NOT NULL, position TEXT NOT NULL) STRICT;
    CREATE INDEX account_by_authority ON account (authority, position);
    CREATE UNIQUE INDEX account_by_position ON account (position);
    CREATE TABLE account_role (account TEXT NOT NULL, role TEXT NOT NULL, authority TEXT NOT NULL, by_whom TEXT NOT NULL, granted_at TEXT NOT NULL, PRIMARY KEY (account, role, authority)) STRICT;
    CREATE TABLE account_act (position TEXT PRIMARY KEY, about TEXT NOT NULL, type TEXT NOT NULL, role TEXT, reason TEXT, by_whom TEXT, actor TEXT NOT NULL, at TEXT NOT NULL) STRICT;
    CREATE INDEX account_act_about ON account_act (about, position);
    CREATE INDEX account_act_by ON account_act (actor, position);`,
  on: {
    AccountOpened: (rows, { stream, data, occurredAt, position }) =>
      rows.run('INSERT INTO account VALUES (?, ?, 0, ?, ?)', streamId(stream), data.authority, occurredAt, position),
    RoleGranted: (rows, event) => {
      const { stream, data, occurredAt } = event;
      const { role, authority = '', by } = data;
      rows.run('INSERT OR REPLACE INTO account_role VALUES (?, ?, ?, ?, ?)', streamId(stream), role, authority, by, occurredAt); // prettier-ignore
      tell(rows, event);
    },
    RoleWithdrawn: (rows, event) => {
      const { role, authority = '' } = event.data;
      rows.run('DELETE FROM account_role WHERE account = ? AND role = ? AND authority = ?', streamId(event.stream), role, authority); // prettier-ignore
      tell(rows, event);
    },
    AccountStopped: (rows, event) => {
      rows.run('UPDATE account SET stopped = 1 WHERE id = ?', streamId(event.stream));
      tell(rows, event);
    },
    AccountStarted: (rows, event) => {
      rows.run('UPDATE account SET stopped = 0 WHERE id = ?', streamId(event.stream));
      tell(rows, event);
    },
    SessionsEnded: (rows, event) => tell(rows, event),
    TokenRevoked: (rows, event) => tell(rows, event),
  },
});

type Told = Exclude<AccountEvent, { type: 'AccountOpened' }> | AccessTokenEvent;

/** What was done, to whom and by whom, in ids: for the page of an account and for whoever did it. */
const tell = (rows: Rows, { position, stream, type, data, actor, occurredAt }: Recorded<Told>): void => {
  const role = 'role' in data ? data.role : undefined;
  rows.run('INSERT INTO account_act VALUES (?, ?, ?, ?, ?, ?, ?, ?)', position, streamId(stream), type, role, data.reason, data.by, actor.ref, occurredAt); // prettier-ignore
};
