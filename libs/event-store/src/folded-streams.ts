import type { Aggregate } from '#kernel/aggregate';
import type { DomainEvent, Recorded } from '#kernel/event';
import type { Codec } from './codec.js';
import type { EventStore, Position } from './event-store.js';

/** What the recorder needs of a stream: its state, its end, which commands it holds and which keys it has announced. */
export interface Folded<S> {
  readonly state: S;
  /** Revision that the next event will have. */
  readonly next: number;
  readonly commands: ReadonlyMap<string, readonly { readonly id: string; readonly position: Position }[]>;
  readonly keys: ReadonlySet<string>;
}

interface Mutable<S> {
  state: S;
  next: number;
  commands: Map<string, { id: string; position: Position }[]>;
  keys: Set<string>;
}

/** Most events kept folded in memory, over all streams. */
const MOST_EVENTS = 100_000;

/**
 * Streams folded so far. Events never change, so what was folded stays true and only the tail is read again: a stream
 * that gets an answer a day for ten years costs the same as a short one.
 */
export class FoldedStreams {
  private readonly kept = new Map<string, Mutable<unknown>>();
  private events = 0;

  constructor(
    private readonly store: EventStore,
    private readonly codec: Codec,
  ) {}

  async current<S, E extends DomainEvent>(aggregate: Aggregate<S, E>, stream: string): Promise<Folded<S>> {
    // Taken out while it is brought up to date, so that two readers never fold the same tail twice into one state.
    const folded = (this.take(stream) as Mutable<S> | undefined) ?? {
      state: aggregate.initial,
      next: 0,
      commands: new Map(),
      keys: new Set(),
    };
    for await (const stored of this.store.read(stream, { from: folded.next }))
      fold(aggregate, folded, this.codec.decode(stored));
    this.keep(stream, folded);
    return { ...folded };
  }

  private take(stream: string): Mutable<unknown> | undefined {
    const folded = this.kept.get(stream);
    if (folded) this.events -= folded.next;
    this.kept.delete(stream);
    return folded;
  }

  private keep(stream: string, folded: Mutable<unknown>): void {
    this.take(stream);
    // A stream without events has nothing to remember, and would never count towards the most there may be.
    if (folded.next === 0) return;
    this.kept.set(stream, folded);
    this.events += folded.next;
    for (const oldest of this.kept.keys()) {
      if (this.events <= MOST_EVENTS) return;
      this.take(oldest);
    }
  }
}

const fold = <S, E extends DomainEvent>(aggregate: Aggregate<S, E>, folded: Mutable<S>, event: Recorded): void => {
  folded.state = aggregate.evolve(folded.state, event as never, event);
  folded.next = event.revision + 1;
  if (event.type === 'SubjectKeyCreated') folded.keys.add((event.data as { kid: string }).kid);
  else
    folded.commands.set(event.cause.command, [
      ...(folded.commands.get(event.cause.command) ?? []),
      { id: event.id, position: event.position },
    ]);
};
