import { facet, type SearchKind } from './search-kinds.js';

const MOST_WORDS = 12;
/** Letters of any script with their marks, and digits; everything else only separates words. */
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;

/** Words that stand in every sentence and find everything; looked for only where nothing else was typed. */
const COMMON = new Set(
  'a about an and are as at be but by can do does for from has have how i if in is it its me my no not of on or our so that the their there they this to us was we what when where which who why will with you your'.split(
    ' ',
  ),
);

/** The words that can be searched for, as typed. Empty: there is none (only an emoji, or quotes). */
export const wordsOf = (typed: string): string[] => {
  const all = [...new Set(typed.normalize('NFC').toLowerCase().match(WORD) ?? [])];
  const telling = all.filter((word) => !COMMON.has(word));
  return (telling.length > 0 ? telling : all).slice(0, MOST_WORDS);
};

/**
 * What was typed as an FTS5 expression. Every word is quoted, so that no operator, quote or column name of the typist
 * means anything; the last word may still be being typed, so it matches as a beginning too.
 */
export const matchText = (
  words: readonly string[],
  { authority, kind, any = false }: { authority?: string; kind?: SearchKind; any?: boolean } = {},
): string => {
  const quoted = words.map((word, at) => (at === words.length - 1 && word.length > 1 ? `"${word}" *` : `"${word}"`));
  const filters = [...(kind ? [facet('kind', kind)] : []), ...(authority ? [facet('authority', authority)] : [])];
  return [
    `{title body} : (${quoted.join(any ? ' OR ' : ' AND ')})`,
    ...filters.map((each) => `facets : "${each}"`),
  ].join(' AND ');
};
