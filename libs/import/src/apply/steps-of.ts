import type { Fact } from '../fact.js';
import { contributionSteps, discussionSteps, withdrawalSteps } from './contributions.js';
import { decisionSteps, linkSteps, reopeningSteps } from './decisions.js';
import { adoptionSteps, type IsPledge } from './adoptions.js';
import { commitmentSteps, effectSteps, evidenceSteps, type IsPart, progressSteps, promiseSteps } from './promises.js';
import type { ImportStep } from './step.js';

/** What the record has, as far as a fact asks. */
export interface Holds {
  readonly isPart: IsPart;
  readonly isPledge: IsPledge;
}

/** What a fact asks of the record, in order; undefined: it has no place there yet. Pure. */
export const stepsOf = (fact: Fact, { isPart, isPledge }: Holds): readonly ImportStep[] | undefined => {
  switch (fact.concept) {
    case 'contribution':
      return contributionSteps(fact);
    case 'withdrawal':
      return withdrawalSteps(fact);
    case 'discussion':
      return discussionSteps(fact);
    case 'decision':
      return decisionSteps(fact);
    case 'adoption':
      return adoptionSteps(fact, isPledge);
    case 'reopening':
      return reopeningSteps(fact);
    case 'serviceChange':
      return promiseSteps(fact);
    case 'progress':
      return progressSteps(fact);
    case 'evidence':
      return evidenceSteps(fact);
    case 'effect':
      return effectSteps(fact);
    case 'link':
      return linkSteps(fact);
    case 'commitment':
      return commitmentSteps(fact, isPart);
  }
};
