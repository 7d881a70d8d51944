import type { Capacity } from '#kernel/codes';

interface FromSource {
  /** Imported history: what the source does not tell is not known. */
  readonly imported?: boolean;
}

export interface ViewFacts extends FromSource {
  readonly capacity: string;
  readonly voice: string;
  readonly channel: string;
  readonly day: string;
  /** The first view that this person gave; undefined: nobody wrote down who gave it. */
  readonly first?: boolean;
  readonly withdrawn?: boolean;
  readonly considered?: 'in-time' | 'late';
  readonly readBack?: boolean;
  /** The person chose again how the view is shown. */
  readonly chosen?: boolean;
  readonly replied?: readonly string[];
}
export interface ReplyFacts extends FromSource {
  /** Working days from the view to the reply. */
  readonly days?: number;
  readonly failed?: boolean;
  readonly delivered?: boolean;
  readonly answers: boolean;
}
export interface DiscussionFacts extends FromSource {
  readonly dissent: boolean;
}
export interface DecisionFacts extends FromSource {
  readonly answer?: string;
  readonly reasonInWords: boolean;
  readonly money: boolean;
  readonly importance: boolean;
  readonly alternatives: boolean;
  readonly interests: boolean;
  /** Someone who uses services, a carer or an advocate was among who decided. */
  readonly livedDecider: boolean;
  readonly lookAgain: boolean;
  readonly lookedAgain?: boolean;
  readonly otherBodyAnswered?: boolean;
}
export interface ReviewFacts {
  readonly answered: boolean;
}
export interface PromiseFacts extends FromSource {
  readonly state: string;
  readonly owner: boolean;
  readonly due: boolean;
  readonly moved: number;
  readonly proof?: boolean;
  readonly verdict?: boolean;
  readonly effect?: boolean;
  /** Of a commitment: the line of the pledge it was made under. */
  readonly part?: string;
}
export interface EffectFacts {
  readonly source: string;
  readonly measured: boolean;
  readonly harm: boolean;
}
export interface MeetingFacts extends FromSource {
  readonly recorded?: boolean;
  readonly decisionMaker?: boolean;
  readonly openness?: string;
  readonly rung?: boolean;
  readonly access?: boolean;
  readonly confirmed?: boolean;
  /** Working days between being called and beginning. */
  readonly notice?: number;
  readonly lived?: number;
  readonly others?: number;
}
export interface TeamFacts {
  readonly stage: string;
  readonly pledge: boolean;
  readonly rung: boolean;
  readonly chair?: boolean;
  readonly coChair?: boolean;
}
export interface MemberFacts {
  readonly capacity: string;
  readonly first?: boolean;
  readonly left?: 'reason' | 'no-reason';
}
/** A person asked something of us about their own view. */
export interface RequestFacts {
  readonly answered: boolean;
}
/** What an entry of a fact says: its clear fields, the newest where there were several, and all the people it counts. */
export interface Done {
  readonly data: Readonly<Record<string, unknown>>;
  readonly lived: number;
  readonly others: number;
  readonly n: number;
}
/** One entry that stands. */
export interface Said {
  readonly id: string;
  readonly type: string;
  /** The entry with which the fact began. */
  readonly born: boolean;
  readonly done: Done;
}
export interface FactFacts extends FromSource {
  readonly said: readonly Said[];
  /** By event; nothing at all when the first entry was taken back. */
  readonly did: Readonly<Record<string, Done>>;
}
export type NoFacts = Readonly<Record<string, never>>;

/** Everything that a measure can be counted over, with what is known of one. */
export interface ThingFacts {
  readonly view: ViewFacts;
  readonly reply: ReplyFacts;
  readonly discussion: DiscussionFacts;
  readonly decision: DecisionFacts;
  readonly review: ReviewFacts;
  readonly promise: PromiseFacts;
  readonly commitment: PromiseFacts;
  readonly effect: EffectFacts;
  readonly meeting: MeetingFacts;
  readonly team: TeamFacts;
  readonly member: MemberFacts;
  readonly request: RequestFacts;
  readonly understanding: NoFacts;
  readonly fact: FactFacts;
}
export type Thing = keyof ThingFacts;

/** What a thing is tied to: a view to decisions and promises, a decision to views. */
export interface About {
  /** View: talked about. Decision: views that it answers. */
  readonly discussed: boolean;
  readonly views: number;
  /** Of those views, how many came from people who draw on care, their carers and advocates. */
  readonly livedViews: number;
  /** Links that say the view changed it; links that do not say what it did. */
  readonly changed: number;
  readonly effectNotSaid: number;
  readonly decisions: number;
  readonly promises: number;
  readonly confirmed: number;
}
export const ALONE: About = { discussed: false, views: 0, livedViews: 0, changed: 0, effectNotSaid: 0, decisions: 0, promises: 0, confirmed: 0 }; // prettier-ignore

export const LIVED: readonly Capacity[] = ['uses-services', 'family-carer', 'advocate'];
export const isLived = (capacity: string): boolean => (LIVED as readonly string[]).includes(capacity);
