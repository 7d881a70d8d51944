import type { Fact } from '../fact.js';
import { contributionSteps, discussionSteps, withdrawalSteps } from './contributions.js';
import { decisionSteps, linkSteps, reopeningSteps } from './decisions.js';
import { commitmentSteps, effectSteps, evidenceSteps, type IsPart, progressSteps, promiseSteps } from './promises.js';
import type { ImportStep } from './step.js';

/** What a fact asks of the record, in order; undefined: it has no place there yet. Pure. */
export const stepsOf = (fact: Fact, isPart: IsPart): readonly ImportStep[] | undefined => {
  switch (fact.concept) {
    case 'contribution':
      return contributionSteps(fact);
    case 'withdrawal':
      return withdrawalSteps(fact);
    case 'discussion':
      return discussionSteps(fact);
    case 'decision':
      return decisionSteps(fact);
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
