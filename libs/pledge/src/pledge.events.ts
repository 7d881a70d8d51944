import { events, type EventsOf } from '#kernel/event';
import { code, date, fields, list, optional, text } from '#kernel/shape';

const line = fields({ code, text });

/** A pledge as a file holds it and as the record keeps it: the same shape checks both. */
export const pledgeShapes = {
  /** Kebab-case name, stable over all versions: `east-of-england`. */
  pledge: code,
  version: code,
  title: text,
  language: code,
  /** Kinds of people and bodies, never names of people. */
  authors: list(text),
  source: text,
  /** Left out where nobody wrote down from when it holds. */
  validFrom: optional(date),
  validTo: optional(date),
  /** The councils that made it. */
  authorities: list(code),
  opening: list(fields({ heading: optional(text), text })),
  /** What the opening claims, and so must be looked at too. */
  claims: list(line),
  promises: list(fields({ code, text, parts: list(line) })),
  steps: list(line),
  statementsLead: text,
  /** `sameAs`: the same words as an earlier statement: asked once, shown in both places, counted once. */
  groups: list(fields({ code, text, statements: list(fields({ code, text, sameAs: optional(code) })) })),
};

export const pledgeEvents = events({ PledgeVersionPublished: pledgeShapes });

export type PledgeEvent = EventsOf<typeof pledgeEvents>;
export type PledgeVersion = Extract<PledgeEvent, { type: 'PledgeVersionPublished' }>['data'];
