import type { Decided } from '#kernel/aggregate';
import { missing } from '#kernel/refusal';
import type { Contribution } from './contribution.js';
import type { ContributionEvent } from './contribution.events.js';

/** Our notes were read out to the person, who said that they are right, or not. */
export const readBackContribution = (
  state: Contribution,
  given: { meeting?: string; agreed: boolean },
): Decided<ContributionEvent> => (state.exists ? [{ type: 'ContributionReadBack', data: given }] : missing('view'));
