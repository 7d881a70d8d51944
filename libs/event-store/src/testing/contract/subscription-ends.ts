import { follow } from './follower.js';
import type { Handles } from './harness.js';
import { event, manyEvents, newStream, startingAfter, until } from './samples.js';

export const describeSubscriptionEnds = (handles: Handles): void => {
  test('a throwing handler ends the subscription and `closed` tells why', async () => {
    const store = await handles.open();
    const start = startingAfter(await store.head());
    await store.append(newStream(), manyEvents(5), 'none');
    let calls = 0;

    const subscription = store.subscribe({ ...start, batch: 1 }, async (events) => {
      calls++;
      if (calls === 2) throw new Error(`cannot project ${events.length}`);
    });

    await expect(subscription.closed).rejects.toThrow('cannot project 1');
    await store.append(newStream(), manyEvents(3), 'none');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(calls).toBe(2);
    await subscription.stop();
  });

  test('a handler that throws at once, outside any promise, ends it the same way', async () => {
    const store = await handles.open();
    const start = startingAfter(await store.head());
    await store.append(newStream(), [event()], 'none');

    const subscription = store.subscribe(start, () => {
      throw new Error('no promise came back');
    });

    await expect(subscription.closed).rejects.toThrow('no promise came back');
  });

  test('stop settles the handler under way, then nothing more comes', async () => {
    const store = await handles.open();
    let started = false;
    let finished = false;
    let calls = 0;
    const subscription = store.subscribe({ ...startingAfter(await store.head()), batch: 1 }, async () => {
      calls++;
      started = true;
      await new Promise((resolve) => setTimeout(resolve, 80));
      finished = true;
    });
    await store.append(newStream(), manyEvents(5), 'none');
    await until('the handler runs', () => started);

    await subscription.stop();

    expect(finished).toBe(true);
    await subscription.closed;
    expect(calls).toBe(1);
    await store.append(newStream(), [event()], 'none');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(calls).toBe(1);
  });

  test('stop on a quiet subscription resolves, also twice', async () => {
    const store = await handles.open();
    const { subscription } = follow(store, startingAfter(await store.head()));

    await subscription.stop();
    await subscription.stop();

    await subscription.closed;
  });

  test('close ends subscriptions without an error', async () => {
    const store = await handles.open();
    const { subscription } = follow(store, startingAfter(await store.head()));
    await store.append(newStream(), [event()], 'none');

    await store.close();

    await subscription.closed;
  });

  test('what was not handled is handed over again to whoever resumes from the last position handled', async () => {
    const store = await handles.open();
    const start = startingAfter(await store.head());
    await store.append(newStream(), manyEvents(10), 'none');
    const handled: string[] = [];
    let last = start.after;

    const first = store.subscribe({ ...start, batch: 3 }, async (events) => {
      if (handled.length >= 6) throw new Error('crash between hand-over and commit');
      handled.push(...events.map(({ revision }) => String(revision)));
      last = events.at(-1)?.position;
    });
    await expect(first.closed).rejects.toThrow('crash');

    const second = follow(store, last === undefined ? {} : { after: last });
    await until('the rest came', () => handled.length + second.seen.length >= 10);
    expect([...handled, ...second.seen.map(({ revision }) => String(revision))]).toEqual([...'0123456789']);
  });
};
