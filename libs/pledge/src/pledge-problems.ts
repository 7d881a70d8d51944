import { emptyTexts, type FileProblem } from '#kernel/shaped-file';
import { linesOf } from './pledge-lines.js';
import type { PledgeVersion } from './pledge.events.js';

/** Codes stand in addresses and exports: a capital letter, then letters and digits. */
const LINE_CODE = /^[A-Z][A-Za-z0-9]{0,15}$/;

/** Everything that a shape alone cannot say, all problems at once. */
export const pledgeProblems = (version: PledgeVersion): readonly FileProblem[] => [
  ...emptyTexts(version, ''),
  ...wrongDates(version),
  ...nothingIn(version),
  ...wrongCodes(version),
  ...wrongRepeats(version),
];

const wrongDates = ({ validFrom, validTo }: PledgeVersion): readonly FileProblem[] =>
  validFrom !== undefined && validTo !== undefined && validTo < validFrom
    ? [{ path: '/validTo', reason: `The pledge cannot end on ${validTo}, before it begins on ${validFrom}.` }]
    : [];

const nothingIn = ({ authors, promises, steps }: PledgeVersion): readonly FileProblem[] => [
  ...(authors.length === 0 ? [{ path: '/authors', reason: 'Say who wrote the pledge.' }] : []),
  ...(promises.length === 0 && steps.length === 0
    ? [{ path: '/promises', reason: 'A pledge without a promise or a step promises nothing.' }]
    : []),
  ...promises.flatMap(({ code, parts }, n) =>
    parts.length === 0
      ? [{ path: `/promises/${n}/parts`, reason: `${code} has no parts. Give it one with its own words.` }]
      : [],
  ),
];

const wrongCodes = (version: PledgeVersion): readonly FileProblem[] => {
  const first = new Map<string, string>();
  return linesOf(version).flatMap(({ code, at }) => {
    const path = `${at}/code`;
    if (!LINE_CODE.test(code)) return [{ path, reason: `${code} is not a code like P1a: a capital letter, then letters and digits.` }]; // prettier-ignore
    const earlier = first.get(code);
    if (earlier !== undefined) return [{ path, reason: `${code} is the code of ${earlier} already.` }];
    first.set(code, at);
    return [];
  });
};

/** The same words must say that they are the same, or people would be asked twice and counted twice. */
const wrongRepeats = (version: PledgeVersion): readonly FileProblem[] => {
  const texts = new Map<string, string>();
  return linesOf(version).flatMap(({ kind, code, text, sameAs, at }) => {
    if (kind !== 'statement') return [];
    const words = text.trim().toLowerCase();
    const earlier = texts.get(words);
    if (earlier === undefined) texts.set(words, code);
    if (sameAs === earlier) return [];
    return sameAs === undefined
      ? [{ path: at, reason: `${code} has the same words as ${earlier}. Say so with "sameAs": "${earlier}".` }]
      : [{ path: `${at}/sameAs`, reason: `${code} does not have the same words as ${sameAs}, or ${sameAs} does not come before it.` }]; // prettier-ignore
  });
};
