import type { PledgeVersion } from './pledge.events.js';

export type LineKind = 'claim' | 'promise' | 'part' | 'step' | 'group' | 'statement';

/** One line of a pledge that has a code of its own. */
export interface PledgeLine {
  readonly code: string;
  readonly kind: LineKind;
  readonly text: string;
  /** Where it stands in the file, as a JSON pointer. */
  readonly at: string;
  /** The promise of a part, the group of a statement. */
  readonly under?: string;
  /** Of a statement that repeats an earlier one. */
  readonly sameAs?: string;
}

/** Every line with a code, in the order of the pledge. */
export const linesOf = ({ claims, promises, steps, groups }: PledgeVersion): readonly PledgeLine[] => [
  ...claims.map((line, n) => ({ ...line, kind: 'claim' as const, at: `/claims/${n}` })),
  ...promises.flatMap(({ code, text, parts }, n) => [
    { code, text, kind: 'promise' as const, at: `/promises/${n}` },
    ...parts.map((part, m) => ({ ...part, kind: 'part' as const, under: code, at: `/promises/${n}/parts/${m}` })),
  ]),
  ...steps.map((line, n) => ({ ...line, kind: 'step' as const, at: `/steps/${n}` })),
  ...groups.flatMap(({ code, text, statements }, n) => [
    { code, text, kind: 'group' as const, at: `/groups/${n}` },
    ...statements.map((each, m) => ({
      ...each,
      kind: 'statement' as const,
      under: code,
      at: `/groups/${n}/statements/${m}`,
    })),
  ]),
];

/** What a council can promise under: the parts of its promises, and the steps to carry the pledge out. */
export const partsOf = (version: PledgeVersion): readonly PledgeLine[] =>
  linesOf(version).filter(({ kind }) => kind === 'part' || kind === 'step');

/** Statements that are asked: each wording once, wherever it is shown. */
export const askedOf = (version: PledgeVersion): readonly PledgeLine[] =>
  linesOf(version).filter(({ kind, sameAs }) => kind === 'statement' && sameAs === undefined);
