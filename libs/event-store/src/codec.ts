import type { EventMap, Recorded } from '#kernel/event';
import { isOpen, type Json, type OpenPersonal } from '#kernel/personal';
import type { StoredEvent } from './event-store.js';
import { decodeLeaf, sealedRefOf } from './leaf.js';

/** Turns an older stored shape into the next one; pure, and kept for ever. */
export type Upcasters = Readonly<Record<string, (old: object) => object>>;

export class UnknownEventType extends Error {
  constructor(type: string, event: Pick<StoredEvent, 'stream' | 'revision' | 'position'>) {
    super(
      `${event.stream} revision ${event.revision} (position ${event.position}): this release does not know ${type}`,
    );
    this.name = 'UnknownEventType';
  }
}

/** `DecisionMade` in memory is `decision-made.v1` in the store: stored names carry versions, the domain does not. */
const kebab = (name: string): string => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();

/**
 * The serialisation boundary: one table of every event there is. Shapes are checked on the way in; on the way out
 * older versions are lifted by their upcasters (`decision-made.v1` → v2 → …) before the domain sees them.
 */
export class Codec {
  private readonly names = new Map<string, string>();
  private readonly shapes: EventMap;
  private readonly current = new Map<string, number>();

  constructor(
    maps: readonly EventMap[],
    private readonly upcasters: Upcasters = {},
  ) {
    const names = maps.flatMap((map) => Object.keys(map));
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice) throw new Error(`two slices declare ${twice}: an event has one shape`);
    this.shapes = Object.assign({}, ...maps) as EventMap;
    for (const name of Object.keys(this.shapes)) {
      let version = 1;
      for (; upcasters[`${kebab(name)}.v${version}`]; version++) this.names.set(`${kebab(name)}.v${version}`, name);
      this.names.set(`${kebab(name)}.v${version}`, name);
      this.current.set(name, version);
    }
  }

  /** Every event name, for the reference and the feed's filter. */
  get eventNames(): readonly string[] {
    return Object.keys(this.shapes);
  }

  describe(name: string): string {
    return this.shapes[name]?.describes ?? '';
  }

  /** The event that a stored type is read as; undefined: this release does not know it. */
  nameOf(stored: string): string | undefined {
    return this.names.get(stored);
  }

  storedType(name: string): string {
    const version = this.current.get(name);
    if (version === undefined) throw new Error(`no codec for ${name}: add its event map to the list`);
    return `${kebab(name)}.v${version}`;
  }

  /** Checks the shape and splits what is personal from what may stand in the log. @throws ShapeError */
  split(name: string, data: object): { data: object; personal: ReadonlyMap<string, OpenPersonal<Json>> } {
    this.shapes[name]?.check(data, '');
    const personal = new Map<string, OpenPersonal<Json>>();
    return { data: withoutPersonal(data, '', personal) as object, personal };
  }

  /** @throws UnknownEventType */
  decode(event: StoredEvent): Recorded {
    const leaf = decodeLeaf(event.leaf);
    const name = this.nameOf(event.type);
    if (name === undefined) throw new UnknownEventType(event.type, event);
    let data = leaf.data;
    for (const [pointer, field] of Object.entries(leaf.sealed))
      putAt(data, pointer, { sealed: sealedRefOf(leaf, pointer, field) });
    for (let stored = event.type; this.upcasters[stored]; stored = next(stored))
      data = this.upcasters[stored]?.(data) ?? data;
    const { id, stream, rev, occurredAt, recordedAt, actor, about, cause } = leaf;
    return {
      id,
      stream,
      revision: rev,
      position: event.position,
      type: name,
      data,
      occurredAt,
      recordedAt,
      actor,
      about,
      cause,
    };
  }
}

const next = (stored: string): string => stored.replace(/(?<!\d)\d+$/, (version) => String(Number(version) + 1));

/** Sealed members leave a hole, and a list keeps its length, so that pointers into it stay true. */
const withoutPersonal = (value: unknown, at: string, found: Map<string, OpenPersonal<Json>>): unknown => {
  if (isOpen(value)) {
    found.set(at, value);
    return null;
  }
  if (Array.isArray(value)) return value.map((each, index) => withoutPersonal(each, `${at}/${index}`, found));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [key, withoutPersonal(member, `${at}/${key}`, found)]),
  );
};

/** Puts a value at a JSON pointer whose parent is there. */
export const putAt = (root: object, pointer: string, value: unknown): void => {
  const steps = pointer.split('/').slice(1);
  const last = steps.pop() ?? '';
  const parent = steps.reduce<Record<string, unknown> | undefined>(
    (at, step) => at?.[step] as never,
    root as Record<string, unknown>,
  );
  if (parent) parent[last] = value;
};
