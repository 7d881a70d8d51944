import { randomUUID } from 'node:crypto';
import type { EventStore, EventToAppend, Position, StoredEvent } from '../../event-store.js';

/** A stream nobody else writes to, also on a server that other suites have used before. */
export const newStream = (): string => `contractSuite-${randomUUID()}`;

export const event = (text = 'a view', type = 'view-given.v1'): EventToAppend => ({
  id: randomUUID(),
  type,
  leaf: Buffer.from(JSON.stringify({ text }), 'utf8'),
  correlation: randomUUID(),
});

export const eventsNamed = (...texts: string[]): EventToAppend[] => texts.map((text) => event(text));

export const manyEvents = (count: number): EventToAppend[] =>
  Array.from({ length: count }, (_, index) => event(`number ${index}`));

export const idsOf = (events: readonly { id: string }[]): string[] => events.map(({ id }) => id);

/** What {@link event} put into the leaf. */
export const textOf = ({ leaf }: { leaf: Uint8Array }): string =>
  (JSON.parse(Buffer.from(leaf).toString('utf8')) as { text: string }).text;

export const collect = async (events: AsyncIterable<StoredEvent>): Promise<StoredEvent[]> => {
  const found: StoredEvent[] = [];
  for await (const each of events) found.push(each);
  return found;
};

export const readWhole = (store: EventStore, stream: string): Promise<StoredEvent[]> => collect(store.read(stream));

/** The options that begin after `position`, where null means the very beginning. */
export const startingAfter = (position: Position | null): { after?: Position } =>
  position === null ? {} : { after: position };

/** Waits for something that another party brings about; fails by saying what did not come. */
export const until = async (what: string, isSo: () => boolean, timeoutMs = 20_000): Promise<void> => {
  const deadline = Date.now() + timeoutMs;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};
