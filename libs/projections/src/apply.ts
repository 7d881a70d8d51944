import { UnknownEventType, type Codec } from '#event-store/codec';
import type { EventStore, StoredEvent } from '#event-store/event-store';
import type { Recorded } from '#kernel/event';
import type { Opener, Projection } from './projection.js';
import { readCheckpoint, writeCheckpoint } from './read-database.js';
import type { Rows } from './rows.js';

export interface Decoded {
  readonly stored: StoredEvent;
  /** Undefined: of a type this release does not know. */
  readonly event: Recorded | undefined;
  /** Why it cannot be read at all. */
  readonly unreadable?: unknown;
}

/**
 * A type this release does not know is skipped and counted. What cannot be read at all ends the list: there every
 * projection stops and names it.
 */
export const decodeAll = (codec: Codec, batch: readonly StoredEvent[]): Decoded[] => {
  const decoded: Decoded[] = [];
  for (const stored of batch) {
    try {
      decoded.push({ stored, event: codec.decode(stored) });
    } catch (error) {
      const isUnknown = error instanceof UnknownEventType;
      decoded.push({ stored, event: undefined, ...(!isUnknown && { unreadable: error }) });
      if (!isUnknown) break;
    }
  }
  return decoded;
};

export class ProjectionFault extends Error {
  constructor(
    readonly projection: string,
    readonly at: Pick<StoredEvent, 'stream' | 'revision' | 'position'>,
    cause: unknown,
  ) {
    // The cause is kept for the debugger only: its message may quote what the event says.
    super(`${projection} stopped at ${at.stream} revision ${at.revision} (position ${at.position})`, { cause });
    this.name = 'ProjectionFault';
  }
}

/**
 * Applies to one projection what it has not seen yet, rows and checkpoint inside the caller's transaction. Whoever holds
 * the lock goes by the checkpoint in the database, so that two processes may both run projections.
 * @throws ProjectionFault naming the event.
 */
export const applyBatch = (
  store: EventStore,
  rows: Rows,
  projection: Projection,
  batch: readonly Decoded[],
  opener: Opener,
): void => {
  const checkpoint = readCheckpoint(rows, projection.name);
  let skipped = checkpoint?.skipped ?? 0;
  let position = checkpoint?.position ?? null;
  for (const { stored, event, unreadable } of batch) {
    if (position !== null && store.compare(stored.position, position) <= 0) continue;
    if (unreadable !== undefined) throw new ProjectionFault(projection.name, stored, unreadable);
    if (!event) skipped++;
    else {
      try {
        projection.on[event.type]?.(rows, event as never, opener);
      } catch (error) {
        throw new ProjectionFault(projection.name, stored, error);
      }
    }
    position = stored.position;
  }
  if (position !== checkpoint?.position) writeCheckpoint(rows, projection, position, skipped);
};
