import type { ContributionEvent } from './contribution.events.js';

/** What everyone may read of a view: its words, a public version beside the private ones, or nothing for now. */
export interface Moderation {
  /** False: an import that is not published. */
  readonly published: boolean;
  readonly heldBack: boolean;
  /** `outdated`: our notes were fixed after it was written. */
  readonly publicVersion: 'none' | 'current' | 'outdated';
}

export const noModeration: Moderation = { published: true, heldBack: false, publicVersion: 'none' };

export const moderated = (now: Moderation, event: ContributionEvent): Moderation => {
  switch (event.type) {
    case 'ContributionReceived':
      return { ...now, published: event.data.published !== false };
    case 'ContributionCorrected':
      return now.publicVersion === 'none' ? now : { ...now, publicVersion: 'outdated' };
    case 'PublicVersionGiven':
      return { ...now, heldBack: false, publicVersion: 'current' };
    case 'ViewHeldBack':
      return { ...now, heldBack: true };
    case 'ViewReleased':
      return { ...now, heldBack: false };
    default:
      return now;
  }
};

/** A fix is not read by everyone before somebody has looked whether it, too, needs a public version. */
export const beforeFix = ({ moderation }: { readonly moderation: Moderation }): ContributionEvent[] =>
  moderation.publicVersion === 'none' || moderation.heldBack
    ? []
    : [{ type: 'ViewHeldBack', data: { reason: 'fix-not-read-yet' } }];
