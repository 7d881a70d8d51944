import type { Aggregate, Decided, Now } from '#kernel/aggregate';
import type { About, Actor, DomainEvent, Recorded } from '#kernel/event';
import { missing, Refusal } from '#kernel/refusal';
import type { Codec } from './codec.js';
import { type EventStore, type EventToAppend, type Position, RevisionConflict } from './event-store.js';
import { eventId } from './ids.js';
import { encodeLeaf, type Leaf, type SealedField } from './leaf.js';
import type { Sealer } from './sealer.js';

/** Who asked, when, and because of what: everything about a command that its body does not say. */
export interface CommandContext {
  readonly commandId: string;
  readonly actor: Actor;
  readonly now: Now;
  /** When it happened, if not now (paper, memory, imports). */
  readonly occurredAt?: string;
  readonly correlation?: string;
  /** Events that led to this command (a fan-out, a reminder, an import). */
  readonly causedBy?: readonly string[];
  /** The only authority whose things this actor may touch; what belongs to another is not there for them. */
  readonly within?: string;
  /** Added to what the aggregate says of itself. */
  readonly about?: About;
}

export interface Acted {
  readonly stream: string;
  /** Position of the last event of this command; wait for it to read your own write. Null when nothing was recorded. */
  readonly position: Position | null;
  readonly eventIds: readonly string[];
  /** True when an earlier delivery of the same command had recorded it already. */
  readonly repeated: boolean;
}

const ATTEMPTS = 30;

/** Load, decide, append, retry: the only writer of events in the product. */
export class Recorder {
  constructor(
    private readonly store: EventStore,
    private readonly codec: Codec,
    private readonly sealer: Sealer,
  ) {}

  /**
   * @throws Refusal when the rules say no.
   * @throws StoreUnavailable when the outcome is unknown: the same command may be sent again.
   */
  async act<S, E extends DomainEvent>(
    aggregate: Aggregate<S, E>,
    id: string,
    context: CommandContext,
    decide: (state: S) => Decided<E>,
  ): Promise<Acted> {
    const stream = `${aggregate.category}-${id}`;
    for (let attempt = 1; ; attempt++) {
      const loaded = await this.load(aggregate, stream);
      const owner = aggregate.about(loaded.state).authority;
      if (context.within !== undefined && owner !== undefined && owner !== context.within) throw missing('entry');
      const earlier = loaded.events.filter((event) => event.cause.command === context.commandId);
      if (earlier.length > 0) return acted(stream, earlier, true);

      const decided = decide(loaded.state);
      if (decided instanceof Refusal) throw decided;
      if (decided.length === 0) return { stream, position: null, eventIds: [], repeated: false };
      try {
        return await this.append(aggregate.about(loaded.state), stream, loaded, context, decided, aggregate);
      } catch (error) {
        if (!(error instanceof RevisionConflict) || attempt === ATTEMPTS) throw error;
        // Without jitter one busy writer starves the others (measured: 2 % of the fastest).
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 4 * attempt));
      }
    }
  }

  /** The state of one thing and how far its stream goes; for rules that need another thing's facts, and for reads that must be current. */
  async load<S, E extends DomainEvent>(aggregate: Aggregate<S, E>, stream: string): Promise<Loaded<S>> {
    const events: Recorded[] = [];
    let state = aggregate.initial;
    for await (const stored of this.store.read(stream)) {
      const event = this.codec.decode(stored);
      events.push(event);
      state = aggregate.evolve(state, event as never, event);
    }
    return { state, events };
  }

  private async append<S, E extends DomainEvent>(
    about: About,
    stream: string,
    loaded: Loaded<S>,
    context: CommandContext,
    decided: readonly E[],
    aggregate: Aggregate<S, E>,
  ): Promise<Acted> {
    const split = decided.map((event) => ({ event, ...this.codec.split(event.type, event.data) }));
    const subjects = [...new Set(split.flatMap(({ personal }) => [...personal.values()].map(({ of }) => of)))];
    const keys = subjects.length > 0 ? await this.sealer.keysFor(subjects, stream) : new Map<string, never>();
    const announced = new Set(
      loaded.events.flatMap(({ type, data }) => (type === 'SubjectKeyCreated' ? [(data as { kid: string }).kid] : [])),
    );
    const unannounced = [...keys.values()].filter(({ kid }) => !announced.has(kid));

    const all = [
      ...unannounced.map((key) => ({
        event: { type: 'SubjectKeyCreated', data: key },
        data: key,
        personal: new Map<string, never>(),
      })),
      ...split,
    ];
    const ids = all.map((_, index) => eventId(context.commandId, index));
    const toSeal = all.flatMap(({ event, personal }, index) =>
      [...personal].map(([pointer, { of, open }]) => ({
        index,
        eventId: ids[index] ?? '',
        type: this.codec.storedType(event.type),
        pointer,
        kid: keys.get(of)?.kid ?? '',
        value: open,
      })),
    );
    const sealed = toSeal.length > 0 ? await this.sealer.seal(toSeal) : [];

    // The first event of a new thing says what it is about; the state before it cannot.
    const after = decided.reduce(
      (state, event) =>
        aggregate.evolve(state, event, {
          occurredAt: context.occurredAt ?? context.now.instant,
          recordedAt: context.now.instant,
        }),
      loaded.state,
    );
    const first = loaded.events.length;
    const correlation = context.correlation ?? context.commandId;
    const batch: EventToAppend[] = all.map(({ event, data }, index) => {
      const leaf: Leaf = {
        v: 1,
        id: ids[index] ?? '',
        stream,
        rev: first + index,
        type: this.codec.storedType(event.type),
        occurredAt: context.occurredAt ?? context.now.instant,
        recordedAt: context.now.instant,
        actor: context.actor,
        about: { ...about, ...aggregate.about(after), ...context.about },
        cause: { command: context.commandId, correlation, events: context.causedBy ?? [] },
        data,
        sealed: fieldsOf(index, toSeal, sealed),
      };
      return {
        id: leaf.id,
        type: leaf.type,
        leaf: encodeLeaf(leaf),
        correlation,
        ...(context.causedBy?.[0] && { causation: context.causedBy[0] }),
      };
    });
    const { position } = await this.store.append(stream, batch, first === 0 ? 'none' : first - 1);
    return { stream, position, eventIds: ids.slice(unannounced.length), repeated: false };
  }
}

export interface Loaded<S> {
  readonly state: S;
  readonly events: readonly Recorded[];
}

const fieldsOf = (
  index: number,
  asked: readonly { index: number; pointer: string }[],
  sealed: readonly SealedField[],
): Leaf['sealed'] =>
  Object.fromEntries(
    asked.flatMap((field, at) => (field.index === index ? [[field.pointer, sealed[at] as SealedField]] : [])),
  );

const acted = (stream: string, events: readonly Recorded[], repeated: boolean): Acted => ({
  stream,
  position: events.at(-1)?.position ?? null,
  eventIds: events.filter(({ type }) => type !== 'SubjectKeyCreated').map(({ id }) => id),
  repeated,
});
