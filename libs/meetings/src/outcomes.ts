import type { Answer, Attribution, Capacity, Effect, Reason, Voice } from '#kernel/codes';
import type { AccessTask, Tally } from './meeting.events.js';
import type { Openness } from './meeting.js';

/**
 * The body of `POST /meetings/{id}/outcomes`: a whole meeting at once. `ref` is the writer's own label and local to the
 * body; answers and promises may also name things that were recorded earlier, by their id.
 */
export interface OutcomesBody {
  readonly attendance: readonly { readonly capacity: Capacity; readonly count: number }[];
  readonly discussions: readonly DiscussionOutcome[];
  /** Participants who were there. */
  readonly people?: readonly string[];
  readonly decisionMakerPresent?: boolean;
  readonly openness?: Openness;
  readonly rung?: string;
  readonly interests?: readonly InterestOutcome[];
  readonly accessTasks?: readonly AccessTask[];
  readonly howWasIt?: readonly Tally[];
  /** Words that look like the name of somebody who asked not to be named, confirmed not to be theirs. */
  readonly namesConfirmed?: readonly string[];
}

export interface InterestOutcome {
  readonly role: string;
  readonly interest: string;
  /** Whose interest; their key seals it. */
  readonly person?: string;
}

export interface DiscussionOutcome {
  readonly ref?: string;
  readonly title: string;
  readonly contributions: readonly (ContributionOutcome | EarlierContribution)[];
  readonly decisions: readonly DecisionOutcome[];
  readonly serviceChanges: readonly ServiceChangeOutcome[];
  readonly points?: readonly string[];
  readonly dissent?: readonly string[];
  readonly decideBy?: string;
}

export interface EarlierContribution {
  readonly id: string;
}

export interface ContributionOutcome {
  readonly ref: string;
  readonly words: string;
  readonly participant?: string;
  readonly capacity: Capacity;
  readonly voice: Voice;
  readonly attribution: Attribution;
  readonly helper?: string;
  readonly agreed?: boolean;
  readonly groupSize?: number;
  readonly language?: string;
  /** Read back aloud in the room: whether they said "that's right". */
  readonly readBack?: boolean;
}

export interface DecisionOutcome {
  readonly ref: string;
  readonly answer: Answer;
  readonly statement: string;
  readonly reason?: { readonly codes: readonly Reason[]; readonly words?: string };
  readonly whichPart?: string;
  readonly lookAgain?: string;
  readonly noLookAgain?: boolean;
  readonly passedTo?: string;
  readonly alternatives: readonly { readonly what: string; readonly why?: string }[];
  readonly interests: readonly { readonly role: string; readonly interest: string }[];
  readonly decidedBy: readonly { readonly role: string; readonly body?: string; readonly capacity: Capacity }[];
  readonly importance?: number;
  readonly money?: string;
  readonly dispensations?: readonly string[];
  readonly easyText?: string;
  readonly vagueOverride?: string;
  readonly answers: readonly { readonly contribution: string; readonly effect: Effect; readonly why?: string }[];
}

export interface ServiceChangeOutcome {
  readonly ref?: string;
  /** The decision it follows from: a `ref` of this body, or the id of one recorded earlier. */
  readonly decision: string;
  readonly what: string;
  readonly owner: { readonly name: string; readonly role: string };
  readonly due: string;
  readonly proofWanted: string;
  readonly checker: { readonly name?: string; readonly role: string };
  readonly vagueOverride?: string;
}

export const isEarlier = (item: ContributionOutcome | EarlierContribution): item is EarlierContribution => 'id' in item;

/** What the rules must be told because it stands outside the meeting's own stream. */
export interface OutcomeFacts {
  /** The id that an item will have: follows from meeting, kind and ref. */
  itemId(kind: ItemKind, ref: string): string;
  /** Ids of this authority's views, decisions and people, among those that the body names. */
  readonly known: ReadonlySet<string>;
  /** The pseudonymous id of a member of staff, by name. */
  readonly staff: ReadonlyMap<string, string>;
  /** Names of people of this meeting or team who asked not to be named. */
  readonly namesNotToShow: readonly string[];
  /** Those of them that were taken back. */
  readonly withdrawn: ReadonlySet<string>;
  /** When the meeting was held, an instant. */
  readonly heldAt: string;
  /** `YYYY-MM-DD`: dates of promises are judged by the day of recording. */
  readonly today: string;
}

export type ItemKind = 'contribution' | 'discussion' | 'decision' | 'serviceChange';
