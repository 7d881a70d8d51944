import { Refusal, Refusals } from '#kernel/refusal';

/** What went wrong and what to do, without a stack: the reader runs the tool, they did not write it. */
export const explain = (error: unknown): string => {
  if (error instanceof Refusals) return error.all.map(explain).join('\n');
  if (error instanceof Refusal) return error.pointer ? `${error.message} (${error.pointer})` : error.message;
  return error instanceof Error ? error.message : String(error);
};
