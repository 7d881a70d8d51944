import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect, start, whole } from './processes.js';

describe('several processes on one log', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'two-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('append without a gap, a double or a loss, and none starves', async () => {
    const all = [1, 2, 3].map(() => start('writer.ts', [folder, '16', '1500']));
    const ends = await Promise.all(all.map(({ ended }) => ended));
    expect(ends).toEqual(ends.map(() => ({ code: 0, signal: null, errors: '' })));
    const acks = all.flatMap((each) => each.acks);
    expect(acks).toHaveLength(4_500);
    expect(await inspect(folder, acks)).toMatchObject({ ...whole, events: expect.any(Number) as number });
  }, 60_000);

  it('also when all write to one stream', async () => {
    const all = [1, 2].map(() => start('writer.ts', [folder, '1', '150', 'shared']));
    const ends = await Promise.all(all.map(({ ended }) => ended));
    expect(ends).toEqual(ends.map(() => ({ code: 0, signal: null, errors: '' })));
    const found = await inspect(
      folder,
      all.flatMap((each) => each.acks),
    );
    // One key for the one person in the one stream, announced once.
    expect(found).toMatchObject({ ...whole, events: 301 });
  }, 60_000);
});
