import type { Rules } from './domain-rules.js';

/** See libs/facts: an entry that was wrong no longer stands. If it was the first, one in its place may follow. */
export const factRules: Rules = {
  'entry-taken-back.v1': ({ thing }) => {
    thing.mayBeginAgain = true;
  },
};
