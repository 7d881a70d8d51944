import type { Decided } from '#kernel/aggregate';
import { personal } from '#kernel/personal';
import { missing, type Refusal, refuse } from '#kernel/refusal';
import { vagueAdvice, vaguePhrase } from '#kernel/vague-phrases';
import { type Contribution, LONGEST_WORDS, subjectOf } from './contribution.js';
import { type ContributionEvent, REDACTION_REASONS, type RedactionReason } from './contribution.events.js';

/** Only what everyone can read needs this; taking a view back or asking not to be shown is the person's own doing. */
const over = ({ exists, withdrawn, attribution, moderation }: Contribution): Refusal | undefined => {
  if (!exists) return missing('view');
  if (withdrawn) return refuse('withdrawn', 'This view was taken back. Others do not see it.');
  const isSeen = moderation.published && attribution !== 'hidden';
  return isSeen ? undefined : refuse('not-public', 'Others do not see this view. Nothing has to be left out.');
};

const reasonOf = (code: string): RedactionReason | undefined =>
  REDACTION_REASONS.find((each) => each === code && each !== 'fix-not-read-yet');

const noReason = (): Refusal => refuse('reason-missing', 'Choose why. Everyone can read the reason.', '/reason');

/** What stands for the words from now on, for everyone but the person and the team. The words themselves stay as they are. */
export const givePublicVersion = (
  state: Contribution,
  id: string,
  given: { readonly words: string; readonly reason: string },
): Decided<ContributionEvent> => {
  const no = over(state);
  if (no) return no;
  const words = given.words.trim();
  if (words === '') return refuse('words-missing', 'Enter the words that everyone may read.', '/words');
  if (words.length > LONGEST_WORDS)
    return refuse('too-long', `This must be ${LONGEST_WORDS.toLocaleString('en-GB')} characters or fewer.`, '/words');
  const reason = reasonOf(given.reason);
  if (!reason) return noReason();
  return [{ type: 'PublicVersionGiven', data: { words: personal(subjectOf(state, id), words), reason } }];
};

/** Shown to nobody but the person and the team, with a reason that everyone can read. */
export const holdBack = (
  state: Contribution,
  id: string,
  given: { readonly reason: string; readonly explanation?: string },
): Decided<ContributionEvent> => {
  const no = over(state);
  if (no) return no;
  if (state.moderation.heldBack) return refuse('held-back', 'These words are not shown to others already.');
  const reason = reasonOf(given.reason);
  if (!reason) return noReason();
  const explanation = given.explanation?.trim() ?? '';
  const vague = vaguePhrase(explanation);
  if (vague) return refuse('vague', vagueAdvice(vague), '/explanation');
  const said = explanation && { explanation: personal(subjectOf(state, id), explanation) };
  return [{ type: 'ViewHeldBack', data: { reason, ...said } }];
};

export const releaseView = (state: Contribution): Decided<ContributionEvent> => {
  const no = over(state);
  // Asked not to be shown meanwhile: nothing shows by it, and nothing has to be done.
  if (no && no.code !== 'not-public') return no;
  const { heldBack, publicVersion } = state.moderation;
  if (!heldBack) return refuse('not-held-back', 'These words are shown to others already.');
  if (publicVersion === 'outdated')
    return refuse('version-outdated', 'Our notes were fixed since. Write the words that everyone may read anew.');
  return [{ type: 'ViewReleased', data: { shown: state.attribution !== 'hidden' } }];
};
