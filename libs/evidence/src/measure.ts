import type { About, Thing, ThingFacts } from './things.js';

/** How one thing counts. Most things count once; a meeting counts its people, so it may count many times. */
export interface Counted {
  readonly met: number;
  readonly unmet: number;
  /** The source does not say. Neither there nor missing, and never part of "out of". */
  readonly unknown: number;
}

/** True: it has it. False: it should and has not. Null: the source does not say. Undefined: it is not of this measure. */
export type Counts = boolean | null | undefined | Counted;

/** How to bring about what is not recorded yet: a form of ours, in words and with its address. */
export interface HowToRecord {
  readonly text: string;
  readonly href: string;
}

/** What every measure says about itself, whatever it counts. */
export interface MeasureTerms {
  /** Stable: it stands in addresses and exports. */
  readonly code: string;
  /** Lines of the pledge for which it is evidence. */
  readonly rows: readonly string[];
  /** What is counted, one and many: "out of 15 views". */
  readonly noun: readonly [string, string];
  /** Goes on after the number: "12 of 15 views" + "were talked about at a meeting". */
  readonly phrase: string;
  /** `share`: so many out of so many. `count`: so many; nobody can say out of how many. */
  readonly as: 'share' | 'count' | 'kinds';
  /** The events that it is counted from, the deciding one last: that is the entry whose seal is shown. */
  readonly from: readonly string[];
  readonly how: HowToRecord;
  /** Which way is better, where more is not: fewer, or neither. */
  readonly better?: 'few' | 'neither';
  /** Said under the figure where it could be read as more than it is. */
  readonly caution?: string;
  /** Says something of few people's needs: never for one team, where it could point at somebody. */
  readonly notByTeam?: true;
  /** Under its own figure for each part of the pledge; the key then ends in the part. */
  readonly perPart?: true;
  /** For `kinds`: what each kind is called, in the order in which they are shown. A kind without any is shown with 0. */
  readonly kinds?: Readonly<Record<string, string>>;
}

/** One measure: a definition and a pure rule, and nothing else. Who reads brings the period; nothing here knows today. */
export interface Measure<T extends Thing = Thing> extends MeasureTerms {
  readonly of: T;
  readonly counts: (facts: ThingFacts[T], about: About) => Counts | string;
}

/** A rule is written for one thing; lists hold rules for all. The thing's name ties them together again. */
export const measure = <T extends Thing>(given: Measure<T>): Measure => given as unknown as Measure;

/** The key that is counted under, and how. A kind is a figure of its own: `view-channel.paper`. */
export const countedAs = (
  { code, counts, perPart }: Measure,
  facts: ThingFacts[Thing],
  about: About,
): readonly [key: string, counted: Counted] | undefined => {
  const is = counts(facts, about);
  if (is === undefined) return undefined;
  if (typeof is === 'string') return [`${code}.${is}`, { met: 1, unmet: 0, unknown: 0 }];
  const part = perPart ? (facts as { part?: string }).part : undefined;
  const counted =
    typeof is === 'object' && is !== null
      ? is
      : { met: is === true ? 1 : 0, unmet: is === false ? 1 : 0, unknown: is === null ? 1 : 0 };
  return [part === undefined ? code : `${code}.${part}`, counted];
};

/** How a thing stands in the list behind a figure; mixed: a meeting where some people were and some were not. */
export const STANDINGS = ['met', 'mixed', 'unmet', 'unknown'] as const;
export type Standing = (typeof STANDINGS)[number];

export const standingOf = ({ met, unmet, unknown }: Counted): Standing =>
  met > 0 ? (unmet > 0 || unknown > 0 ? 'mixed' : 'met') : unmet > 0 ? 'unmet' : 'unknown';
