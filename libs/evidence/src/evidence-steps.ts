import { type Recorded, streamId } from '#kernel/event';
import { londonDay } from '#kernel/time';
import type { Rows } from '#projections/rows';
import { type Change, keep } from './evidence-book.js';
import type { Thing, ThingFacts } from './things.js';

/** The day on which it happened, as exactly as the source says it. */
export const dayOf = ({ occurredAt }: Recorded): string => londonDay(occurredAt);

type Making = Extract<Change, { op: 'make' }>;

export const make = <T extends Thing>(
  rows: Rows,
  event: Recorded,
  thing: T,
  facts: { [K in keyof ThingFacts[T]]: ThingFacts[T][K] | undefined },
  more: Partial<Omit<Making, 'op' | 'thing' | 'facts' | 'entry'>> = {},
  id = streamId(event.stream),
): void => {
  const { authority, team, import: from } = event.about;
  change(rows, event, {
    op: 'make', thing, authority, team, role: event.actor.role, mayShow: true, shown: true, day: dayOf(event),
    entry: [event.type, event.id], ...more,
    facts: from === undefined ? facts : { ...facts, imported: true },
  }, id); // prettier-ignore
};

export const setFacts = (
  rows: Rows,
  event: Recorded,
  facts: Readonly<Record<string, unknown>>,
  id = streamId(event.stream),
): void => change(rows, event, { op: 'set', facts, entry: [event.type, event.id] }, id);

export const movePromise = (rows: Rows, event: Recorded, state: string): void => setFacts(rows, event, { state });

/** What the fan-out makes is caused by the item, then by the recording: that is what it waits for. */
export const change = (rows: Rows, event: Recorded, what: Change, id = streamId(event.stream)): void => {
  if (!event.about.fanOut) return keep(rows, id, what);
  rows.run(
    `INSERT INTO evidence_waiting SELECT ?1, coalesce(max(n), 0) + 1, ?2, ?3 FROM evidence_waiting WHERE recording = ?1`,
    event.cause.events.at(-1) ?? '',
    id,
    JSON.stringify(what),
  );
};
