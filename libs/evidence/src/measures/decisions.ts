import { HOW } from '../how-to-record.js';
import { measure } from '../measure.js';
import { known } from './views.js';

const DECISIONS = ['decision', 'decisions'] as const;
const NEEDS_REASON: readonly string[] = ['no', 'partly', 'later', 'passed-on'];

export const decisionMeasures = [
  measure({
    code: 'discussion-dissent', better: 'neither', of: 'discussion', rows: ['S1'], noun: ['talk at a meeting', 'talks at meetings'], as: 'share', phrase: 'have a disagreement kept in the record',
    from: ['DiscussionHeld'], how: HOW.meeting,
    caution: 'No disagreement may mean that all agreed, or that nobody wrote it down.',
    counts: (each) => known(each.dissent, each),
  }),
  measure({
    code: 'discussion-from-people', of: 'discussion', rows: ['P2b', 'S17'], noun: ['talk at a meeting', 'talks at meetings'], as: 'share', phrase: 'began with a view of people or families',
    from: ['DiscussionHeld'], how: HOW.meeting,
    counts: (each, { livedViews }) => known(livedViews > 0, each),
  }),
  measure({
    code: 'discussion-decided', of: 'discussion', rows: ['S17'], noun: ['talk that began with people', 'talks that began with people'], as: 'share', phrase: 'reached a decision',
    from: ['DiscussionHeld', 'DecisionMade'], how: HOW.meeting,
    counts: (each, { livedViews, decisions }) => (livedViews === 0 ? undefined : known(decisions > 0, each)),
  }),
  measure({
    code: 'decision-view', of: 'decision', rows: ['P2c', 'S2', 'I1b', 'O1'], noun: DECISIONS, as: 'share', phrase: 'have a view of someone behind them',
    from: ['DecisionMade', 'DecisionLinkedToContribution'], how: HOW.decision,
    counts: (_decision, { views }) => views > 0,
  }),
  measure({
    code: 'decision-changed', of: 'decision', rows: ['S2', 'P2c', 'I2', 'S7'], noun: DECISIONS, as: 'share', phrase: 'were changed by a view',
    from: ['DecisionMade', 'DecisionLinkedToContribution'], how: HOW.decision,
    counts: (_decision, { changed, effectNotSaid }) => changed > 0 || (effectNotSaid > 0 ? null : false),
  }),
  measure({
    code: 'decision-important', of: 'decision', rows: ['S2'], noun: DECISIONS, as: 'share', phrase: 'were marked for importance by the people there',
    from: ['DecisionMade'], how: HOW.meeting,
    counts: (decision) => known(decision.importance, decision),
  }),
  measure({
    code: 'decision-money', of: 'decision', rows: ['P2c', 'O1'], noun: ['decision about money', 'decisions about money'], as: 'share', phrase: 'have a view of someone behind them',
    from: ['DecisionMade', 'DecisionLinkedToContribution'], how: HOW.decision,
    counts: ({ money }, { views }) => (money ? views > 0 : undefined),
  }),
  measure({
    code: 'decision-people', of: 'decision', rows: ['P2b', 'P2c', 'S17', 'S7', 'O5'], noun: DECISIONS, as: 'share', phrase: 'were made with people, families or advocates as deciders',
    from: ['DecisionMade'], how: HOW.meeting,
    caution: 'A team that decides as “the team” does not show who was in it.',
    counts: (decision) => known(decision.livedDecider, decision),
  }),
  measure({
    code: 'decision-alternatives', of: 'decision', rows: ['P2c', 'S16'], noun: DECISIONS, as: 'share', phrase: 'say what else was looked at',
    from: ['DecisionMade'], how: HOW.meeting,
    counts: (decision) => known(decision.alternatives, decision),
  }),
  measure({
    code: 'decision-interests', of: 'decision', rows: ['P2c'], noun: DECISIONS, as: 'count', phrase: 'where someone had an interest of their own',
    from: ['DecisionMade'], how: HOW.meeting,
    counts: ({ interests }) => (interests ? true : undefined),
  }),
  measure({
    code: 'decision-reason', of: 'decision', rows: ['S16', 'S20'], noun: ['“no”, “partly”, “not now” or “someone else”', '“no”, “partly”, “not now” or “someone else”'], as: 'share', phrase: 'say why in plain words',
    from: ['DecisionMade'], how: HOW.decision,
    counts: (decision) => (decision.answer !== undefined && NEEDS_REASON.includes(decision.answer) ? known(decision.reasonInWords, decision) : undefined),
  }),
  measure({
    code: 'decision-not-now', of: 'decision', rows: ['S20'], noun: ['decision “not now”', 'decisions “not now”'], as: 'share', phrase: 'have a day when we look again',
    from: ['DecisionMade'], how: HOW.decision,
    counts: (decision) => (decision.answer === 'later' ? known(decision.lookAgain, decision) : undefined),
  }),
  measure({
    code: 'decision-looked-again', of: 'decision', rows: ['S20'], noun: ['decision to look at again', 'decisions to look at again'], as: 'share', phrase: 'were looked at again',
    from: ['DecisionMade', 'DecisionReviewAnswered'], how: HOW.decision,
    caution: 'For some the day has not come yet. “Where the chain stopped” shows the days that went by.',
    counts: ({ lookAgain, lookedAgain }) => (lookAgain ? (lookedAgain ?? false) : undefined),
  }),
  measure({
    code: 'decision-word-back', of: 'decision', rows: ['S20', 'S16'], noun: ['question that someone else decides', 'questions that someone else decides'], as: 'share', phrase: 'came back with an answer',
    from: ['DecisionMade', 'DecisionReferralAnswered'], how: HOW.decision,
    counts: ({ answer, otherBodyAnswered }) => (answer === 'passed-on' ? (otherBodyAnswered ?? false) : undefined),
  }),
  measure({
    code: 'review-answered', of: 'review', rows: ['S16', 'S20'], noun: ['request to look at a decision again', 'requests to look at a decision again'], as: 'share', phrase: 'got an answer',
    from: ['DecisionReviewRequested', 'DecisionReviewAnswered'], how: HOW.request,
    counts: ({ answered }) => answered,
  }),
  measure({
    code: 'decision-promised', of: 'decision', rows: ['S18', 'S2'], noun: ['“yes” or “yes to some of it”', '“yes” and “yes to some of it”'], as: 'share', phrase: 'became a promise with an owner',
    from: ['DecisionMade'], how: HOW.promise,
    counts: (decision, { promises }) => (decision.answer === 'yes' || decision.answer === 'partly' ? known(promises > 0, decision) : undefined),
  }),
]; // prettier-ignore
