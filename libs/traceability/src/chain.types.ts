import type { Answer, Attribution, Capacity, Effect, LifecycleState, Reason, Verdict, Voice } from '#kernel/codes';
import type { AnswerClock } from './answer-clock.js';

/** Words as they may be shown to this reader now. `withheld`: the person does not want them shown. */
export type Shown =
  | { readonly state: 'readable'; readonly text: string }
  | { readonly state: 'erased'; readonly on: string }
  | { readonly state: 'withheld' }
  /** The team keeps them from everyone but the person, for a reason that everyone can read: a code of `redaction`. */
  | { readonly state: 'held-back'; readonly reason: string }
  /** Kept and not shown: an erasure is under way, or their use is restricted. */
  | { readonly state: 'hidden'; readonly why: 'erasing' | 'restricted'; readonly since: string }
  | { readonly state: 'lost' };

/** Who reads: everyone, the holder of the view's card, or staff of its authority. */
export type Reader = 'public' | 'own' | 'staff';

export interface ChainStep {
  /** Event name: `ContributionConsidered`, `DecisionMade`, … */
  readonly kind: string;
  readonly id: string;
  /** The thing it happened to. */
  readonly node: string;
  readonly occurredAt: string;
  readonly precision: string | null;
  readonly recordedAt: string;
  /** Role of who did it. */
  readonly by: string;
  readonly text: Shown | null;
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface ChainContribution {
  readonly id: string;
  /** The council that answers for it now. */
  readonly authority: string;
  /** The council that it was given to. */
  readonly givenTo: string;
  readonly team: string | null;
  readonly meeting: string | null;
  readonly words: Shown | null;
  readonly media: readonly { readonly kind: string; readonly description: Shown; readonly file: string | null }[];
  readonly language: string | null;
  readonly translation: { readonly words: Shown; readonly by: string } | null;
  readonly channel: string;
  readonly capacity: Capacity;
  readonly voice: Voice;
  readonly helper: Shown | null;
  readonly attribution: Attribution;
  readonly participant: string | null;
  readonly groupSize: number | null;
  readonly occurredAt: string;
  readonly precision: string | null;
  readonly recordedAt: string;
  readonly imported: boolean;
  readonly corrected: boolean;
  /** What everyone reads in the place of these words; null: these words, or none. */
  readonly publicVersion: { readonly words: Shown; readonly reason: string; readonly on: string } | null;
  readonly heldBack: { readonly reason: string; readonly explanation: Shown | null; readonly on: string } | null;
  /** Null: nobody waits for an answer here. */
  readonly clock: AnswerClock | null;
  readonly withdrawnOn: string | null;
  /** Nobody waits for a reply: the person has died. */
  readonly repliesEnded: boolean;
  readonly reference: string | null;
}

export interface ChainLink {
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly since: string;
  readonly until: string | null;
  readonly effect: Effect | null;
  readonly why: Shown | null;
  readonly unlinkedWhy: Shown | null;
  readonly by: string;
  readonly meeting: string | null;
}

export interface ChainDecision {
  readonly id: string;
  readonly meeting: string | null;
  readonly team: string | null;
  readonly authority: string;
  readonly answer: Answer | null;
  readonly statement: Shown;
  readonly reason: {
    readonly codes: readonly Reason[];
    readonly words: Shown | null;
    readonly source: string | null;
  } | null;
  readonly whichPart: Shown | null;
  readonly lookAgain: string | null;
  readonly noLookAgain: boolean;
  readonly passedTo: string | null;
  readonly alternatives: readonly { readonly what: Shown; readonly why: Shown | null }[];
  readonly interests: readonly { readonly role: string; readonly interest: Shown }[];
  readonly decidedBy: readonly { readonly role: string; readonly body?: string; readonly capacity: string }[];
  readonly money: string | null;
  readonly easyText: Shown | null;
  readonly occurredAt: string;
  readonly precision: string | null;
  readonly recordedAt: string;
  readonly imported: boolean;
  readonly supersededBy: string | null;
  readonly reopened: boolean;
  readonly reference: string | null;
  readonly url: string | null;
  /** What an imported source itself calls its state. */
  readonly sourceStatus: Shown | null;
}

export interface ChainServiceChange {
  readonly id: string;
  readonly decision: string | null;
  readonly what: Shown;
  readonly owner: { readonly person: string; readonly name: Shown; readonly role: string } | null;
  /** Role of the owner; also where a source names a role and no person. */
  readonly ownerRole: string | null;
  readonly due: string | null;
  readonly moved: readonly {
    readonly old: string | null;
    readonly new: string;
    readonly reason: Shown | null;
    readonly agreedBy: Shown | null;
    readonly on: string;
    readonly afterDue: boolean;
  }[];
  readonly proofWanted: string | null;
  readonly checkerRole: string | null;
  readonly state: LifecycleState;
  readonly late: boolean;
  readonly rag: { readonly colour: string; readonly why: string };
  readonly proofs: readonly {
    readonly title: Shown;
    readonly kind: string;
    readonly hash: string;
    readonly url: string | null;
    readonly supplierRole: string;
    readonly on: string;
  }[];
  readonly verdicts: readonly {
    readonly verdict: Verdict;
    readonly comment: Shown | null;
    readonly contribution: string | null;
    readonly on: string;
  }[];
  readonly checks: readonly {
    readonly confirmed: boolean;
    readonly byRole: string;
    readonly words: Shown | null;
    readonly on: string;
  }[];
  readonly effects: readonly {
    readonly what: Shown;
    readonly forWhom: string;
    readonly source: string;
    readonly before: string | null;
    readonly after: string | null;
    readonly harm: boolean;
    readonly on: string;
  }[];
  readonly sourceStatus: Shown | null;
  /** The council that has it now, and each time that a new one got it. */
  readonly authority: string;
  readonly transfers: readonly { readonly from: string; readonly to: string; readonly on: string }[];
  readonly promisedOn: string;
  readonly imported: boolean;
}

export interface ChainReply {
  readonly id: string;
  readonly contribution: string;
  readonly channel: string;
  readonly format: string;
  readonly givenAt: string;
  readonly byRole: string;
  readonly about: string | null;
  readonly answerBy: string | null;
  readonly words: Shown | null;
  readonly failed: boolean;
}

/** Where the chain stops, and why that is a gap. */
export interface ChainGap {
  readonly code:
    | 'no-discussion'
    | 'no-decision'
    | 'no-answer'
    | 'no-reason'
    | 'no-reply'
    | 'no-promise'
    | 'no-owner'
    | 'no-date'
    | 'no-proof'
    | 'not-confirmed'
    | 'no-contribution';
  readonly node: string;
  /** In plain words, with the days where days count. */
  readonly text: string;
  readonly late: boolean;
}

export interface Chain {
  readonly root: string;
  readonly asOf: string | null;
  /** Key of `viewStatus` in the wording. */
  readonly status: string;
  readonly contributions: readonly ChainContribution[];
  readonly discussions: readonly {
    readonly id: string;
    readonly title: string;
    readonly meeting: string | null;
    readonly occurredAt: string;
    readonly dissent: readonly Shown[];
    readonly points: readonly Shown[];
  }[];
  readonly decisions: readonly ChainDecision[];
  readonly serviceChanges: readonly ChainServiceChange[];
  readonly replies: readonly ChainReply[];
  readonly links: readonly ChainLink[];
  readonly steps: readonly ChainStep[];
  readonly gaps: readonly ChainGap[];
  /** True when more is linked than one page can hold; the lists say the rest. */
  readonly more: boolean;
}
