import type { DraftDecision } from './draft.js';

export type Keyword =
  | { readonly kind: 'view' | 'promise' | 'disagree' }
  | { readonly kind: 'decision'; readonly answer: DraftDecision['answer'] };

/** What stands before the colon: `view 2 Amina`, `no 2`, `promise 1, 3`. */
export interface Head {
  readonly keyword: Keyword;
  /** The word as the line language spells it. */
  readonly word: string;
  readonly numbers: readonly number[];
  /** What is left after word and numbers: who said it. */
  readonly rest: string;
}

const answer = (code: DraftDecision['answer']): Keyword => ({ kind: 'decision', answer: code });

/** Longer words first: "no decision" is not a "no". */
const WORDS: readonly (readonly [RegExp, string, Keyword])[] = [
  [/^(?:no decision|not decided|undecided)/i, 'undecided', answer('undecided')],
  [/^not now/i, 'later', answer('later')],
  [/^later/i, 'later', answer('later')],
  [/^no/i, 'no', answer('no')],
  [/^yes/i, 'yes', answer('yes')],
  [/^(?:partly|part)/i, 'partly', answer('partly')],
  [/^passed[ -]?on/i, 'passed-on', answer('passed-on')],
  [/^already/i, 'already', answer('already')],
  [/^views?/i, 'view', { kind: 'view' }],
  [/^promised?/i, 'promise', { kind: 'promise' }],
  [/^promises/i, 'promise', { kind: 'promise' }],
  [/^(?:disagreement|disagreed?)/i, 'disagree', { kind: 'disagree' }],
];

const LONGEST_HEAD = 200;
const LARGEST_NUMBER = 9_999;
const LONGEST_RANGE = 50;

/** Reads what stands before the colon, or nothing when the line does not start with a word of the line language. */
export const readHead = (before: string): Head | undefined => {
  if (before.length > LONGEST_HEAD) return undefined;
  const text = before.normalize('NFKC').replace(/\s+/g, ' ').trim();
  for (const [pattern, word, keyword] of WORDS) {
    const found = pattern.exec(text)?.[0];
    if (found === undefined || /^[\p{L}\p{M}]/u.test(text.slice(found.length))) continue;
    const [numbers, rest] = readNumbers(text.slice(found.length));
    return { keyword, word, numbers, rest };
  }
  return undefined;
};

const NUMBER = '\\d+(?:\\s*[-–]\\s*\\d+)?(?![\\p{L}\\p{M}\\d])';
const NUMBERS = new RegExp(`^[\\s#]*(?:${NUMBER}(?:[\\s,&+#]*(?:and[\\s#]*)?${NUMBER})*)?`, 'iu');

/** `1`, `1, 3`, `1 and 3`, `2-4` at the start, and what follows them. */
export const readNumbers = (text: string): [numbers: number[], rest: string] => {
  const list = NUMBERS.exec(text)?.[0] ?? '';
  const numbers = [...list.matchAll(/(\d+)(?:\s*[-–]\s*(\d+))?/g)].flatMap(([, from, to]) =>
    range(Number(from), Number(to ?? from)),
  );
  const isSound = numbers.every((each) => each >= 1 && each <= LARGEST_NUMBER);
  return isSound
    ? [
        [...new Set(numbers)],
        text
          .slice(list.length)
          .replace(/^[\s,–-]+/, '')
          .trim(),
      ]
    : [[], text.trim()];
};

const range = (from: number, to: number): number[] =>
  to >= from && to - from < LONGEST_RANGE ? Array.from({ length: to - from + 1 }, (_, index) => from + index) : [0];
