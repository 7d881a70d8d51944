import type { GapKind, Measure } from './gap-kinds.js';

/** What is known of one thing; days are days in Europe/London. */
export interface ViewFacts {
  readonly thing: 'view';
  readonly day: string;
  readonly imported: boolean;
  readonly withdrawn?: boolean;
  /** Nobody waits for a reply any more. */
  readonly repliesEnded?: boolean;
  /** Ids of replies that carry an answer, or the day by which it comes, and that did not fail. */
  readonly replies?: readonly string[];
}
export interface DiscussionFacts {
  readonly thing: 'discussion';
  readonly day: string;
  readonly decideBy?: string | undefined;
  readonly meeting?: string | undefined;
}
export interface DecisionFacts {
  readonly thing: 'decision';
  readonly day: string;
  readonly imported: boolean;
  readonly answer?: string | undefined;
  readonly reasonInWords: boolean;
  /** The source gives a reason by a code of its own: then words are missed whatever the answer was. */
  readonly reasonByCode?: boolean;
  readonly lookAgain?: string | undefined;
  /** Looked at again, replaced, or opened again. */
  readonly lookedAgain?: boolean;
  readonly superseded?: boolean;
  readonly otherBodyAnswered?: boolean;
}
export interface PromiseFacts {
  /** A commitment of the pledge misses what any promise misses. */
  readonly thing: 'promise' | 'commitment';
  readonly day: string;
  readonly state: string;
  /** The state before a pause. */
  readonly stateBefore?: string;
  /** The day of the state: reported done, disputed. */
  readonly since: string;
  readonly owner: boolean;
  readonly due?: string | undefined;
  readonly pausedUntil?: string | undefined;
  readonly proof?: boolean;
}
export interface MeetingFacts {
  readonly thing: 'meeting';
  readonly day: string;
  /** How many items could not be applied. */
  readonly notApplied?: number;
}
export type Facts = ViewFacts | DiscussionFacts | DecisionFacts | PromiseFacts | MeetingFacts;

/** What it is tied to. */
export interface Ties {
  readonly discussed: boolean;
  readonly decided: boolean;
  readonly promised: boolean;
  readonly hasView: boolean;
}

export interface Gap {
  readonly kind: GapKind;
  /** The first day on which it is a gap; that day may lie ahead. */
  readonly from: string;
}

const WAITS_FOR_AN_ANSWER: readonly GapKind[] = ['no-reply', 'no-decision', 'no-discussion'];

/** Whether the promised time for an answer is over. @param due last day for the answer; null: no clock runs, or it stands still */
export const isLate = (kind: GapKind, due: string | null, today: string): boolean =>
  WAITS_FOR_AN_ANSWER.includes(kind) && due !== null && due < today;

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** What is missing or will be missing from a day on, unless something happens before. No clock: the reader brings the day. */
export const gapsOf = (facts: Facts, ties: Ties): Gap[] => {
  switch (facts.thing) {
    case 'view':
      return viewGaps(facts, ties);
    case 'discussion':
      return facts.decideBy && !ties.decided ? [{ kind: 'decide-by-passed', from: dayAfter(facts.decideBy) }] : [];
    case 'decision':
      return decisionGaps(facts, ties);
    case 'promise':
    case 'commitment':
      return promiseGaps(facts);
    case 'meeting':
      return facts.notApplied ? [{ kind: 'not-applied', from: facts.day }] : [];
  }
};

const viewGaps = ({ withdrawn, repliesEnded, imported, day, replies = [] }: ViewFacts, ties: Ties): Gap[] => {
  if (withdrawn) return [];
  if (!ties.decided) return [{ kind: ties.discussed ? 'no-decision' : 'no-discussion', from: day }];
  return replies.length === 0 && !imported && !repliesEnded ? [{ kind: 'no-reply', from: day }] : [];
};

export const NEEDS_REASON: readonly string[] = ['no', 'partly', 'later', 'passed-on'];
const isYes = (answer: string | undefined): boolean => answer === 'yes' || answer === 'partly';

const needsReason = ({ answer, reasonByCode }: DecisionFacts): boolean =>
  answer !== undefined && (NEEDS_REASON.includes(answer) || reasonByCode === true);

const decisionGaps = (decision: DecisionFacts, ties: Ties): Gap[] => {
  const { answer, day, imported, lookAgain } = decision;
  const gaps: Gap[] = [];
  if (answer === undefined) gaps.push({ kind: 'no-answer', from: day });
  else if (needsReason(decision) && !decision.reasonInWords)
    gaps.push({ kind: answer === 'no' || decision.reasonByCode ? 'refusal-without-text' : 'no-reason', from: day });
  if (!ties.hasView) gaps.push({ kind: 'no-contribution', from: day });
  // What replaced it carries on from here.
  if (decision.superseded) return gaps;
  if (isYes(answer) && !imported && !ties.promised) gaps.push({ kind: 'no-promise', from: day });
  if (lookAgain && !decision.lookedAgain) gaps.push({ kind: 'look-again-passed', from: dayAfter(lookAgain) });
  if (answer === 'passed-on' && !decision.otherBodyAnswered) gaps.push({ kind: 'no-word-back', from: day });
  return gaps;
};

const promiseGaps = ({ state, day, since, owner, due, proof, pausedUntil }: PromiseFacts): Gap[] => {
  if (state === 'dropped' || state === 'transferred') return [];
  const gaps: Gap[] = [];
  if (!owner) gaps.push({ kind: 'no-owner', from: day });
  if (!due) gaps.push({ kind: 'no-date', from: day });
  if (due && (state === 'promised' || state === 'under-way')) gaps.push({ kind: 'overdue', from: dayAfter(due) });
  if (state === 'paused' && pausedUntil) gaps.push({ kind: 'pause-passed', from: dayAfter(pausedUntil) });
  if (state === 'disputed') gaps.push({ kind: 'disputed', from: since });
  if (state === 'reported-done') gaps.push({ kind: 'not-confirmed', from: since });
  if (!proof && (state === 'reported-done' || state === 'confirmed')) gaps.push({ kind: 'no-proof', from: since });
  return gaps;
};

/** `null`: the source does not say. That is neither there nor missing, and is counted by itself. */
export type Measured = Readonly<Partial<Record<Measure, boolean | null>>>;

export const measuresOf = (facts: Facts, ties: Ties): Measured => {
  if (facts.thing === 'view') return viewMeasures(facts, ties);
  if (facts.thing === 'decision') return decisionMeasures(facts, ties);
  return facts.thing === 'promise' || facts.thing === 'commitment' ? promiseMeasures(facts) : {};
};

/** What imported history does not tell is not known; what it does tell counts. */
const known = (is: boolean, imported: boolean): boolean | null => is || (imported ? null : false);

const viewMeasures = ({ withdrawn, repliesEnded, imported, replies = [] }: ViewFacts, ties: Ties): Measured =>
  withdrawn
    ? {}
    : {
        'view-discussed': known(ties.discussed || ties.decided, imported),
        'view-decided': known(ties.decided, imported),
        ...(ties.decided && !repliesEnded && { 'view-replied': known(replies.length > 0, imported) }),
      };

const decisionMeasures = (decision: DecisionFacts, ties: Ties): Measured => ({
  'decision-answer': decision.answer !== undefined,
  ...(needsReason(decision) && { 'decision-reason': decision.reasonInWords }),
  'decision-view': ties.hasView,
  ...(isYes(decision.answer) && { 'decision-promise': known(ties.promised, decision.imported) }),
});

const promiseMeasures = ({ state, owner, due, proof }: PromiseFacts): Measured => {
  if (state === 'dropped' || state === 'transferred') return {};
  // Of what is disputed, the check is missing; proof is asked for again when it is called done again.
  const isCalledDone = state === 'reported-done' || state === 'confirmed';
  return {
    'promise-owner': owner,
    'promise-date': due !== undefined,
    ...(isCalledDone && { 'promise-proof': proof ?? false }),
    ...((isCalledDone || state === 'disputed') && { 'promise-checked': state === 'confirmed' }),
  };
};
