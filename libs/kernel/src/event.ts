import type { Fields, FieldsOf, Shape } from './shape.js';
import { fields } from './shape.js';

/** The events of one concept by name (`DecisionMade`), each with the shape of its data. */
export type EventMap = Readonly<Record<string, Shape<unknown>>>;

export type EventsOf<M extends EventMap> = {
  [K in keyof M & string]: { readonly type: K; readonly data: M[K] extends Shape<infer T> ? T : never };
}[keyof M & string];

export const events = <const M extends Record<string, Fields>>(
  map: M,
): { readonly [K in keyof M]: Shape<FieldsOf<M[K]>> } =>
  Object.fromEntries(Object.entries(map).map(([name, shapes]) => [name, fields(shapes)])) as never;

/** An event as the domain sees it. */
export interface DomainEvent {
  readonly type: string;
  readonly data: object;
}

/** Who acted: a role and a pseudonymous reference, never a name. */
export interface Actor {
  readonly role: string;
  readonly ref: string;
}

/** What an event is about, beside its stream: kept with every event so that authority, team and pledge can be asked for. */
export interface About {
  readonly authority?: string;
  readonly team?: string;
  readonly pledge?: readonly string[];
  /** How exactly `occurredAt` is known, when the source did not give an instant. */
  readonly precision?: 'day' | 'month' | 'year';
  /** The import that brought it: its stream says from which file, when, by whom. */
  readonly import?: string;
  /** Made by the fan-out of a recorded meeting: hidden until that meeting's OutcomesApplied. */
  readonly fanOut?: true;
}

/** The id part of a stream name: `decision-<uuid>` → `<uuid>`. */
export const streamId = (stream: string): string => stream.slice(stream.indexOf('-') + 1);

/** An event that has been recorded, decoded: today's shape, with references in the place of personal words. */
export interface Recorded<E extends DomainEvent = DomainEvent> {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: string;
  readonly type: E['type'];
  readonly data: E['data'];
  /** When it happened (ISO 8601 UTC). */
  readonly occurredAt: string;
  /** When it was written down; differs from `occurredAt` for paper, memory and imports, and pages say so. */
  readonly recordedAt: string;
  readonly actor: Actor;
  readonly about: About;
  readonly cause: Cause;
}

export interface Cause {
  /** The command that led to it. */
  readonly command: string;
  /** The whole conversation: copied on from what caused the command. */
  readonly correlation: string;
  /** Ids of the events that directly led to it. */
  readonly events: readonly string[];
}
