/** TEST CODE, part of the EventStoreDB double: the log in memory and the server's rules for appending to it. */
import { EventEmitter } from 'node:events';

export interface LoggedEvent {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  /** Commit and prepare position in one: the double has no transactions. */
  readonly position: bigint;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  readonly createdMs: number;
}

export type Proposed = Pick<LoggedEvent, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;

export type Expected = bigint | 'no_stream' | 'any' | 'stream_exists';

export type Outcome =
  | { readonly kind: 'written'; readonly revision: number; readonly position: bigint | undefined }
  | { readonly kind: 'wrong-expected-version'; readonly current: number | 'no_stream' }
  | { readonly kind: 'deleted' };

/** The server keeps the ids of so many recent events for "any" appends; older ones it has forgotten. */
const REMEMBERED_IDS = 1_000;

export class Log {
  readonly events: LoggedEvent[] = [];
  readonly appended = new EventEmitter().setMaxListeners(0);
  readonly tombstones = new Set<string>();
  /** Whether a retry is answered without a position, as a server does whose index has not caught up yet. */
  omitPositionOnRetry = false;
  private readonly streams = new Map<string, LoggedEvent[]>();
  private readonly recent = new Map<string, LoggedEvent>();
  private nextPosition = 1_000n;

  of(stream: string): readonly LoggedEvent[] {
    return this.streams.get(stream) ?? [];
  }

  /** What IndexWriter.CheckCommit decides, for streams that were never truncated. */
  append(stream: string, proposed: readonly Proposed[], expected: Expected): Outcome {
    if (this.tombstones.has(stream)) return { kind: 'deleted' };
    const last = this.of(stream).length - 1;
    const wrong: Outcome = { kind: 'wrong-expected-version', current: last === -1 ? 'no_stream' : last };
    if (expected === 'any' || expected === 'stream_exists') {
      if (expected === 'stream_exists' && last === -1) return wrong;
      const known = proposed.map(({ id }) => this.recent.get(id)).map((each) => each?.stream === stream && each);
      if (!known[0]) return this.write(stream, proposed);
      return known.every(Boolean) ? this.repeated(known.at(-1) as LoggedEvent) : wrong;
    }
    const at = expected === 'no_stream' ? -1 : Number(expected);
    if (at === last) return this.write(stream, proposed);
    if (at > last) return wrong;
    const there = this.of(stream).slice(at + 1, at + 1 + proposed.length);
    const isRetry = there.length === proposed.length && there.every(({ id }, index) => id === proposed[index]?.id);
    return isRetry ? this.repeated(there.at(-1) as LoggedEvent) : wrong;
  }

  private write(stream: string, proposed: readonly Proposed[]): Outcome {
    const into = this.streams.get(stream) ?? [];
    this.streams.set(stream, into);
    for (const each of proposed) {
      // Positions are places in a file: they have gaps, and say nothing about how many events lie between.
      this.nextPosition += BigInt(100 + each.data.length);
      const event = {
        ...each,
        stream,
        revision: into.length,
        position: this.nextPosition,
        createdMs: Date.now(),
      };
      into.push(event);
      this.events.push(event);
      this.remember(event);
    }
    this.appended.emit('appended');
    return { kind: 'written', revision: into.length - 1, position: this.nextPosition };
  }

  private repeated({ revision, position }: LoggedEvent): Outcome {
    return { kind: 'written', revision, position: this.omitPositionOnRetry ? undefined : position };
  }

  private remember(event: LoggedEvent): void {
    this.recent.set(event.id, event);
    if (this.recent.size > REMEMBERED_IDS) this.recent.delete(this.recent.keys().next().value as string);
  }

  /** What a restart does to the ids that are only in memory. */
  forgetRecentIds(): void {
    this.recent.clear();
  }
}
