export const THINGS = ['view', 'discussion', 'decision', 'promise', 'commitment', 'meeting'] as const;
export type Thing = (typeof THINGS)[number];

/**
 * Everything that may be missing from the record, in the order of the report: what people wait for first, then what the
 * record does not say. Codes are those of a chain's own gaps where both know the gap.
 */
export const GAP_KINDS = {
  'no-reply': 'view',
  'no-decision': 'view',
  'no-discussion': 'view',
  disputed: 'promise',
  overdue: 'promise',
  'not-confirmed': 'promise',
  'no-proof': 'promise',
  'pause-passed': 'promise',
  'look-again-passed': 'decision',
  'decide-by-passed': 'discussion',
  'no-word-back': 'decision',
  'no-promise': 'decision',
  'not-applied': 'meeting',
  'refusal-without-text': 'decision',
  'no-reason': 'decision',
  'no-answer': 'decision',
  'no-contribution': 'decision',
  'no-owner': 'promise',
  'no-date': 'promise',
} as const satisfies Readonly<Record<string, Thing>>;

export type GapKind = keyof typeof GAP_KINDS;
export const gapKinds = Object.keys(GAP_KINDS) as GapKind[];
export const isGapKind = (value: string): value is GapKind => Object.hasOwn(GAP_KINDS, value);

/** How whole the record is: of which things how many have what they should. */
export const MEASURES = [
  'view-discussed',
  'view-decided',
  'view-replied',
  'decision-answer',
  'decision-reason',
  'decision-view',
  'decision-promise',
  'promise-owner',
  'promise-date',
  'promise-proof',
  'promise-checked',
] as const;
export type Measure = (typeof MEASURES)[number];
