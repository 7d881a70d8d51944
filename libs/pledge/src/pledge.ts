import type { Aggregate, Decided } from '#kernel/aggregate';
import { refuse } from '#kernel/refusal';
import { canonicalJson } from '#event-store/canonical-json';
import { linesOf, partsOf, type PledgeLine } from './pledge-lines.js';
import type { PledgeEvent, PledgeVersion } from './pledge.events.js';
import { pledgeProblems } from './pledge-problems.js';

/** One pledge with every version of its text, in the order in which they were published. */
export interface Pledge {
  readonly versions: readonly PledgeVersion[];
}

export const pledge: Aggregate<Pledge, PledgeEvent> = {
  category: 'pledge',
  initial: { versions: [] },
  about: ({ versions }) => (versions[0] ? { pledge: [versions[0].pledge] } : {}),
  evolve: (state, event) =>
    event.type === 'PledgeVersionPublished' ? { versions: [...state.versions, event.data] } : state,
};

/** A version once published never changes: other words are another version. The same file again adds nothing. */
export const publishVersion = ({ versions }: Pledge, given: PledgeVersion): Decided<PledgeEvent> => {
  const [problem] = pledgeProblems(given);
  if (problem) return refuse('pledge-wrong', problem.reason, problem.path);
  const same = versions.find(({ version }) => version === given.version);
  if (same && canonicalJson(same) === canonicalJson(given)) return [];
  if (same)
    return refuse(
      'version-taken',
      `Version ${given.version} of ${given.pledge} was published with other words. Give the new words a version of their own.`,
      '/version',
    );
  const last = versions.at(-1);
  if (last && (given.validFrom === undefined || given.validFrom <= (last.validFrom ?? '')))
    return refuse(
      'valid-from-missing',
      `Say from when version ${given.version} holds: a day after version ${last.version} began.`,
      '/validFrom',
    );
  for (const { code, kind, at } of linesOf(given)) {
    const before = versions.flatMap(linesOf).find((line) => line.code === code);
    if (before && before.kind !== kind)
      return refuse('code-reused', `${code} was a ${before.kind} before. Codes are never used for something else.`, `${at}/code`); // prettier-ignore
  }
  return [{ type: 'PledgeVersionPublished', data: given }];
};

/** The version that holds on a day: the latest that has begun and not ended. */
export const versionOn = (versions: readonly PledgeVersion[], day: string): PledgeVersion | undefined =>
  [...versions].reverse().find(({ validFrom = '', validTo = '9999-12-31' }) => validFrom <= day && day <= validTo);

/** The part or step that something is promised under; undefined when the pledge of that day has none with this code. */
export const partOn = ({ versions }: Pledge, part: string, day: string): PledgeLine | undefined => {
  const version = versionOn(versions, day);
  return version && partsOf(version).find(({ code }) => code === part);
};
