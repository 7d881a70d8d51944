/** Forms of address that are followed by a name. */
const TITLES = new Set('mr mrs ms miss mx dr sir madam nurse sister matron uncle auntie aunt reverend rev'.split(' '));
/** Written with a capital and no name: days, months, and what people of this country's care write so. */
const NOT_NAMES = new Set(
  'i monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december english british council nhs gp bsl christmas easter day care centre social services learning disability county city borough east north south west'.split(' '),
); // prettier-ignore
const WORD = /\p{L}[\p{L}\p{M}'’-]{0,40}/gu;
/** Between two words: a new sentence begins. */
const NEW_SENTENCE = /[.!?:;\n"“‘(]/;

/**
 * What looks like a person's name in somebody's own words: a word after a form of address, or two words in a row that are
 * written as names within a sentence. Only what was typed is looked at, so that it tells nothing about whom we know. It
 * finds much and not all; what it finds is asked about, never refused.
 */
export const likelyNames = (text: string): readonly string[] => {
  const whole = text.normalize('NFKC');
  let end = 0;
  const words = [...whole.matchAll(WORD)].map(({ 0: word, index }, at) => {
    const starts = at === 0 || NEW_SENTENCE.test(whole.slice(end, index));
    end = index + word.length;
    return { starts, word };
  });
  const isWritten = (at: number): boolean => {
    const each = words[at];
    return each !== undefined && !each.starts && /^\p{Lu}\p{Ll}/u.test(each.word) && !NOT_NAMES.has(fold(each.word));
  };
  const found = words.flatMap(({ word, starts }, at) => {
    const before = words[at - 1];
    if (before && !starts && TITLES.has(fold(before.word)) && /^\p{Lu}/u.test(word)) return [`${before.word} ${word}`];
    return isWritten(at) && isWritten(at + 1) ? [`${word} ${words[at + 1]?.word ?? ''}`] : [];
  });
  return [...new Set(found)];
};

/** What stands in the words of the name that its giver does not want to be shown by, or has not chosen to be shown by. */
export const ownNameIn = (text: string, name: string): readonly string[] => {
  const parts = new Set((name.normalize('NFKC').match(/[\p{L}\p{M}'’-]{3,}/gu) ?? []).map(fold));
  const written = text.normalize('NFKC').match(WORD) ?? [];
  return [...new Set(written.filter((word) => parts.has(fold(word))))];
};

/** What to ask about before everyone can read the words: names of others, and the giver's own where it is not to be shown. */
export const namesToAskAbout = (given: {
  readonly words: string;
  readonly attribution: string;
  readonly name?: string;
}): readonly string[] => {
  const { words, attribution, name = '' } = given;
  if (attribution === 'hidden') return [];
  return [...new Set([...(attribution === 'group' ? ownNameIn(words, name) : []), ...likelyNames(words)])];
};

const fold = (word: string): string => word.toLowerCase();
