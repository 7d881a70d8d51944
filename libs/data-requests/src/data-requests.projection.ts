import { streamId } from '#kernel/event';
import { projection } from '#projections/projection';
import type { DataRequestEvent } from './data-request.events.js';

/** What people asked about their information, and where each stands. Who they are is not in here. */
export const dataRequestsProjection = projection<DataRequestEvent>({
  name: 'data-requests',
  version: 1,
  tables: `
    CREATE TABLE data_request (
      id TEXT PRIMARY KEY, authority TEXT NOT NULL, kind TEXT NOT NULL, channel TEXT NOT NULL, received_on TEXT NOT NULL,
      acknowledged_on TEXT, pauses TEXT NOT NULL, extended TEXT,
      outcome TEXT, ground TEXT, answered_on TEXT, answered_by TEXT, position TEXT NOT NULL) STRICT;
    CREATE INDEX data_request_open ON data_request (authority, answered_on, received_on);`,
  on: {
    DataRequestReceived: (rows, { stream, data, position }) =>
      rows.run(
        "INSERT INTO data_request VALUES (?, ?, ?, ?, ?, NULL, '[]', NULL, NULL, NULL, NULL, NULL, ?)",
        streamId(stream),
        data.authority,
        data.kind,
        data.channel,
        data.receivedOn,
        position,
      ),
    DataRequestAcknowledged: (rows, { stream, data }) =>
      rows.run('UPDATE data_request SET acknowledged_on = ? WHERE id = ?', data.on, streamId(stream)),
    DataRequestPaused: (rows, { stream, data }) =>
      rows.run(
        "UPDATE data_request SET pauses = json_insert(pauses, '$[#]', json_object('from', ?, 'why', ?)) WHERE id = ?",
        data.on,
        data.why,
        streamId(stream),
      ),
    // There is one pause at a time, and it is the last.
    DataRequestResumed: (rows, { stream, data }) =>
      rows.run(
        "UPDATE data_request SET pauses = json_set(pauses, '$[#-1].to', ?) WHERE id = ?",
        data.on,
        streamId(stream),
      ),
    DataRequestExtended: (rows, { stream, data }) =>
      rows.run('UPDATE data_request SET extended = ? WHERE id = ?', data.why, streamId(stream)),
    DataRequestAnswered: (rows, { stream, data, actor }) =>
      rows.run(
        'UPDATE data_request SET outcome = ?, ground = ?, answered_on = ?, answered_by = ? WHERE id = ?',
        data.outcome,
        data.ground ?? null,
        data.on,
        actor.role,
        streamId(stream),
      ),
  },
});
