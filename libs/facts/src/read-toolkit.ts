import { fields } from '#kernel/shape';
import { emptyTexts, type FileProblem, readShapedFile } from '#kernel/shaped-file';
import { type Toolkit, toolkitShapes } from './toolkit.events.js';

const shape = fields(toolkitShapes);

/** Reads a toolkit from the text of a file. @throws ShapedFileError */
export const readToolkit = (text: string, file: string): Toolkit => readShapedFile(text, file, shape, toolkitProblems);

/** Everything that a shape alone cannot say, all problems at once. */
export const toolkitProblems = (toolkit: Toolkit): readonly FileProblem[] => [
  ...emptyTexts(toolkit, ''),
  ...(toolkit.authors.length === 0 ? [{ path: '/authors', reason: 'Say who wrote the toolkit.' }] : []),
  ...(toolkit.levels.length < 2 ? [{ path: '/levels', reason: 'A toolkit needs two levels or more.' }] : []),
  ...(toolkit.criteria.length === 0 ? [{ path: '/criteria', reason: 'A toolkit without a question rates nothing.' }] : []),
  ...repeats(toolkit.levels.map(({ code }) => code), (n) => `/levels/${n}/code`),
  ...repeats(toolkit.criteria.map(({ code }) => code), (n) => `/criteria/${n}/code`),
  ...toolkit.criteria.flatMap((criterion, n) => levelsOf(toolkit, criterion, `/criteria/${n}/levels`)),
]; // prettier-ignore

/** Each question says what every level means for it, lowest first: else two people mean two things by one level. */
const levelsOf = (
  { levels }: Toolkit,
  { code, levels: given }: Toolkit['criteria'][number],
  at: string,
): readonly FileProblem[] => {
  const unknown = given.flatMap(({ level }, n) =>
    levels.some((each) => each.code === level) ? [] : [{ path: `${at}/${n}/level`, reason: `The toolkit has no level ${level}.` }],
  );
  const missing = levels
    .filter((level) => !given.some((each) => each.level === level.code))
    .map((level) => ({ path: at, reason: `${code} does not say what level ${level.code} means.` }));
  const twice = repeats(given.map(({ level }) => level), (n) => `${at}/${n}/level`);
  if (unknown.length + missing.length + twice.length > 0) return [...unknown, ...missing, ...twice];
  const isInOrder = given.every(({ level }, n) => levels[n]?.code === level);
  return isInOrder ? [] : [{ path: at, reason: `Give the levels of ${code} in the order of the toolkit, lowest first.` }];
}; // prettier-ignore

const repeats = (codes: readonly string[], at: (n: number) => string): readonly FileProblem[] =>
  codes.flatMap((code, n) => (codes.indexOf(code) < n ? [{ path: at(n), reason: `${code} is there twice.` }] : []));
