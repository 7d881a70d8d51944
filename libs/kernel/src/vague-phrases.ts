/** Phrases that sound like an answer and say nothing about what happens next. */
const VAGUE = [
  'in principle',
  'noted',
  'in due course',
  'going forward',
  'take forward',
  'subject to',
  'explore',
  'exploring',
  'ongoing',
  'on-going',
  'look into',
  'looking into',
  'raise awareness',
  'where possible',
  'as appropriate',
  'will consider',
] as const;

const PATTERN = new RegExp(
  `(?<![\\p{L}\\p{N}])(${VAGUE.map((phrase) => phrase.replace(/ /g, '\\s+')).join('|')})(?![\\p{L}\\p{N}])`,
  'iu',
);

/** The first vague phrase as it was typed, if there is one. */
export const vaguePhrase = (words: string): string | undefined => PATTERN.exec(words)?.[1];

export const vagueAdvice = (phrase: string): string =>
  `‘${phrase}’ does not tell people what happens next. Say who will do what, and by when.`;
