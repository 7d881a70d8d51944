import { ANSWERS, ATTRIBUTIONS, CAPACITIES, CHANNELS, REASONS, VOICES } from '#kernel/codes';
import type { When } from './dates/when.js';

/** What a field of a fact can hold. */
export type FieldType =
  | { readonly type: 'text' | 'texts' | 'date' | 'number' | 'flag' }
  | { readonly type: 'code' | 'codes'; readonly values: readonly string[] };
export type Field = FieldType & { readonly required?: true };

const text = { type: 'text' } as const;
const texts = { type: 'texts' } as const;
const date = { type: 'date' } as const;
const count = { type: 'number' } as const;
const flag = { type: 'flag' } as const;
const oneOf = <const V extends readonly string[]>(values: V): { readonly type: 'code'; readonly values: V } => ({
  type: 'code',
  values,
});
const someOf = <const V extends readonly string[]>(values: V): { readonly type: 'codes'; readonly values: V } => ({
  type: 'codes',
  values,
});
const must = <const F extends FieldType>(field: F): F & { readonly required: true } => ({ ...field, required: true });

/** What can happen to a promise in imported history. */
export const PROGRESS_STATES = [
  'accepted',
  'under-way',
  'reported-done',
  'confirmed',
  'disputed',
  'due-date-changed',
  'paused',
  'resumed',
  'dropped',
  'reopened',
] as const;
export const EVIDENCE_KINDS = ['document', 'photo', 'link', 'statement', 'data'] as const;
export const EFFECT_SOURCES = ['person', 'staff', 'data', 'inspection', 'other'] as const;

const promise = {
  what: must(text),
  ownerName: text,
  ownerRole: text,
  due: date,
  proofWanted: text,
  checkerRole: text,
  status: text,
  reference: text,
  url: text,
} as const;

/**
 * Every concept that a row can yield, and its fields. Required means: a row without it cannot be imported. All others may
 * be missing, and missing is kept as missing.
 */
export const CONCEPTS = {
  contribution: {
    words: must(text),
    channel: must(oneOf(CHANNELS)),
    capacity: must(oneOf(CAPACITIES)),
    voice: must(oneOf(VOICES)),
    attribution: must(oneOf(ATTRIBUTIONS)),
    groupSize: count,
    status: text,
    reference: text,
    url: text,
  },
  withdrawal: { reason: text },
  discussion: { title: must(text), points: texts, dissent: texts, reference: text, url: text },
  decision: {
    statement: must(text),
    answer: oneOf(ANSWERS),
    reasonCodes: someOf(REASONS),
    reasonWords: text,
    /** The source's own code for the reason, kept to the letter. */
    reasonSource: text,
    whichPart: text,
    lookAgain: date,
    passedTo: text,
    alternatives: texts,
    /** What was declared by whoever decided; kept sealed, because it usually names somebody. */
    interests: texts,
    /** Dispensations that were granted to them; kept sealed with the interests. */
    dispensations: texts,
    decidedByRole: text,
    decidedByBody: text,
    decidedByCapacity: oneOf(CAPACITIES),
    /** The source's own status, kept to the letter. */
    status: text,
    reference: text,
    url: text,
  },
  /** `pledge` as a code: it must be in the record before. `body`: who adopted it. */
  adoption: { pledge: must(text), body: must(text), url: text },
  /** A decision was taken back and the question is open again. */
  reopening: { status: must(text), why: text },
  serviceChange: promise,
  /** `pledge` and `pledgePart` as codes: the pledge must be in the record before. */
  commitment: { ...promise, pledge: must(text), pledgePart: must(text) },
  progress: {
    state: oneOf(PROGRESS_STATES),
    words: text,
    reason: text,
    newDue: date,
    lookAgain: date,
    byRole: text,
    byName: text,
    status: text,
  },
  evidence: { title: must(text), kind: oneOf(EVIDENCE_KINDS), url: text, suppliedByRole: text },
  effect: {
    what: must(text),
    forWhom: text,
    source: oneOf(EFFECT_SOURCES),
    before: text,
    after: text,
    harm: flag,
  },
  /** A dated connection between two things that other rows, or the same row, yield. */
  link: { why: text },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Field>>>>;

export type Concept = keyof typeof CONCEPTS;
export const CONCEPT_NAMES = Object.keys(CONCEPTS) as Concept[];

/** What each concept is, for people who write a mapping. */
export const MEANING: Readonly<Record<Concept, string>> = {
  contribution: 'What one person or group said, in their own words.',
  withdrawal: 'Someone took their view back. Nothing is deleted.',
  discussion: 'An occasion at which views were considered: a meeting item, a debate, a thread.',
  decision: 'An answer to views. Where the source does not say yes or no, leave `answer` missing.',
  adoption: 'A council or a body of it made a pledge its own.',
  reopening: 'A decision was taken back, and the question is open again. Needs a `series`.',
  serviceChange: 'Something that will be different, promised in a decision.',
  commitment: "A council's own promise.",
  progress: 'Something that happened to a promise. Without a `state` it is a report only.',
  evidence: 'Proof for a promise.',
  effect: 'What was observed afterwards. No claim of cause.',
  link: 'A dated connection between two things, with `as`, `from` and `to`.',
};

type ValueOf<F> = F extends { type: 'text' }
  ? string
  : F extends { type: 'texts' }
    ? readonly string[]
    : F extends { type: 'code'; values: readonly (infer V)[] }
      ? V
      : F extends { type: 'codes'; values: readonly (infer V)[] }
        ? readonly V[]
        : F extends { type: 'date' }
          ? When
          : F extends { type: 'number' }
            ? number
            : boolean;

/** The fields of one concept; null is "the source does not say". */
export type FieldsOf<C extends Concept> = {
  readonly [K in keyof (typeof CONCEPTS)[C]]: (typeof CONCEPTS)[C][K] extends { required: true }
    ? ValueOf<(typeof CONCEPTS)[C][K]>
    : ValueOf<(typeof CONCEPTS)[C][K]> | null;
};

const PROMISES: readonly Concept[] = ['serviceChange', 'commitment'];

/** The links that each concept can carry, and what each may lead to. */
export const LINKS: Readonly<Record<Concept, Readonly<Record<string, readonly Concept[]>>>> = {
  contribution: { 'adds-to': ['contribution'], 'duplicate-of': ['contribution'], 'given-at': ['discussion'] },
  withdrawal: { of: ['contribution'] },
  discussion: { considers: ['contribution'] },
  decision: {
    answers: ['contribution'],
    'made-at': ['discussion'],
    supersedes: ['decision'],
    'superseded-by': ['decision'],
    requires: ['decision'],
  },
  adoption: {},
  reopening: { reopens: ['decision'] },
  serviceChange: { 'follows-from': ['decision'] },
  commitment: { 'follows-from': ['decision'] },
  progress: { about: PROMISES },
  evidence: { about: PROMISES },
  effect: { about: [...PROMISES, 'decision'] },
  link: {
    'adds-to': ['contribution'],
    'duplicate-of': ['contribution'],
    considers: ['contribution'],
    answers: ['contribution'],
    'made-at': ['discussion'],
    'follows-from': ['decision'],
    supersedes: ['decision', 'contribution'],
    'superseded-by': ['decision', 'contribution'],
    requires: ['decision', 'contribution', ...PROMISES],
    'related-to': ['contribution', 'discussion', 'decision', ...PROMISES],
  },
};

/** These say nothing without the thing that they are about. */
export const NEEDS_LINK: Readonly<Partial<Record<Concept, string>>> = {
  withdrawal: 'of',
  progress: 'about',
  evidence: 'about',
  effect: 'about',
};

/** The order in which facts come out: whatever others point at comes first; decisions and what undoes them in one line of time. */
export const RANK: Readonly<Record<Concept, number>> = {
  contribution: 0,
  discussion: 2,
  decision: 3,
  reopening: 3,
  adoption: 4,
  serviceChange: 4,
  commitment: 4,
  progress: 5,
  evidence: 5,
  effect: 5,
  link: 6,
  // What was taken back was considered and answered before: after it, nothing more can be said of it.
  withdrawal: 7,
};
