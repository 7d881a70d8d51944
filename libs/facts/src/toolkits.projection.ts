import { projection } from '#projections/projection';
import type { ToolkitEvent } from './toolkit.events.js';

/** The text of every version of every toolkit that was loaded. Nothing in it is personal. */
export const toolkitsProjection = projection<ToolkitEvent>({
  name: 'toolkits',
  version: 1,
  tables: `
    CREATE TABLE toolkit_version (
      toolkit TEXT NOT NULL, version TEXT NOT NULL, document TEXT NOT NULL, position TEXT NOT NULL,
      PRIMARY KEY (toolkit, version)) STRICT;`,
  on: {
    ToolkitPublished: (rows, { data, position }) =>
      rows.run(
        'INSERT OR REPLACE INTO toolkit_version VALUES (?, ?, ?, ?)',
        data.toolkit,
        data.version,
        JSON.stringify(data),
        position,
      ),
  },
});
