import { fields, ShapeError } from '#kernel/shape';
import { pledgeShapes, type PledgeVersion } from './pledge.events.js';
import { type PledgeProblem, pledgeProblems } from './pledge-problems.js';

/** A file that is no pledge: which file, where in it, and why; every problem that was found. */
export class PledgeFileError extends Error {
  constructor(
    readonly file: string,
    readonly problems: readonly PledgeProblem[],
  ) {
    super(problems.map(({ path, reason }) => `${file}, at ${path || '/'}: ${reason}`).join('\n'));
    this.name = 'PledgeFileError';
  }
}

const shape = fields(pledgeShapes);

/** Reads a pledge from the text of a file. @throws PledgeFileError */
export const readPledge = (text: string, file: string): PledgeVersion => {
  const fail = (path: string, reason: string): never => {
    throw new PledgeFileError(file, [{ path, reason }]);
  };
  const version = ((): PledgeVersion => {
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
  const problems = pledgeProblems(version);
  if (problems.length > 0) throw new PledgeFileError(file, problems);
  return version;
};
