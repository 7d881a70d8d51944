import type { StreamingRead } from '@eventstore/db-client';
import { Silence } from './waiting.js';

/**
 * Reads a bounded read to its end. The call is cancelled whatever happens: leaving the loop does not do it, and the
 * server would keep the call open. @throws Silence when nothing comes for `silenceMs`.
 */
export const drain = async <T>(read: StreamingRead<T>, silenceMs: number): Promise<T[]> => {
  const found: T[] = [];
  const giveUp = (): unknown => read.destroy(new Silence(silenceMs));
  let timer = setTimeout(giveUp, silenceMs);
  try {
    for await (const each of read) {
      clearTimeout(timer);
      timer = setTimeout(giveUp, silenceMs);
      found.push(each);
    }
    return found;
  } finally {
    clearTimeout(timer);
    read.cancel().catch(() => undefined);
  }
};
