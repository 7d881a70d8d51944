import { events, type EventsOf } from '#kernel/event';
import { code, date, id, optional } from '#kernel/shape';

/** From which council to which, from which day on, and the order of succession that says so. */
export const handoverShapes = { from: code, to: code, on: date, succession: id };

/** Whatever is open passes to a new council: a team, a view that waits, a meeting to come, a person, a recommendation. */
export const handoverEvents = events({
  PassedToSuccessor: {
    ...handoverShapes,
    /** Of an audit, the one recommendation that passes; left out: the whole thing does. */
    recommendation: optional(id),
  },
});

export type HandoverEvent = EventsOf<typeof handoverEvents>;
export type HandedOver = HandoverEvent['data'];
