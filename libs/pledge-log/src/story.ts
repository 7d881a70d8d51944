import type { Recorded } from '#kernel/event';
import { type Json, isSealed, type Personal } from '#kernel/personal';
import type { CommitmentEvent } from '#lifecycle/lifecycle.events';

type Type = CommitmentEvent['type'];
type Of<T extends Type> = Recorded<Extract<CommitmentEvent, { type: T }>>;

/** One entry of the record, as anyone may read it. Words stay references until a page opens them. */
export interface Entry {
  /** Its number within this commitment, from 1. */
  readonly n: number;
  readonly type: Type;
  readonly id: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly precision: string | undefined;
  readonly imported: boolean;
  readonly byRole: string;
  readonly words: string | null;
  /** What stands in the entry in clear and belongs to its sentence: a moved date, a fingerprint, a step of the ladder. */
  readonly facts: EntryFacts;
  /** Number of the entry that this one takes back, or by which this one is taken back. */
  readonly takesBack: number | null;
  readonly takenBackBy: number | null;
}

export interface EntryFacts {
  readonly old?: string;
  readonly new?: string;
  readonly precision?: 'month' | 'year';
  readonly afterDue?: boolean;
  readonly hash?: string;
  readonly step?: number;
}

/** All that happened to a commitment, sorted by what an auditor asks. */
export interface Story {
  readonly made: Of<'CommitmentMade'> | undefined;
  readonly moves: readonly Of<'DueDateChanged'>[];
  readonly proofs: readonly Of<'EvidenceAttached'>[];
  readonly claims: readonly Of<'ReportedDone'>[];
  readonly checks: readonly (Of<'DoneConfirmed'> | Of<'DoneDisputed'>)[];
  readonly verdicts: readonly Of<'VerdictGiven'>[];
  readonly effects: readonly Of<'EffectObserved'>[];
  readonly accepted: readonly Of<'OwnerAccepted'>[];
  /** Each time a new council got it. */
  readonly transfers: readonly Of<'CommitmentTransferred'>[];
  readonly stops: readonly (Of<'Paused'> | Of<'Dropped'>)[];
  /** What the reminder ladder did, and what was said to it. */
  readonly ladder: readonly (Of<'ReminderSent'> | Of<'ReasonsAskedFor'> | Of<'ReasonsGiven'>)[];
  /** Views and decisions that stand behind it, without those that were taken back. */
  readonly views: readonly Of<'CommitmentLinkedToContribution'>[];
  readonly decisions: readonly Of<'CommitmentLinkedToDecision'>[];
  readonly alternatives: readonly Of<'AlternativeConsidered'>[];
  readonly entries: readonly Entry[];
}

export const storyOf = (events: readonly Recorded[]): Story => {
  const all = <T extends Type>(...types: readonly T[]) =>
    events.filter(({ type }) => types.some((each) => each === type)) as unknown as readonly Of<T>[];
  return {
    made: all('CommitmentMade')[0],
    moves: all('DueDateChanged'),
    proofs: all('EvidenceAttached'),
    claims: all('ReportedDone'),
    checks: all('DoneConfirmed', 'DoneDisputed') as Story['checks'],
    verdicts: all('VerdictGiven'),
    effects: all('EffectObserved'),
    accepted: all('OwnerAccepted'),
    transfers: all('CommitmentTransferred'),
    stops: all('Paused', 'Dropped'),
    ladder: all('ReminderSent', 'ReasonsAskedFor', 'ReasonsGiven') as Story['ladder'],
    views: standing<Of<'CommitmentLinkedToContribution'>>(
      all('CommitmentLinkedToContribution', 'CommitmentUnlinked') as never,
      'contribution',
    ),
    decisions: standing<Of<'CommitmentLinkedToDecision'>>(
      all('CommitmentLinkedToDecision', 'CommitmentUnlinked') as never,
      'decision',
    ),
    alternatives: all('AlternativeConsidered'),
    entries: linked(events, events.map(entryOf)),
  };
};

/** A link and the entry that takes it back name each other, so that a reader of either finds both. */
const linked = (events: readonly Recorded[], entries: readonly Entry[]): readonly Entry[] => {
  const open = new Map<string, number>();
  const pairs = new Map<number, number>();
  for (const [at, { type, data }] of events.entries()) {
    const { contribution, decision } = data as { readonly contribution?: string; readonly decision?: string };
    const to = contribution ?? decision;
    if (to === undefined || !TIES.some((each) => each === type)) continue;
    const link = open.get(to);
    if (type !== 'CommitmentUnlinked') open.set(to, at);
    else if (link !== undefined) pairs.set(link, at).set(at, link);
  }
  return entries.map((entry, at) => {
    const other = pairs.get(at);
    if (other === undefined) return entry;
    return other < at ? { ...entry, takesBack: other + 1 } : { ...entry, takenBackBy: other + 1 };
  });
};

const TIES = ['CommitmentLinkedToContribution', 'CommitmentLinkedToDecision', 'CommitmentUnlinked'] as const;

/** The links that were not taken back after they were made. */
const standing = <T extends Recorded>(
  events: readonly (T | Of<'CommitmentUnlinked'>)[],
  to: 'contribution' | 'decision',
): readonly T[] => {
  const links = new Map<string, T>();
  for (const event of events) {
    const id = (event.data as { readonly contribution?: string; readonly decision?: string })[to];
    if (id === undefined) continue;
    if (event.type === 'CommitmentUnlinked') links.delete(id);
    else links.set(id, event as T);
  }
  return [...links.values()];
};

/** Which words of an event its entry shows: what was promised, said or given as a reason. */
const WORDS = ['what', 'words', 'reason', 'title', 'comment', 'why'] as const;

const entryOf = ({ type, id, occurredAt, recordedAt, about, actor, data }: Recorded, index: number): Entry => {
  const said = data as Readonly<Record<string, Personal<Json> | undefined>>;
  const field = WORDS.map((name) => said[name]).find((value) => isSealed(value));
  return {
    n: index + 1,
    type: type as Type,
    id,
    occurredAt,
    recordedAt,
    precision: about.precision,
    imported: about.import !== undefined,
    byRole: actor.role,
    words: isSealed(field) ? field.sealed : null,
    facts: factsOf(type, data),
    takesBack: null,
    takenBackBy: null,
  };
};

const factsOf = (type: string, { old, new: to, precision, afterDue, hash, step }: EntryFacts): EntryFacts => {
  if (type === 'DueDateChanged' && to !== undefined)
    return { new: to, ...(old && { old }), ...(precision && { precision }), ...(afterDue && { afterDue }) };
  if (type === 'EvidenceAttached' && hash !== undefined) return { hash };
  return type === 'ReminderSent' && step !== undefined ? { step } : {};
};
