import type { PledgeVersion } from '#pledge/pledge.events';
import { longDate } from '../../shell/dates.js';

/** A pledge as its page shows it. A line of which only the day is missing says so in words. */
export const pledgeView = (version: PledgeVersion, council: (code: string) => string) => {
  const { opening, claims, promises, steps, statementsLead, groups } = version;
  return {
    opening,
    claims,
    promises,
    steps,
    statementsLead,
    groups,
    facts: [
      { term: 'Who wrote it', value: version.authors.join(', ') },
      { term: 'Where it comes from', value: version.source },
      {
        term: 'Which councils made it',
        value: version.authorities.length > 0 ? version.authorities.map(council).join(', ') : 'Not recorded',
      },
      { term: 'Version', value: version.version },
      { term: 'It holds from', value: version.validFrom ? longDate(version.validFrom) : 'Not recorded' },
      { term: 'It holds until', value: version.validTo ? longDate(version.validTo) : 'No end was set' },
    ],
  };
};
