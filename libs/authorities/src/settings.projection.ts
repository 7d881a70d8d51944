import { streamId } from '#kernel/event';
import { sealedRef } from '#kernel/personal';
import { projection } from '#projections/projection';
import type { AuthorityEvent } from './authority.events.js';

/** What each council set, and when: every value ever, because a clock keeps the one that was in force when it started. */
export const settingsProjection = projection<AuthorityEvent>({
  name: 'authority-settings',
  version: 1,
  tables: `
    CREATE TABLE authority_stream (authority TEXT PRIMARY KEY, id TEXT NOT NULL) STRICT;
    CREATE TABLE authority_setting (
      authority TEXT NOT NULL, setting TEXT NOT NULL, value TEXT NOT NULL, reason TEXT NOT NULL,
      changed_at TEXT NOT NULL, role TEXT NOT NULL, position TEXT NOT NULL) STRICT;
    CREATE INDEX authority_setting_of ON authority_setting (authority, setting, changed_at, position);
    CREATE INDEX authority_setting_history ON authority_setting (authority, position);`,
  on: {
    AuthorityRegistered: (rows, { stream, data }) =>
      rows.run('INSERT INTO authority_stream VALUES (?, ?) ON CONFLICT DO NOTHING', data.authority, streamId(stream)),
    AuthoritySettingChanged: (rows, { data, recordedAt, actor, position }) =>
      rows.run(
        'INSERT INTO authority_setting VALUES (?, ?, ?, ?, ?, ?, ?)',
        data.authority,
        data.setting,
        JSON.stringify(data.value),
        sealedRef(data.reason),
        recordedAt,
        actor.role,
        position,
      ),
  },
});
