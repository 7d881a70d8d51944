import type { EventStore } from '../../event-store.js';

export interface EventStoreHarness {
  /** Opens a handle on the log under test. Opened twice in one test, both handles see the same log. */
  open(): Promise<EventStore>;
  /** Runs after each test, when every handle is closed: throws the log away, or leaves it if it is a shared server's. */
  cleanUp(): Promise<void>;
  /** Whether each test begins with an empty log. A shared server's log is never empty. */
  readonly startsEmpty: boolean;
}

export interface Handles {
  open(): Promise<EventStore>;
  cleanUp(): Promise<void>;
  readonly startsEmpty: boolean;
}

/** Remembers what a test opened, so that a failing test leaves nothing open behind it. */
export const handlesOf = (harness: EventStoreHarness): Handles => {
  let opened: EventStore[] = [];
  return {
    startsEmpty: harness.startsEmpty,
    open: async () => {
      const store = await harness.open();
      opened.push(store);
      return store;
    },
    cleanUp: async () => {
      const stores = opened;
      opened = [];
      await Promise.all(stores.map((store) => store.close()));
      await harness.cleanUp();
    },
  };
};
