import { events, type EventsOf } from '#kernel/event';
import { code, fields, list, optional, text } from '#kernel/shape';

/** A toolkit as a file holds it and as the record keeps it: the same shape checks both. */
export const toolkitShapes = {
  /** Kebab-case name, stable over all versions. */
  toolkit: code,
  version: code,
  title: text,
  language: code,
  /** Kinds of people and bodies, never names of people. */
  authors: list(text),
  source: text,
  /** Lowest first. */
  levels: list(fields({ code, name: text })),
  /** What is looked at; each says what every level means for it. */
  criteria: list(
    fields({ code, question: text, hint: optional(text), levels: list(fields({ level: code, means: text })) }),
  ),
};

export const toolkitEvents = events({ ToolkitPublished: toolkitShapes });

export type ToolkitEvent = EventsOf<typeof toolkitEvents>;
export type Toolkit = ToolkitEvent['data'];
