import { projection } from '#projections/projection';
import type { PledgeEvent } from './pledge.events.js';

/** The text of every version of every pledge. Nothing in it is personal. */
export const pledgesProjection = projection<PledgeEvent>({
  name: 'pledges',
  version: 1,
  tables: `
    CREATE TABLE pledge_version (
      pledge TEXT NOT NULL, version TEXT NOT NULL, document TEXT NOT NULL, published_at TEXT NOT NULL, position TEXT NOT NULL,
      PRIMARY KEY (pledge, version)) STRICT;`,
  on: {
    PledgeVersionPublished: (rows, { data, recordedAt, position }) =>
      rows.run(
        'INSERT OR REPLACE INTO pledge_version VALUES (?, ?, ?, ?, ?)',
        data.pledge,
        data.version,
        JSON.stringify(data),
        recordedAt,
        position,
      ),
  },
});
