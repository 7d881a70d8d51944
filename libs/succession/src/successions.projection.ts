import type { HandedOver, HandoverEvent } from '#authorities/handover.events';
import { type Recorded, streamId } from '#kernel/event';
import { sealedRef } from '#kernel/personal';
import type { TransferEvent } from '#lifecycle/lifecycle.events';
import { projection } from '#projections/projection';
import type { Rows } from '#projections/rows';
import type { SuccessionEvent } from './succession.events.js';

/** Every order of succession with its rules, and everything that passed to a new council. */
export const successionsProjection = projection<SuccessionEvent | HandoverEvent | TransferEvent>({
  name: 'successions',
  version: 1,
  tables: `
    CREATE TABLE succession (
      id TEXT PRIMARY KEY, on_day TEXT NOT NULL, otherwise TEXT NOT NULL, reason TEXT NOT NULL, ordered_at TEXT NOT NULL, event TEXT NOT NULL,
      called_off_at TEXT, position TEXT NOT NULL) STRICT;
    CREATE TABLE succession_council (
      succession TEXT NOT NULL, side TEXT NOT NULL, place INTEGER NOT NULL, authority TEXT NOT NULL, PRIMARY KEY (succession, side, place)) STRICT, WITHOUT ROWID;
    CREATE TABLE succession_rule (
      succession TEXT NOT NULL, what TEXT NOT NULL, id TEXT NOT NULL, to_authority TEXT NOT NULL, PRIMARY KEY (succession, what, id)) STRICT, WITHOUT ROWID;
    CREATE TABLE handover (
      position TEXT PRIMARY KEY, succession TEXT NOT NULL, kind TEXT NOT NULL, thing TEXT NOT NULL, from_authority TEXT NOT NULL, to_authority TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE INDEX handover_of ON handover (succession, from_authority, kind);
    CREATE INDEX handover_from ON handover (from_authority, kind, thing);`,
  on: {
    SuccessionOrdered: (rows, { id, data, recordedAt, position }) => {
      rows.run(
        'INSERT INTO succession VALUES (?, ?, ?, ?, ?, ?, NULL, ?)',
        data.succession, data.on, data.otherwise, sealedRef(data.reason), recordedAt, id, position,
      ); // prettier-ignore
      for (const side of ['from', 'to'] as const)
        data[side].forEach((code, place) =>
          rows.run('INSERT INTO succession_council VALUES (?, ?, ?, ?)', data.succession, side, place, code),
        );
    },
    SuccessionAssigned: (rows, { data: { succession, to, teams, things } }) => {
      for (const [what, ids] of [['team', teams], ['thing', things]] as const)
        for (const id of ids) rows.run('INSERT OR IGNORE INTO succession_rule VALUES (?, ?, ?, ?)', succession, what, id, to);
    }, // prettier-ignore
    SuccessionCalledOff: (rows, { data, recordedAt }) =>
      rows.run('UPDATE succession SET called_off_at = ? WHERE id = ?', recordedAt, data.succession),
    PassedToSuccessor: (rows, event) => passed(rows, event, event.data.recommendation),
    CommitmentTransferred: (rows, event) => passed(rows, event),
    ServiceChangeTransferred: (rows, event) => passed(rows, event),
  },
});

/** Kinds of things by the category of their stream; a recommendation passes in the stream of its audit. */
const passed = (rows: Rows, event: Recorded<{ type: string; data: HandedOver }>, recommendation?: string): void => {
  const { succession, from, to } = event.data;
  const kind = recommendation === undefined ? event.stream.slice(0, event.stream.indexOf('-')) : 'recommendation';
  rows.run(
    'INSERT INTO handover VALUES (?, ?, ?, ?, ?, ?)',
    event.position, succession, kind, recommendation ?? streamId(event.stream), from, to,
  ); // prettier-ignore
};
