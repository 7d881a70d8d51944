import type { ContributionEvent } from '#contributions/contribution.events';
import type { DecisionEvent } from '#decisions/decision.events';
import type { ServiceChangeEvent } from '#lifecycle/lifecycle.events';
import type { DiscussionEvent } from '#meetings/meeting.events';
import { sealedRef } from '#kernel/personal';
import { ragOf } from '#lifecycle/rag';
import { evolvePromise, newlyPromised, type Promised } from '#lifecycle/lifecycle';
import type { ChainContribution, ChainDecision, ChainReply, ChainServiceChange, Reader, Shown } from './chain.types.js';
import type { NodeRow, StepRow } from './graph.js';
import { redactionOf } from './redaction.js';
import { type OpenText, show, WITHHELD } from './show.js';

type Told = ContributionEvent | DecisionEvent | ServiceChangeEvent | DiscussionEvent;
export type StepOf<K extends Told['type']> = StepRow & { readonly data: Extract<Told, { type: K }>['data'] };
export type Step = StepRow & { readonly data: Readonly<Record<string, unknown>> };

export const withData = (steps: readonly StepRow[]): Step[] =>
  steps.map((step) => ({ ...step, data: JSON.parse(step.facts) as Step['data'] }));

/** The steps of some types; their facts are the event's own data, with references in the place of words. */
export const ofType = <K extends Told['type']>(steps: readonly Step[], ...types: readonly K[]): StepOf<K>[] =>
  steps.filter(({ type }) => (types as readonly string[]).includes(type)) as unknown as StepOf<K>[];

/** The event a thing begins with. @throws Error when the read model is broken: a thing without a beginning. */
const founding = <K extends Told['type']>(steps: readonly Step[], type: K): StepOf<K> => {
  const [first] = ofType(steps, type);
  if (!first) throw new Error(`a chain begins without ${type}`);
  return first;
};

const must = (shown: Shown | null): Shown => shown ?? { state: 'lost' };

/** One view from its own steps, as this reader may see it. `permitted`: the steps that say what they may. */
export const foldContribution = (
  node: NodeRow,
  steps: readonly Step[],
  permitted: readonly Step[],
  open: OpenText,
  reader: Reader,
  clock: ChainContribution['clock'],
): ChainContribution => {
  const received = founding(steps, 'ContributionReceived');
  const data = received.data;
  const attribution = ofType(permitted, 'AttributionChanged').at(-1)?.data.attribution ?? data.attribution;
  const withdrawn = ofType(steps, 'ContributionWithdrawn')[0];
  const corrections = ofType(steps, 'ContributionCorrected');
  const isPublic = reader === 'public';
  const isHidden =
    isPublic &&
    (attribution === 'hidden' || data.published === false || ofType(permitted, 'ContributionWithdrawn').length > 0);
  const { heldBack, publicVersion } = redactionOf(permitted, open);
  const unseen = isHidden ? WITHHELD : isPublic && heldBack ? ({ state: 'held-back', reason: heldBack.reason } as const) : null; // prettier-ignore
  const see = (value: unknown): Shown | null => (unseen && value ? unseen : show(open, value));
  // A public version stands for all that was given: pictures and a translation say what the words say.
  const isReplaced = isPublic && publicVersion !== null;
  const { translation } = data;
  return {
    id: node.id,
    authority: node.authority ?? '',
    givenTo: data.authority,
    team: node.team,
    meeting: node.meeting,
    words: isReplaced ? (unseen ?? publicVersion.words) : see(corrections.at(-1)?.data.words ?? data.words),
    media: (isReplaced ? [] : (data.media ?? [])).map(({ kind, description, file }) => ({
      kind,
      description: must(see(description)),
      file: unseen || !file ? null : sealedRef(file),
    })),
    language: data.language ?? null,
    translation: translation && !isReplaced ? { words: must(see(translation.words)), by: translation.by } : null,
    channel: data.channel,
    capacity: data.capacity,
    voice: data.voice,
    // Who helped is shown to the person and to staff, never to everyone.
    helper: reader === 'public' ? null : show(open, data.helper),
    attribution,
    participant: reader === 'public' ? null : (data.participant ?? null),
    groupSize: data.groupSize ?? null,
    occurredAt: node.occurred_at,
    precision: received.precision,
    recordedAt: received.recorded_at,
    imported: received.imported === 1,
    corrected: corrections.length > 0,
    publicVersion: unseen ? null : publicVersion,
    heldBack: isHidden ? null : heldBack,
    clock,
    withdrawnOn: withdrawn?.occurred_at ?? null,
    // For the person’s own page and the team; everyone reads only that no reply is owed.
    repliesEnded: ofType(steps, 'RepliesEnded', 'RepliesResumed').at(-1)?.type === 'RepliesEnded',
    reference: data.reference ?? null,
  };
};

export const foldDecision = (node: NodeRow, steps: readonly Step[], open: OpenText): ChainDecision => {
  const made = founding(steps, 'DecisionMade');
  const data = made.data;
  const { reason } = data;
  const lastTurn = ofType(steps, 'DecisionReopened', 'DecisionSuperseded').at(-1);
  return {
    id: node.id,
    meeting: node.meeting,
    team: node.team,
    authority: node.authority ?? '',
    answer: data.answer ?? null,
    statement: must(show(open, data.statement)),
    reason: reason ? { codes: reason.codes, words: show(open, reason.words), source: reason.source ?? null } : null,
    whichPart: show(open, data.whichPart),
    lookAgain: data.lookAgain ?? null,
    noLookAgain: data.noLookAgain ?? false,
    passedTo: data.passedTo ?? null,
    alternatives: data.alternatives.map(({ what, why }) => ({
      what: must(show(open, what)),
      why: show(open, why),
    })),
    interests: data.interests.map(({ role, interest }) => ({
      role,
      interest: must(show(open, interest)),
    })),
    decidedBy: data.decidedBy,
    money: data.money ?? null,
    easyText: show(open, data.easyText),
    occurredAt: node.occurred_at,
    precision: made.precision,
    recordedAt: made.recorded_at,
    imported: made.imported === 1,
    supersededBy: ofType(steps, 'DecisionSuperseded').at(-1)?.data.by ?? null,
    reopened: lastTurn?.type === 'DecisionReopened',
    reference: data.reference ?? null,
    url: data.url ?? null,
    sourceStatus: show(open, data.sourceStatus),
  };
};

export const foldServiceChange = (
  node: NodeRow,
  steps: readonly Step[],
  open: OpenText,
  today: string,
): ChainServiceChange => {
  const promised = founding(steps, 'ServiceChangePromised');
  const data = promised.data;
  const start: Promised = {
    ...newlyPromised,
    ...(data.owner && { owner: data.owner }),
    ...(data.due && { due: data.due }),
  };
  const now = steps.reduce((state, step) => evolvePromise(state, { type: step.type, data: step.data } as never), start);
  const transfers = ofType(steps, 'ServiceChangeTransferred').map(({ data: { from, to, on } }) => ({ from, to, on }));
  const owner = ofType(steps, 'OwnerChanged').at(-1)?.data.new ?? data.owner;
  const rag = ragOf({ state: now.state, due: now.due ?? null, proofs: now.proofs }, today);
  return {
    id: node.id,
    decision: data.decision ?? null,
    what: must(show(open, ofType(steps, 'PromiseReworded').at(-1)?.data.what ?? data.what)),
    owner: owner ? { person: owner.person, name: must(show(open, owner.name)), role: owner.role } : null,
    ownerRole: owner?.role ?? data.ownerRole ?? null,
    due: now.due ?? null,
    moved: ofType(steps, 'DueDateChanged').map(({ data: move, occurred_at }) => ({
      old: move.old ?? null,
      new: move.new,
      reason: show(open, move.reason),
      agreedBy: show(open, move.agreedBy),
      on: occurred_at,
      afterDue: move.afterDue ?? false,
    })),
    proofWanted: data.proofWanted ?? null,
    checkerRole: data.checker?.role ?? null,
    state: now.state,
    late: rag.late,
    rag: { colour: rag.colour, why: rag.why },
    proofs: ofType(steps, 'EvidenceAttached').map(({ data: proof, occurred_at }) => ({
      title: must(show(open, proof.title)),
      kind: proof.kind,
      hash: proof.hash,
      url: proof.url ?? null,
      supplierRole: proof.suppliedByRole,
      on: occurred_at,
    })),
    verdicts: ofType(steps, 'VerdictGiven').map(({ data: said, occurred_at }) => ({
      verdict: said.verdict,
      comment: show(open, said.comment),
      contribution: said.contribution ?? null,
      on: occurred_at,
    })),
    checks: ofType(steps, 'DoneConfirmed', 'DoneDisputed').map(({ type, data: check, occurred_at }) => ({
      confirmed: type === 'DoneConfirmed',
      byRole: check.byRole,
      words: show(open, check.words),
      on: occurred_at,
    })),
    effects: ofType(steps, 'EffectObserved').map(({ data: seen, occurred_at }) => ({
      what: must(show(open, seen.what)),
      forWhom: seen.forWhom,
      source: seen.source,
      before: seen.before ?? null,
      after: seen.after ?? null,
      harm: seen.harm ?? false,
      on: occurred_at,
    })),
    sourceStatus: show(open, data.sourceStatus),
    authority: transfers.at(-1)?.to ?? data.authority,
    transfers,
    promisedOn: node.occurred_at,
    imported: promised.imported === 1,
  };
};

export const foldReplies = (contribution: string, steps: readonly Step[], open: OpenText): ChainReply[] => {
  const failed = new Set(ofType(steps, 'ReplyFailed').map(({ data }) => data.reply));
  return ofType(steps, 'ReplySent').map(({ event_id, data }) => ({
    id: event_id,
    contribution,
    channel: data.channel,
    format: data.format,
    givenAt: data.givenAt,
    byRole: data.byRole,
    about: data.about ?? null,
    answerBy: data.answerBy ?? null,
    words: show(open, data.words),
    failed: failed.has(event_id),
  }));
};
