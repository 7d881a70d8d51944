import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import type { RowProblem } from './rows/draft.js';

/** One line of the rejects file: everything needed to mend the row and import it again. */
export interface Reject {
  readonly file: string;
  readonly row: number;
  readonly reasons: readonly Pick<RowProblem, 'code' | 'message' | 'column'>[];
  /** The row as it was read; for a line that is not JSON, the line. */
  readonly original: unknown;
}

export const defaultRejectsPath = (path: string): string => `${path}.rejects.jsonl`;

/**
 * Writes the rejects file as the run goes on. It exists only when there is something in it, and only its owner may read
 * it: it holds people's words.
 */
export class RejectsFile {
  private stream: WriteStream | null = null;
  private error: Error | null = null;
  written = 0;

  /** @param isMore added to what an earlier part of the same run has written */
  constructor(
    private readonly path: string | null,
    private readonly isMore = false,
  ) {}

  async add(reject: Reject): Promise<void> {
    if (this.path === null) return;
    if (this.stream === null) {
      this.stream = createWriteStream(this.path, { mode: 0o600, flags: this.isMore ? 'a' : 'w' });
      this.stream.on('error', (error) => (this.error = error));
    }
    this.written++;
    if (!this.stream.write(`${JSON.stringify(reject)}\n`))
      await Promise.race([once(this.stream, 'drain'), once(this.stream, 'close')]);
    if (this.error) throw this.error;
  }

  /** @throws Error when the rejects could not be written: then no row may count as kept. */
  async close(): Promise<void> {
    const { stream } = this;
    if (stream !== null && !stream.closed) {
      stream.end();
      await once(stream, 'close');
    }
    if (this.error) throw this.error;
  }
}
