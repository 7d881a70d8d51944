import { SETTINGS } from './setting-rules.js';
import { events, type EventsOf } from '#kernel/event';
import { code, count, date, list, oneOf, optional, text, words } from '#kernel/shape';

export const authorityEvents = events({
  /** Goes first in the whole log: which log this is. */
  LogCreated: { leafFormat: text, filterRule: text },
  AuthorityRegistered: {
    /** Kebab-case name, stable for ever: `central-bedfordshire`. */
    authority: code,
    name: text,
    /** Office for National Statistics code (GSS); only councils have one, a body that an import names has none. */
    gss: optional(text),
    validFrom: optional(date),
    validTo: optional(date),
  },
  /** How long its clocks run; one number, or one for every step of the reminder ladder. */
  AuthoritySettingChanged: { authority: code, setting: oneOf(...SETTINGS), value: list(count), reason: words },
  AuthoritySucceeded: { authority: code, successors: list(code), on: date },
});

export type AuthorityEvent = EventsOf<typeof authorityEvents>;
