import { AppendTooLarge, type EventToAppend, MAX_APPEND_BYTES, MAX_LEAF_BYTES } from './event-store.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What every adapter refuses before it touches its store, so that both refuse the same. */
export const guardAppend = (stream: string, events: readonly EventToAppend[]): void => {
  if (!/^[A-Za-z][A-Za-z0-9]*-\S+$/.test(stream)) throw new TypeError(`not a stream name: ${stream}`);
  if (events.length === 0) throw new TypeError('an append needs at least one event');
  let total = 0;
  for (const event of events) {
    if (!UUID.test(event.id)) throw new TypeError(`not an event id: ${event.id}`);
    if (event.type.startsWith('$')) throw new TypeError(`not an event type: ${event.type}`);
    if (event.leaf.length > MAX_LEAF_BYTES) throw new AppendTooLarge(event.leaf.length, MAX_LEAF_BYTES);
    total += event.leaf.length;
  }
  if (total > MAX_APPEND_BYTES) throw new AppendTooLarge(total, MAX_APPEND_BYTES);
  if (new Set(events.map((event) => event.id)).size !== events.length)
    throw new TypeError('an event id stands twice in one append');
};
