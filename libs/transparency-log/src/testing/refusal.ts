import { VerificationError } from '../verification-error.js';

const codeOf = (error: unknown): string => {
  // Anything else is a defect of the parser, whatever the input was.
  if (!(error instanceof VerificationError)) throw error;
  return error.code;
};

/** The code of the refusal, or 'accepted'. Any other error goes through and fails the test. */
export const refusalOf = (work: () => unknown): string => {
  try {
    work();
    return 'accepted';
  } catch (error) {
    return codeOf(error);
  }
};

export const refusalOfAsync = async (work: () => Promise<unknown>): Promise<string> => {
  try {
    await work();
    return 'accepted';
  } catch (error) {
    return codeOf(error);
  }
};
