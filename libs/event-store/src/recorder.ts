import type { Aggregate, Decided, Now } from '#kernel/aggregate';
import type { About, Actor, DomainEvent, Recorded } from '#kernel/event';
import type { Json, OpenPersonal } from '#kernel/personal';
import { missing, Refusal, Refusals } from '#kernel/refusal';
import type { Codec } from './codec.js';
import { type EventStore, type EventToAppend, type Position, RevisionConflict } from './event-store.js';
import { eventId } from './ids.js';
import { encodeLeaf, type Leaf, type SealedField } from './leaf.js';
import { type Folded, FoldedStreams } from './folded-streams.js';
import { type AnnouncedKey, partOf, type Sealer } from './sealer.js';

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

/** About four seconds in all: on a machine that is busy with other work thirty were not always enough for two writers of one stream. */
const ATTEMPTS = 60;

/** Load, decide, append, retry: the only writer of events in the product. */
export class Recorder {
  private readonly folded: FoldedStreams;

  constructor(
    private readonly store: EventStore,
    private readonly codec: Codec,
    private readonly sealer: Sealer,
  ) {
    this.folded = new FoldedStreams(store, codec);
  }

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
      const folded = await this.folded.current(aggregate, stream);
      const owner = aggregate.about(folded.state).authority;
      if (context.within !== undefined && owner !== undefined && owner !== context.within) throw missing('entry');
      const earlier = folded.commands.get(context.commandId);
      if (earlier)
        return {
          stream,
          position: earlier.at(-1)?.position ?? null,
          eventIds: earlier.map((event) => event.id),
          repeated: true,
        };

      const decided = decide(folded.state);
      if (decided instanceof Refusal || decided instanceof Refusals) throw decided;
      if (decided.length === 0) return { stream, position: null, eventIds: [], repeated: false };
      try {
        return await this.append(aggregate, stream, folded, context, decided);
      } catch (error) {
        if (!(error instanceof RevisionConflict) || attempt === ATTEMPTS) throw error;
        // Without jitter one busy writer starves the others (measured: 2 % of the fastest).
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 4 * attempt));
      }
    }
  }

  /** One thing as it stands now, with its whole history: for rules that need another thing's facts, and the fan-out. */
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
    aggregate: Aggregate<S, E>,
    stream: string,
    folded: Folded<S>,
    context: CommandContext,
    decided: readonly E[],
  ): Promise<Acted> {
    const at = { occurredAt: context.occurredAt ?? context.now.instant, recordedAt: context.now.instant };
    // The first event of a new thing says what it is about; the state before it cannot.
    const after = decided.reduce((state, event) => aggregate.evolve(state, event, at), folded.state);
    const about = { ...aggregate.about(folded.state), ...aggregate.about(after), ...context.about };
    if (context.within !== undefined && about.authority !== undefined && about.authority !== context.within)
      throw missing('entry');

    const split: Split[] = decided.map((event) => ({ type: event.type, ...this.codec.split(event.type, event.data) }));
    const keys = await this.keysFor(split, stream);
    const unannounced = [...keys.values()].filter(({ kid }) => !folded.keys.has(kid));
    const all: Split[] = [
      ...unannounced.map((key) => ({ type: 'SubjectKeyCreated', data: key, personal: new Map() })),
      ...split,
    ];
    const ids = all.map((_, index) => eventId(context.commandId, index));
    const sealed = await this.seal(all, ids, keys);

    const correlation = context.correlation ?? context.commandId;
    const batch = all.map(({ type, data }, index): EventToAppend => {
      const leaf: Leaf = {
        v: 1,
        id: ids[index] ?? '',
        stream,
        rev: folded.next + index,
        type: this.codec.storedType(type),
        ...at,
        actor: context.actor,
        about,
        cause: { command: context.commandId, correlation, events: context.causedBy ?? [] },
        data,
        sealed: sealed[index] ?? {},
      };
      return {
        id: leaf.id,
        type: leaf.type,
        leaf: encodeLeaf(leaf),
        correlation,
        ...(context.causedBy?.[0] && { causation: context.causedBy[0] }),
      };
    });
    const { position } = await this.store.append(stream, batch, folded.next === 0 ? 'none' : folded.next - 1);
    return { stream, position, eventIds: ids.slice(unannounced.length), repeated: false };
  }

  private async keysFor(split: readonly Split[], stream: string): Promise<ReadonlyMap<string, AnnouncedKey>> {
    const all = split.flatMap(({ personal }) => [...personal.values()]);
    const keys = new Map<string, AnnouncedKey>();
    for (const item of new Set(all.map((each) => each.item))) {
      const subjects = [...new Set(all.filter((each) => each.item === item).map(({ of }) => of))];
      const made = await this.sealer.keysFor(subjects, item === undefined ? stream : partOf(stream, item));
      for (const [of, key] of made) keys.set(nameOf({ of, item }), key);
    }
    return keys;
  }

  /** Seals all fields of a batch at once (one durable write) and hands them back event by event. */
  private async seal(
    all: readonly Split[],
    ids: readonly string[],
    keys: ReadonlyMap<string, AnnouncedKey>,
  ): Promise<Leaf['sealed'][]> {
    const asked = all.flatMap(({ type, personal }, index) =>
      [...personal].map(([pointer, { of, open, item }]) => ({
        index,
        field: {
          eventId: ids[index] ?? '',
          type: this.codec.storedType(type),
          pointer,
          kid: keys.get(nameOf({ of, item }))?.kid ?? '',
          value: open,
        },
      })),
    );
    const sealed = asked.length > 0 ? await this.sealer.seal(asked.map(({ field }) => field)) : [];
    const perEvent: Record<string, SealedField>[] = all.map(() => ({}));
    asked.forEach(({ index, field }, at) => {
      const [into, done] = [perEvent[index], sealed[at]];
      if (into && done) into[field.pointer] = done;
    });
    return perEvent;
  }
}

/** Whose, and of which thing of theirs. */
const nameOf = ({ of, item = '' }: { of: string; item?: string | undefined }): string => `${of}#${item}`;

interface Split {
  readonly type: string;
  readonly data: object;
  readonly personal: ReadonlyMap<string, OpenPersonal<Json>>;
}

export interface Loaded<S> {
  readonly state: S;
  readonly events: readonly Recorded[];
}
