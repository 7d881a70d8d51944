import type { Appended, EventToAppend, ExpectedRevision, StoredEvent } from '../event-store.js';
import type { Reader } from './reader.js';

/** How far back an "any" append is looked for; a retry follows its first attempt within seconds. */
const LOOK_BACK = 500;

/** Finds the events of an earlier attempt whose answer never came: all of them, in order, where they were meant to be. */
export const findOwn = async (
  reader: Reader,
  stream: string,
  events: readonly EventToAppend[],
  expected: ExpectedRevision,
): Promise<Appended | undefined> => {
  const stored: StoredEvent[] = [];
  if (expected === 'any') {
    const newest = (await reader.newestOf(stream, LOOK_BACK)).reverse();
    const start = newest.findIndex(({ id }) => id === events[0]?.id);
    if (start >= 0) stored.push(...newest.slice(start, start + events.length));
  } else {
    const first = expected === 'none' ? 0 : expected + 1;
    for await (const event of reader.stream(stream, first, events.length)) stored.push(event);
  }
  const last = stored.at(-1);
  const isOwn = stored.length === events.length && stored.every(({ id }, index) => id === events[index]?.id);
  return isOwn && last ? { revision: last.revision, position: last.position } : undefined;
};
