import { type Shape, ShapeError } from './shape.js';

/** What is wrong with a file: where (JSON pointer), and why. */
export interface FileProblem {
  readonly path: string;
  readonly reason: string;
}

/** A file that is not what it should be: which file, where in it, and why; every problem that was found. */
export class ShapedFileError extends Error {
  constructor(
    readonly file: string,
    readonly problems: readonly FileProblem[],
  ) {
    super(problems.map(({ path, reason }) => `${file}, at ${path || '/'}: ${reason}`).join('\n'));
    this.name = 'ShapedFileError';
  }
}

/** Reads the text of a JSON file, strictly. `problemsOf` says what a shape alone cannot. @throws ShapedFileError */
export const readShapedFile = <T>(
  text: string,
  file: string,
  shape: Pick<Shape<T>, 'check'>,
  problemsOf: (value: T) => readonly FileProblem[],
): T => {
  const value = shaped(text, file, shape);
  const problems = problemsOf(value);
  if (problems.length > 0) throw new ShapedFileError(file, problems);
  return value;
};

const shaped = <T>(text: string, file: string, shape: Pick<Shape<T>, 'check'>): T => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new ShapedFileError(file, [{ path: '', reason: `This is not JSON. ${(error as Error).message}` }]);
  }
  try {
    return shape.check(parsed, '');
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    const reason = error.message.replace(/^.*?: expected /, 'Expected ');
    throw new ShapedFileError(file, [{ path: error.pointer, reason }]);
  }
};

/** A text that is there and says nothing, anywhere in the file. */
export const emptyTexts = (value: unknown, at: string): readonly FileProblem[] => {
  if (typeof value === 'string') return value.trim() ? [] : [{ path: at, reason: 'This text is empty.' }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => emptyTexts(member, `${at}/${key}`));
};
