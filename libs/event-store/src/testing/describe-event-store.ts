import { describeAppending } from './contract/appending.js';
import { describeConcurrency } from './contract/concurrency.js';
import { type EventStoreHarness, handlesOf } from './contract/harness.js';
import { describeReading } from './contract/reading.js';
import { describeRefusals } from './contract/refusals.js';
import { describeRetries } from './contract/retries.js';
import { describeSubscribing } from './contract/subscribing.js';
import { describeSubscriptionEnds } from './contract/subscription-ends.js';

export type { EventStoreHarness } from './contract/harness.js';

/**
 * What every event store keeps, run against each adapter. A rule that only one adapter can keep does not belong here
 * but beside that adapter.
 */
export const describeEventStore = (name: string, harness: EventStoreHarness): void => {
  describe(`${name} keeps the event store contract`, () => {
    const handles = handlesOf(harness);
    afterEach(() => handles.cleanUp(), 20_000);

    describeAppending(handles);
    describeRefusals(handles);
    describeRetries(handles);
    describeConcurrency(handles);
    describeReading(handles);
    describeSubscribing(handles);
    describeSubscriptionEnds(handles);
  });
};
