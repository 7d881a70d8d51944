import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { BehaviorSubject, NEVER, type Observable, Subject } from 'rxjs';
import { EventStream } from './event-stream.js';
import type { Feed, FeedPage } from './feed.js';
import type { CloudEvent } from './public-events.js';

/** A log of numbered events, of which every third is for nobody. */
class Log {
  size = 0;
  reads = 0;
  readonly news = new BehaviorSubject(0);
  add(count: number): void {
    this.size += count;
    this.news.next(this.news.value + 1);
  }
  async page(after: string | null, _filter: object, limit: number): Promise<FeedPage> {
    this.reads++;
    await Promise.resolve();
    const items: CloudEvent[] = [];
    let at = Number(after ?? 0);
    while (at < this.size && items.length < limit) {
      at++;
      if (at % 3 !== 0) items.push({ id: `e${at}`, position: String(at), type: 'DecisionMade' } as CloudEvent);
    }
    return { items, position: at === 0 ? null : String(at), atEnd: at === this.size };
  }
}

/** A reader that takes `room` writes and then no more until it is told to. */
class Reader extends EventEmitter {
  text = '';
  destroyed = false;
  writableEnded = false;
  writableNeedDrain = false;
  constructor(private room = Infinity) {
    super();
  }
  write(frame: string): boolean {
    this.text += frame;
    this.writableNeedDrain = --this.room <= 0;
    return !this.writableNeedDrain;
  }
  take(room = Infinity): void {
    this.room = room;
    this.writableNeedDrain = false;
    this.emit('drain');
  }
  get seen(): number[] {
    return [...this.text.matchAll(/^data: (.*)$/gm)].map(([, data]) => Number((JSON.parse(data ?? '') as CloudEvent).position));
  } // prettier-ignore
  /** As a browser keeps it: the last id of any whole block. */
  get lastId(): string | null {
    return [...this.text.matchAll(/^id: (.*)\n(?:.+\n)*\n/gm)].at(-1)?.[1] ?? null;
  }
}

const TIMES = { heartbeat: 60_000, patience: 60_000, lookAgain: 60_000 };
const wanted = (size: number) => Array.from({ length: size }, (_, at) => at + 1).filter((at) => at % 3 !== 0);
const settle = () => new Promise((resolve) => setTimeout(resolve, 15));
interface Options {
  readonly times?: object;
  readonly from?: string | null;
  readonly ended?: Observable<unknown>;
}
const open = (log: Log, reader: Reader, { times = {}, from = null, ended = NEVER }: Options = {}) => {
  const stream = new EventStream(log as unknown as Feed, log.news, {}, reader as unknown as ServerResponse, { ...TIMES, ...times }, from);
  const outcome: { done?: 'ended' | 'dropped' } = {};
  const subscription = stream.run(ended).subscribe({ error: () => (outcome.done = 'dropped'), complete: () => (outcome.done = 'ended') });
  return { outcome, subscription };
}; // prettier-ignore

describe('a stream of the live feed', () => {
  let log: Log;
  beforeEach(() => (log = new Log()));

  it('tells what was there and what comes, each once, in order', async () => {
    log.add(250);
    const reader = new Reader();
    const { subscription } = open(log, reader);
    await settle();
    for (let n = 0; n < 20; n++) log.add(7);
    await settle();
    log.add(1);
    await settle();
    subscription.unsubscribe();
    expect(reader.seen).toEqual(wanted(391));
  });

  it('goes on wherever it was cut off, without gap or repeat', async () => {
    log.add(300);
    const seen: number[] = [];
    let from: string | null = null;
    for (let cut = 1; seen.length < wanted(300).length; cut += 3) {
      const reader = new Reader(cut + 1);
      const { subscription } = open(log, reader, { from });
      await settle();
      subscription.unsubscribe();
      seen.push(...reader.seen);
      from = reader.lastId;
    }
    expect(seen).toEqual(wanted(300));
  });

  it('reads no further while a reader takes nothing, and goes on when it does', async () => {
    log.add(1_000);
    const reader = new Reader(10);
    const { subscription } = open(log, reader);
    await settle();
    expect([reader.seen.length, log.reads]).toEqual([9, 1]);
    reader.take();
    await settle();
    subscription.unsubscribe();
    expect(reader.seen).toEqual(wanted(1_000));
  });

  it('drops a reader that takes nothing for too long', async () => {
    log.add(100);
    const { outcome } = open(log, new Reader(5), { times: { patience: 5 } });
    await settle();
    expect(outcome.done).toBe('dropped');
  });

  it('gives signs of life that say where to resume, also past what was not for this reader', async () => {
    log.add(3);
    const reader = new Reader();
    const { subscription } = open(log, reader, { times: { heartbeat: 5 } });
    await settle();
    subscription.unsubscribe();
    expect(reader.text).toMatch(/:\nid: 3\n\n/);
    expect(reader.seen).toEqual([1, 2]);
    expect(reader.lastId).toBe('3');
  });

  it('looks again by itself when no news come', async () => {
    const reader = new Reader();
    const { subscription } = open(log, reader, { times: { lookAgain: 5 } });
    await settle();
    log.size = 2;
    await settle();
    subscription.unsubscribe();
    expect(reader.seen).toEqual([1, 2]);
  });

  it.each(['end', 'close'])('ends at once on %s, also while a reader takes nothing', async (how) => {
    log.add(100);
    const ended = new Subject<void>();
    const reader = new Reader(5);
    const { outcome } = open(log, reader, { ended });
    await settle();
    if (how === 'end') ended.next();
    else reader.emit('close');
    reader.writableEnded = true;
    const before = reader.text;
    reader.take();
    await settle();
    expect([outcome.done, reader.text]).toEqual(['ended', before]);
    expect([reader.listenerCount('drain'), log.news.observed]).toEqual([0, false]);
  });
});
