import { projection } from '#projections/projection';
import type { AuthorityEvent } from './authority.events.js';

export const authoritiesProjection = projection<AuthorityEvent>({
  name: 'authorities',
  version: 3,
  tables: `
    CREATE TABLE authority (code TEXT PRIMARY KEY, name TEXT NOT NULL, gss TEXT, valid_from TEXT, valid_to TEXT) STRICT;
    CREATE TABLE authority_successor (code TEXT NOT NULL, successor TEXT NOT NULL, on_day TEXT NOT NULL, PRIMARY KEY (code, successor)) STRICT;`,
  on: {
    AuthorityRegistered: (rows, { data }) =>
      rows.run(
        'INSERT INTO authority VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
        data.authority,
        data.name,
        data.gss,
        data.validFrom,
        data.validTo,
      ),
    AuthoritySucceeded: (rows, { data }) => {
      // The day of succession is the first of the new council: the old one ends with the day before.
      rows.run(`UPDATE authority SET valid_to = date(?, '-1 day') WHERE code = ?`, data.on, data.authority);
      for (const successor of data.successors)
        rows.run('INSERT OR REPLACE INTO authority_successor VALUES (?, ?, ?)', data.authority, successor, data.on);
    },
  },
});
