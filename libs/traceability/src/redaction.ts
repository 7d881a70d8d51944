import type { ChainContribution } from './chain.types.js';
import { ofType, type Step } from './fold-chain.js';
import { type OpenText, show } from './show.js';

/** What the team keeps from everyone but the person: other words in their place, or none for now. */
export const redactionOf = (
  steps: readonly Step[],
  open: OpenText,
): Pick<ChainContribution, 'publicVersion' | 'heldBack'> => {
  const version = ofType(steps, 'PublicVersionGiven').at(-1);
  const last = ofType(steps, 'ViewHeldBack', 'ViewReleased', 'PublicVersionGiven').at(-1);
  const held = last?.type === 'ViewHeldBack' ? ofType([last as Step], 'ViewHeldBack')[0] : undefined;
  return {
    publicVersion: version
      ? {
          words: show(open, version.data.words) ?? { state: 'lost' },
          reason: version.data.reason,
          on: version.occurred_at,
        }
      : null,
    heldBack: held
      ? { reason: held.data.reason, explanation: show(open, held.data.explanation), on: held.occurred_at }
      : null,
  };
};
