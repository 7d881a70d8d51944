import { longDate } from '../../shell/dates.js';
import { say } from '../../wording/wording.js';

interface Passed {
  /** Every council that had it, the first at the front. */
  readonly holders: readonly string[];
  /** Since when the last of them has it. */
  readonly since: string | null;
}

/** That a new council has a promise, which one and since when, and who had it before; null: it has the one that made it. */
export const passedOn = ({ holders, since }: Passed, council: (code: string) => string): string | null => {
  if (since === null) return null;
  const names = holders.map(council);
  const before = names.slice(0, -1);
  return `${say('lifecycle.transferred', 'plain', { body: names.at(-1) ?? '' })} It has had it since ${longDate(since)}. ${
    before.length > 1 ? `Before it: ${before.join(', then ')}.` : `${before[0] ?? ''} made it.`
  }`;
};

interface Row {
  readonly holders: string;
  readonly transferred_on: string | null;
}

/** The same of a row of a list. */
export const passedRow = ({ holders, transferred_on: since }: Row, council: (code: string) => string): string | null =>
  passedOn({ holders: holders.split(' '), since }, council);
