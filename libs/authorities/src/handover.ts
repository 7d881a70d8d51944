import type { Decided } from '#kernel/aggregate';
import { type About, type Recorded, streamId } from '#kernel/event';
import type { Rows } from '#projections/rows';
import type { HandedOver, HandoverEvent } from './handover.events.js';

interface Held {
  readonly about: About;
}

/** The thing is the new council's from here on; its id, its words and its past stay as they are. */
export const inNewHands = <S extends Held>(state: S, { to }: Pick<HandedOver, 'to'>): S => ({
  ...state,
  about: { ...state.about, authority: to },
});

/** Once: what another council has already is left alone, so a run that was cut off may run again. */
export const passOn = ({ about }: Held, given: HandedOver): Decided<HandoverEvent> =>
  about.authority === given.from ? [{ type: 'PassedToSuccessor', data: given }] : [];

/** For a read model: the row of a thing follows it to the new council. */
export const followTo =
  (table: string) =>
  (rows: Rows, { stream, data }: Recorded<{ type: string; data: Pick<HandedOver, 'to'> }>): void =>
    rows.run(`UPDATE ${table} SET authority = ? WHERE id = ?`, data.to, streamId(stream));

/**
 * SQL, true for a row of a council that is there or was there before: whoever knows the old name finds what passed on, and
 * whoever knows the new one too. Takes the council twice. `handover` is the table of libs/succession.
 */
const EITHER = `authority = ? OR id IN (SELECT thing FROM handover WHERE from_authority = ?`;
export const CHANGE_UNDER_EITHER_NAME = `(${EITHER} AND kind = 'serviceChange'))`;
export const TEAM_UNDER_EITHER_NAME = `(${EITHER} AND kind = 'team'))`;
export const DECISION_UNDER_EITHER_NAME = `(${EITHER} AND kind = 'decision'))`;
