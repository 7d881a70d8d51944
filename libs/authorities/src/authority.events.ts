import { events, type EventsOf } from '#kernel/event';
import { code, date, list, optional, text } from '#kernel/shape';

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
  AuthoritySucceeded: { authority: code, successors: list(code), on: date },
});

export type AuthorityEvent = EventsOf<typeof authorityEvents>;
