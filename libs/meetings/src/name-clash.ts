/**
 * Names that are also everyday words count only where they are written like a name: nobody should have to confirm every
 * "will" of a meeting that Will came to.
 */
const ALSO_WORDS = new Set(
  'amber april art august autumn basil bay bill bob carol chance clay daisy dawn dean drew earl eve faith forest frank gene grace grant guy hazel heath heather holly hope hunter iris ivy jack jade jean john joy june lance lily mark may max mike miles nick olive page pat pearl penny ray rich rob robin rose ruby rusty sandy scot sky sonny storm sue summer sunny terry tony violet wade ward will young brown green white black grey king long short hill wood field stone carer'.split(
    ' ',
  ),
);
/** Scripts that put no space between words: a name is looked for as a whole. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const SHORTEST = 2;

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

/** "van", "de" and "al" inside a name are not what people are called by. */
const nameParts = (words: readonly string[]): readonly string[] => {
  const written = words.filter((word) => word !== fold(word));
  return written.length > 0 ? written : words;
};

/** The parts of `names` that stand in a text, as they stand there. */
export const nameFinder = (names: readonly string[]): ((text: string) => readonly string[]) => {
  const unspaced = names.map((name) => name.trim()).filter((name) => UNSPACED.test(name));
  const parts = new Set(
    names
      .filter((name) => !UNSPACED.test(name))
      .flatMap((name) => nameParts(name.normalize('NFKC').match(WORD) ?? []))
      .map(fold)
      .filter((part) => part.length >= SHORTEST),
  );
  return (text) => {
    const found = [...text.normalize('NFKC').matchAll(WORD)]
      .map(([word]) => word)
      .filter((word) => {
        const folded = fold(word);
        return parts.has(folded) && (!ALSO_WORDS.has(folded) || word !== folded);
      });
    return [...new Set([...found, ...unspaced.filter((name) => fold(text).includes(fold(name)))])];
  };
};
