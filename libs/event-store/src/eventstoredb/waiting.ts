/** The client kept silent for longer than it may; what it was asked may have happened or not. */
export class Silence extends Error {
  constructor(ms: number) {
    super(`no answer within ${ms} ms`);
    this.name = 'Silence';
  }
}

/** The client's own deadlines do not always hold (ADR 0004), so every wait has one of ours. @throws Silence */
export const within = async <T>(ms: number, answer: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  answer.catch(() => undefined);
  try {
    return await Promise.race([
      answer,
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Silence(ms)), ms);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
};

/** Doubles from `first` to `most`; half of it is chance, so that clients of one server do not return all at once. */
export const backoffMs = (attempt: number, first: number, most: number, chance = Math.random()): number => {
  const full = Math.min(most, first * 2 ** attempt);
  return full / 2 + (full / 2) * chance;
};

/** Resolves after `ms`, or as soon as `signal` aborts. */
export const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done);
  });
