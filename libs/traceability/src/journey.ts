import { LATE_STATES } from '#lifecycle/rag';
import type { Chain, ChainContribution, ChainDecision, ChainServiceChange } from './chain.types.js';

/** The nine steps a participant reads, each done, next, late, or not reached. */
export const STEPS = [
  'heard',
  'checked',
  'talked',
  'decided',
  'told',
  'promised',
  'did',
  'was-checked',
  'changed',
] as const;

export interface JourneyStep {
  readonly code: (typeof STEPS)[number];
  readonly state: 'done' | 'next' | 'late' | 'later';
  readonly on: string | null;
  /** Role of who did it or will do it. */
  readonly who: string | null;
  /** When it should be done, for the next step. */
  readonly by: string | null;
}

/** What stands at the end of a view's chain: the decision in force and what was promised on it. */
export interface Outcome {
  readonly view: ChainContribution;
  readonly decision: ChainDecision | undefined;
  readonly effect: 'changed' | 'helped' | 'heard' | null;
  readonly changes: readonly ChainServiceChange[];
}

export const outcomeOf = (chain: Chain): Outcome | undefined => {
  const view = chain.contributions.find(({ id }) => id === chain.root);
  if (!view) return undefined;
  const standing = chain.links.filter(
    (link) => link.from === view.id && link.kind === 'answered' && link.until === null,
  );
  const decisions = chain.decisions.filter((each) => standing.some(({ to }) => to === each.id) && !each.reopened);
  const inForce = decisions.filter(({ supersededBy }) => supersededBy === null);
  const decision = [...(inForce.length > 0 ? inForce : decisions)]
    .sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1))
    .at(-1);
  const effect = standing.find(({ to }) => to === decision?.id)?.effect ?? null;
  return {
    view,
    decision,
    effect,
    changes: chain.serviceChanges.filter((change) => decision !== undefined && change.decision === decision.id),
  };
};

/**
 * The day by which we said we would answer: the last one that a holding reply named, or the one of the clock. Null while
 * the clock stands still, because that day is not known yet, and where no clock runs.
 */
export const replyByOf = ({ replies }: Pick<Chain, 'replies'>, { id, clock }: ChainContribution): string | null => {
  const named = replies
    .filter((reply) => reply.contribution === id && !reply.failed)
    .flatMap(({ answerBy }) => answerBy ?? []);
  return named.at(-1) ?? (clock && !clock.stopped ? clock.due : null);
};

export const journeyOf = (chain: Chain, outcome: Outcome, today: string): JourneyStep[] => {
  const { view, decision, changes } = outcome;
  // A view that was given after the decision was on the table, but it was not considered.
  const mine = (kind: string) =>
    chain.steps.find((step) => step.node === view.id && step.kind === kind && step.facts['inTime'] !== false);
  const [readBack, talked] = [mine('ContributionReadBack'), mine('ContributionConsidered')];
  // That we heard them, or when an answer will come, is not yet the answer: the gap "no reply" says the same.
  const told = chain.replies.find((reply) => reply.contribution === view.id && !reply.failed && reply.about !== null);
  const promised = changes[0];
  const isDone =
    changes.length > 0 &&
    changes.every(({ state }) => state === 'reported-done' || state === 'confirmed' || state === 'disputed');
  const isConfirmed = changes.length > 0 && changes.every(({ state }) => state === 'confirmed');
  const lastOf = (kind: string) =>
    chain.steps.filter((step) => step.kind === kind && changes.some(({ id }) => id === step.node)).at(-1);
  const effect = lastOf('EffectObserved');
  const replyBy = replyByOf(chain, view);

  const reached: Omit<JourneyStep, 'state'>[] = [
    { code: 'heard', on: view.occurredAt, who: null, by: null },
    { code: 'checked', on: readBack?.occurredAt ?? null, who: null, by: null },
    { code: 'talked', on: talked?.occurredAt ?? null, who: null, by: null },
    { code: 'decided', on: decision?.occurredAt ?? null, who: decision?.decidedBy[0]?.role ?? null, by: replyBy },
    { code: 'told', on: told?.givenAt ?? null, who: told?.byRole ?? null, by: replyBy },
    { code: 'promised', on: promised?.promisedOn ?? null, who: promised?.owner?.role ?? null, by: null },
    {
      code: 'did',
      on: isDone ? (lastOf('ReportedDone')?.occurredAt ?? null) : null,
      who: promised?.owner?.role ?? null,
      // A promise that is stopped or dropped has no day to be late on.
      by: promised && LATE_STATES.includes(promised.state) ? promised.due : null,
    },
    {
      code: 'was-checked',
      on: isConfirmed ? (lastOf('DoneConfirmed')?.occurredAt ?? null) : null,
      who: promised?.checkerRole ?? null,
      by: null,
    },
    { code: 'changed', on: effect?.occurredAt ?? null, who: null, by: null },
  ];
  // An answer that promises nothing ends with being told why: the later steps are not waiting for anyone.
  const leadsOn = !decision || changes.length > 0 || decision.answer === 'yes' || decision.answer === 'partly';
  const needed = leadsOn ? reached : reached.slice(0, 5);
  // Reading back, talking and what changed can be left out in life; they are never "next".
  const next = needed.find(
    ({ code, on }) => on === null && code !== 'checked' && code !== 'changed' && !(code === 'talked' && decision),
  );
  return needed
    .filter(({ code, on }) => on !== null || code === next?.code)
    .map((step) => ({
      ...step,
      state: step.on !== null ? 'done' : step.by !== null && step.by < today && !view.imported ? 'late' : 'next',
    }));
};
