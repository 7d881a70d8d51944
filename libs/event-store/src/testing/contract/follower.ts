import type { EventStore, StoredEvent, Subscription } from '../../event-store.js';
import { until } from './samples.js';

/** Follows a log and remembers what it was given; counts what the contract forbids. */
export interface Follower {
  readonly seen: StoredEvent[];
  readonly batches: number[];
  /** How often the handler was called while it was still running. */
  readonly reentered: number;
  readonly subscription: Subscription;
  /** Waits until `count` events came. */
  has(count: number): Promise<void>;
}

export const follow = (
  store: EventStore,
  options: Parameters<EventStore['subscribe']>[0] & { only?: ReadonlySet<string>; perBatchMs?: number } = {},
): Follower => {
  const { only, perBatchMs = 0, ...subscribing } = options;
  const follower = {
    seen: [] as StoredEvent[],
    batches: [] as number[],
    reentered: 0,
    has: (count: number) => until(`${count} events came`, () => follower.seen.length >= count),
    subscription: undefined as unknown as Subscription,
  };
  let running = false;
  follower.subscription = store.subscribe(subscribing, async (events) => {
    if (running) follower.reentered++;
    running = true;
    await new Promise((resolve) => setTimeout(resolve, perBatchMs));
    follower.batches.push(events.length);
    follower.seen.push(...events.filter(({ stream }) => !only || only.has(stream)));
    running = false;
  });
  return follower;
};
