import { events, type EventsOf } from '#kernel/event';
import { date } from '#kernel/shape';

export const reminderEvents = events({
  /** From this day on the ladder counts: what was late before is not reminded of the past. Once in a record. */
  RemindersSwitchedOn: { on: date },
});

export type ReminderEvent = EventsOf<typeof reminderEvents>;
