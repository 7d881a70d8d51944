import { fields, ShapeError } from '#kernel/shape';
import { type Toolkit, toolkitShapes } from './toolkit.events.js';

export interface ToolkitProblem {
  /** JSON pointer into the file. */
  readonly path: string;
  readonly reason: string;
}

/** A file that is no toolkit: which file, where in it, and why; every problem that was found. */
export class ToolkitFileError extends Error {
  constructor(
    readonly file: string,
    readonly problems: readonly ToolkitProblem[],
  ) {
    super(problems.map(({ path, reason }) => `${file}, at ${path || '/'}: ${reason}`).join('\n'));
    this.name = 'ToolkitFileError';
  }
}

const shape = fields(toolkitShapes);

/** Reads a toolkit from the text of a file. @throws ToolkitFileError */
export const readToolkit = (text: string, file: string): Toolkit => {
  const fail = (path: string, reason: string): never => {
    throw new ToolkitFileError(file, [{ path, reason }]);
  };
  const toolkit = ((): Toolkit => {
    let parsed: unknown;
    try {
      parsed = JSON.parse(text.replace(/^\uFEFF/, ''));
    } catch (error) {
      return fail('', `This is not JSON. ${(error as Error).message}`);
    }
    try {
      return shape.check(parsed, '');
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
      return fail(error.pointer, error.message.replace(/^.*?: expected /, 'Expected '));
    }
  })();
  const problems = toolkitProblems(toolkit);
  if (problems.length > 0) throw new ToolkitFileError(file, problems);
  return toolkit;
};

/** Everything that a shape alone cannot say, all problems at once. */
export const toolkitProblems = (toolkit: Toolkit): readonly ToolkitProblem[] => [
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
): readonly ToolkitProblem[] => {
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

const repeats = (codes: readonly string[], at: (n: number) => string): readonly ToolkitProblem[] =>
  codes.flatMap((code, n) => (codes.indexOf(code) < n ? [{ path: at(n), reason: `${code} is there twice.` }] : []));

const emptyTexts = (value: unknown, at: string): readonly ToolkitProblem[] => {
  if (typeof value === 'string') return value.trim() ? [] : [{ path: at, reason: 'This text is empty.' }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => emptyTexts(member, `${at}/${key}`));
};
