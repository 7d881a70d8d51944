import { describeEventStore } from '../testing/describe-event-store.js';
import { EventStoreDbDouble } from '../testing/eventstoredb-double/double.js';
import { openEventStoreDb } from './eventstoredb.js';

let double: Promise<EventStoreDbDouble> | undefined;
const leave = async (): Promise<void> => {
  (await double)?.goAway();
  double = undefined;
};

for (const appendCall of ['single', 'batch'] as const)
  describeEventStore(`The EventStoreDB client with ${appendCall} appends, against a protocol double,`, {
    startsEmpty: true,
    open: async () => openEventStoreDb((await (double ??= EventStoreDbDouble.start())).url, { appendCall }),
    cleanUp: leave,
  });

const live = process.env['EVENT_STORE_TEST_URL'];
if (live)
  describeEventStore('The EventStoreDB client, against the real server of EVENT_STORE_TEST_URL,', {
    startsEmpty: false,
    open: async () => openEventStoreDb(live),
    cleanUp: async () => undefined,
  });
else
  describe('The EventStoreDB client, against a real server', () => {
    test.skip('was NOT run: set EVENT_STORE_TEST_URL=esdb://… to run the same contract there', () => undefined);
  });
