import type { Decided, Now } from '#kernel/aggregate';
import { personal } from '#kernel/personal';
import { missing, refuse } from '#kernel/refusal';
import { vagueAdvice, vaguePhrase } from '#kernel/vague-phrases';
import { giveReasons, type Step, takeLadderStep } from '#lifecycle/ladder';
import { type Contribution, subjectOf } from './contribution.js';
import { type ContributionEvent, STOP_REASONS } from './contribution.events.js';
import { isStopped, replyDue } from './reply-clock.js';

const over = ({ exists, withdrawn, clock }: Contribution) => {
  if (!exists) return missing('view');
  if (withdrawn) return refuse('withdrawn', 'This view was taken back. No clock runs for it.');
  if (clock.ended) return refuse('replies-ended', 'Nobody waits for an answer to this view. No clock runs for it.');
  if (clock.imported) return refuse('no-clock', 'This view was imported. No clock runs for it.');
  return clock.answers.length > 0 ? refuse('answered', 'This view has its answer. No clock runs any more.') : undefined;
};

/**
 * The clock stands still while somebody else has to act, and the page says why. Once the day has passed it cannot be
 * stopped: what is late stays late.
 */
export const stopClock = (
  state: Contribution,
  id: string,
  given: { readonly reason: string; readonly words?: string },
  { today, days }: { readonly today: string; readonly days: number },
): Decided<ContributionEvent> => {
  const no = over(state);
  if (no) return no;
  const reason = STOP_REASONS.find((each) => each === given.reason);
  if (!reason) return refuse('reason-missing', 'Choose why the clock stops.', '/reason');
  const words = given.words?.trim() ?? '';
  if (reason === 'other' && !words) return refuse('words-missing', 'Say why the clock stops.', '/words');
  const vague = vaguePhrase(words);
  if (vague) return refuse('vague', vagueAdvice(vague), '/words');
  if (isStopped(state.clock)) return refuse('stopped', 'The clock is stopped already.');
  if (replyDue(state.clock, days, today) < today)
    return refuse('clock-over', 'The day for the answer has passed. The clock cannot be stopped now.');
  return [{ type: 'ClockStopped', data: { reason, ...(words && { words: personal(subjectOf(state, id), words) }) } }];
};

export const startClock = (state: Contribution): Decided<ContributionEvent> =>
  over(state) ??
  (isStopped(state.clock) ? [{ type: 'ClockStarted', data: {} }] : refuse('running', 'The clock is not stopped.'));

/** The next step of the reminder ladder, if the answer is late now. A calendar that changed later begins no second ladder. */
export const remindOfReply = (
  state: Contribution,
  step: Step,
  { today }: Now,
  days: number,
): Decided<ContributionEvent> => {
  const isLate = !over(state) && !isStopped(state.clock) && replyDue(state.clock, days, today) < today;
  const isSame = state.ladder.due === '' || state.ladder.due === step.due;
  return takeLadderStep(state, step, isLate && isSame);
};

export const giveReplyReasons = (state: Contribution, id: string, words: string): Decided<ContributionEvent> =>
  state.exists ? giveReasons(state, id, words) : missing('view');
