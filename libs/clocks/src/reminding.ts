import type { Aggregate, Decided } from '#kernel/aggregate';
import type { ReminderEvent } from './reminder.events.js';

/** The ladder of this whole record: whether it was switched on, once and for all councils. */
export const reminding: Aggregate<{ readonly isOn: boolean }, ReminderEvent> = {
  category: 'reminding',
  initial: { isOn: false },
  about: () => ({}),
  evolve: (state, event) => (event.type === 'RemindersSwitchedOn' ? { isOn: true } : state),
};

export const switchOn = (state: { readonly isOn: boolean }, today: string): Decided<ReminderEvent> =>
  state.isOn ? [] : [{ type: 'RemindersSwitchedOn', data: { on: today } }];
