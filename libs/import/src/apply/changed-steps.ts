import type { Fact } from '../fact.js';
import { attributionSteps, consider, correctionSteps } from './contributions.js';
import { decisionLinkSteps } from './decisions.js';
import { changedPromiseSteps, evidenceSteps } from './promises.js';
import { relationSteps } from './relations.js';
import type { ImportStep } from './step.js';

export interface Change {
  readonly steps: readonly ImportStep[];
  /** Fields that differ now and that no event can say: the record keeps what it has, and the report says so. */
  readonly kept: readonly string[];
}

/**
 * What can be said anew about a thing that is recorded. Pure.
 * @param version how many times the source was seen to change it: the same words may come back later.
 */
export const changedSteps = (fact: Fact, changed: readonly string[], version: number): Change => {
  const links = fact.links.filter(({ as, to }) => changed.includes(`@link ${as} ${to.concept} ${to.id}`));
  const [steps, said] = toldAgain(fact, links, changed, version);
  return { steps, kept: changed.filter((name) => !name.startsWith('@link ') && !said.includes(name)) };
};

const toldAgain = (
  fact: Fact,
  links: Fact['links'],
  changed: readonly string[],
  version: number,
): readonly [readonly ImportStep[], readonly string[]] => {
  switch (fact.concept) {
    case 'contribution':
      return [
        [
          ...(changed.includes('words') ? correctionSteps(fact, version) : []),
          ...(changed.includes('attribution') ? attributionSteps(fact, version) : []),
          ...relationSteps(fact, links, ['adds-to', 'duplicate-of', 'given-at']),
        ],
        // The record keeps no status and no address of a view.
        ['words', 'attribution', 'status', 'url'],
      ];
    case 'discussion':
      return [links.filter(({ to }) => to.resolved).map(({ to }) => consider(to.id, fact.id, fact)), []];
    case 'decision':
      return [decisionLinkSteps(fact, links), []];
    case 'serviceChange':
    case 'commitment':
      return [
        [...changedPromiseSteps(fact, changed, version), ...relationSteps(fact, links, ['follows-from'])],
        ['due', 'what', ...(fact.fields.ownerName === null ? [] : ['ownerName', 'ownerRole'])],
      ];
    case 'evidence':
      // The page or the paper is another one now: it is one more proof, and the one of before stays.
      return [evidenceSteps(fact, version) ?? [], ['title', 'kind', 'url']];
    default:
      return [[], []];
  }
};
