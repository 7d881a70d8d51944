import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ImportFailure } from '../problem.js';
import { openRecording, type Recording } from '../testing/recording.js';
import { TRACKER, trackerFile } from '../testing/tracker.js';

describe('a file that is broken', () => {
  let recording: Recording;
  beforeAll(async () => (recording = await openRecording()));
  afterAll(() => recording.close());

  const whole = () =>
    readFileSync(trackerFile(recording, 'whole.csv', ...Array.from({ length: 3_000 }, (_, n) => ({ Ref: `${n}`, Said: `View ${n * 7919}` })))); // prettier-ignore
  const failureOf = async (name: string, bytes: Uint8Array): Promise<string> => {
    const path = join(recording.folder, name);
    writeFileSync(path, bytes);
    const before = await recording.events();
    try {
      await recording.import(path, TRACKER, { rejectsPath: `${path}.rejects` });
      return 'none';
    } catch (error) {
      if (!(error instanceof ImportFailure)) throw error;
      // Not even that an import began: nothing of it is to be found.
      expect(await recording.events()).toBe(before);
      expect(existsSync(`${path}.rejects`)).toBe(false);
      return error.problem.code;
    }
  };

  it('brings nothing when it ends too early, wherever that is', async () => {
    const gzip = gzipSync(whole());
    for (const share of [0.02, 0.5, 0.999])
      expect(await failureOf(`cut-${share}.csv.gz`, gzip.subarray(0, Math.floor(gzip.length * share)))).toBe('gzip-truncated'); // prettier-ignore
  });

  it('brings nothing when it is in another encoding, or a column is not there', async () => {
    const text = whole().toString();
    expect(await failureOf('latin.csv', Buffer.from(text.replace('View 7919', 'Grüße'), 'latin1'))).toBe(
      'encoding-wrong',
    );
    expect(await failureOf('column.csv', Buffer.from(text.replace('Said', 'Words')))).toBe('column-missing');
  });
});
