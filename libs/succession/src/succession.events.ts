import { events, type EventsOf } from '#kernel/event';
import { code, date, id, list, words } from '#kernel/shape';

/** Who has what when councils merge or split. All of one order stands in one append, so it is there whole or not at all. */
export const successionEvents = events({
  /** `otherwise`: has whatever no rule names, and whatever is recorded late. */
  SuccessionOrdered: { succession: id, from: list(code), to: list(code), on: date, otherwise: code, reason: words },
  /** Teams with all that is theirs, and single promises, views or recommendations, that go to one of the new councils. */
  SuccessionAssigned: { succession: id, to: code, teams: list(id), things: list(id) },
  /** Only before its day. */
  SuccessionCalledOff: { succession: id, reason: words },
});

export type SuccessionEvent = EventsOf<typeof successionEvents>;
