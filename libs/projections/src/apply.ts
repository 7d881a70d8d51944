import { UnknownEventType, type Codec } from '#event-store/codec';
import type { EventStore, StoredEvent } from '#event-store/event-store';
import type { Recorded } from '#kernel/event';
import type { Opener, Projection } from './projection.js';
import { readCheckpoint, writeCheckpoint } from './read-database.js';
import type { Rows } from './rows.js';

export type Decoded = { readonly stored: StoredEvent; readonly event: Recorded | undefined };

/** A type this release does not know is skipped and counted; anything else that cannot be read is a fault. */
export const decodeAll = (codec: Codec, batch: readonly StoredEvent[]): Decoded[] =>
  batch.map((stored) => {
    try {
      return { stored, event: codec.decode(stored) };
    } catch (error) {
      if (error instanceof UnknownEventType) return { stored, event: undefined };
      throw error;
    }
  });

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
  for (const { stored, event } of batch) {
    if (position !== null && store.compare(stored.position, position) <= 0) continue;
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
