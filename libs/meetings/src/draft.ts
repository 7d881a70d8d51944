import type { Answer, Attribution, Capacity, Effect, Reason, Voice } from '#kernel/codes';
import type { Openness } from './meeting.js';

// Types, not interfaces: a draft is one JSON value that is sealed as a whole.

/** What is being written down about a meeting. Quick capture and guided entry both work on this one draft. */
export type Draft = {
  readonly about: DraftAbout;
  readonly attendance: DraftAttendance;
  readonly interests: readonly DraftInterest[];
  readonly views: readonly DraftView[];
  readonly decisions: readonly DraftDecision[];
  readonly promises: readonly DraftPromise[];
  readonly disagreements: readonly DraftDisagreement[];
  /** Lines that nobody has sorted yet, as typed. */
  readonly unsorted: readonly string[];
  readonly howWasIt: readonly DraftTally[];
  /** Words that look like a name and were confirmed not to be one of the people who asked not to be named. */
  readonly namesConfirmed?: readonly string[];
};

export type DraftAbout = {
  readonly openness?: Openness;
  readonly rung?: string;
  /** Who decides today; left out: the team. */
  readonly decidedBy?: readonly DraftDecider[];
};

export type DraftDecider = { readonly role: string; readonly body?: string; readonly capacity: Capacity };

export type DraftAttendance = {
  /** From the roster. */
  readonly people: readonly { readonly participant: string; readonly capacity: Capacity }[];
  /** "How many others?" */
  readonly others: readonly { readonly capacity: Capacity; readonly count: number }[];
  readonly decisionMakerPresent?: boolean;
  /** "Large print for 2 people: done / not done, why". `met` left out: nobody has said yet. */
  readonly access: readonly {
    readonly need: string;
    readonly count: number;
    readonly met?: boolean;
    readonly why?: string;
  }[];
};

export type DraftInterest = { readonly role: string; readonly interest: string; readonly person?: string };

export type DraftView = {
  /** Ties lines together while the meeting is written down; never recorded. */
  readonly number: number;
  /** In the person's own words. */
  readonly words: string;
  /** Who said it, as typed. */
  readonly who?: string;
  /** Who said it, from the roster. */
  readonly participant?: string;
  /** A view that was given before the meeting: its id. */
  readonly existing?: string;
  readonly capacity?: Capacity;
  readonly voice?: Voice;
  readonly helper?: string;
  readonly agreed?: boolean;
  readonly attribution?: Attribution;
  readonly groupSize?: number;
  readonly language?: string;
  /** Read back aloud: true "that's right", false "change it". */
  readonly readBack?: boolean;
};

export type DraftDecision = {
  readonly views: readonly number[];
  /** `undecided`: no decision today. */
  readonly answer: Answer | 'undecided';
  readonly statement: string;
  readonly reasons: readonly Reason[];
  readonly why?: string;
  readonly whichPart?: string;
  readonly lookAgain?: string;
  readonly noLookAgain?: boolean;
  readonly passedTo?: string;
  readonly alternatives: readonly string[];
  readonly effects: readonly { readonly view: number; readonly effect: Effect }[];
  readonly decideBy?: string;
  readonly money?: string;
  readonly importance?: number;
  readonly easyText?: string;
  /** Why a vague phrase may stand. */
  readonly vagueOverride?: string;
  /** Details after `>>` that could not be read; kept as typed. */
  readonly unread: readonly string[];
};

export type DraftPromise = {
  readonly views: readonly number[];
  readonly what: string;
  readonly ownerName?: string;
  readonly ownerRole?: string;
  readonly due?: string;
  readonly proofWanted?: string;
  readonly checkerName?: string;
  readonly checkerRole?: string;
  readonly vagueOverride?: string;
  readonly unread: readonly string[];
};

export type DraftDisagreement = { readonly views: readonly number[]; readonly words: string };

/** "How was the meeting?": a statement of the pledge, an answer, and how many gave it. Never tied to a name. */
export type DraftTally = { readonly statement: string; readonly answer: string; readonly count: number };

export const emptyDraft: Draft = {
  about: {},
  attendance: { people: [], others: [], access: [] },
  interests: [],
  views: [],
  decisions: [],
  promises: [],
  disagreements: [],
  unsorted: [],
  howWasIt: [],
};
