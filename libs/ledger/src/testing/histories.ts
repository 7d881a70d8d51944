import type { EventStore, EventToAppend } from '#event-store/event-store';
import { uuid5 } from '#event-store/ids';
import { encodeLeaf } from '#event-store/leaf';

const NAMES = '0f4f6a34-7a0f-5a7e-9d59-6d5b2a0b8a11';
const AT = '2026-05-01T12:00:00.000Z';

/** One append: so many events to the stream of that number. */
export interface Step {
  readonly stream: number;
  readonly words: readonly string[];
}

/** Writes real leaves, the same for the same steps, whatever the store. Answers the ids in the order of writing. */
export const writeHistory = async (store: EventStore, steps: readonly Step[]): Promise<string[]> => {
  const revisions = new Map<string, number>();
  const ids: string[] = [];
  for (const { stream: number, words } of steps) {
    const stream = `thing-${uuid5(NAMES, `stream ${number}`)}`;
    const last = revisions.get(stream) ?? -1;
    const events = words.map((text, at): EventToAppend => {
      const rev = last + 1 + at;
      const id = uuid5(NAMES, `event ${stream} ${rev}`);
      const type = 'noted.v1';
      const leaf = encodeLeaf({
        v: 1, id, stream, rev, type, occurredAt: AT, recordedAt: AT, actor: { role: 'chair', ref: 'r' }, about: {},
        cause: { command: id, correlation: id, events: [] }, data: { text }, sealed: {},
      }); // prettier-ignore
      ids.push(id);
      return { id, type, leaf };
    });
    await store.append(stream, events, last < 0 ? 'none' : last);
    revisions.set(stream, last + events.length);
  }
  return ids;
};

export const manySteps = (count: number, from = 0): Step[] =>
  Array.from({ length: count }, (_, at) => ({ stream: (from + at) % 7, words: [`entry ${from + at}`] }));
