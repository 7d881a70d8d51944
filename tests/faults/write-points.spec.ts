import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ack, hasStrace, inspect, start, whole } from './processes.js';

/** Kills at the Nth call, for each N: `npm run faults:write-points` does 300 of each, every run of the tests a few. */
const POINTS = Number(process.env['FAULT_POINTS'] ?? 0);
/** SQLite flushes with one or the other, as it was built. */
const FLUSHES = 'fsync,fdatasync';
const few = { pwrite64: [1, 2, 5, 9, 20, 33, 60, 101], [FLUSHES]: [1, 2, 3, 5, 8, 13] };
const points = (call: keyof typeof few): readonly number[] =>
  POINTS > 0 ? Array.from({ length: POINTS }, (_, index) => index + 1) : few[call];
const calls: readonly (keyof typeof few)[] = ['pwrite64', FLUSHES];
const suite = hasStrace ? describe : describe.skip;

suite('a crash at a write (skipped without strace)', () => {
  it.each(calls)(
    'of kind %s loses nothing that was acknowledged and leaves nothing half',
    async (call) => {
      let [killed, acknowledged] = [0, 0];
      const all = points(call);
      for (const point of all) {
        const folder = mkdtempSync(join(tmpdir(), 'point-'));
        const acks: Ack[] = [];
        // Twice on one log: the second process begins with what the first one's crash left.
        for (const run of [1, 2]) {
          const trace = [
            'strace',
            '-f',
            '-qq',
            '-o',
            '/dev/null',
            '-e',
            `trace=${call}`,
            '-e',
            `inject=${call}:signal=SIGKILL:when=${point}`,
          ];
          const writer = start('writer.ts', [folder, '4', '40'], run === 1 ? trace : []);
          const { signal, code } = await writer.ended;
          if (run === 1 && (signal === 'SIGKILL' || code === 137)) killed++;
          acks.push(...writer.acks);
        }
        acknowledged += acks.length;
        expect({ point, ...(await inspect(folder, acks)) }).toMatchObject({ point, ...whole });
        rmSync(folder, { recursive: true });
      }
      // Past the last write of so short a run nothing is killed; most points must be.
      expect(killed).toBeGreaterThan(Math.min(all.length, 20) / 2);
      console.log(
        JSON.stringify({
          figure: `faults.write-points.${call}`,
          points: all.length,
          killed,
          acknowledged,
          lost: 0,
          corrupt: 0,
        }),
      );
    },
    Math.max(30_000, POINTS * 4_000),
  );

  it('a flush that fails stops all writing; what was acknowledged is there after a restart, and nothing twice', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'point-'));
    const inject = [
      'strace',
      '-f',
      '-qq',
      '-o',
      '/dev/null',
      '-e',
      `trace=${FLUSHES}`,
      '-e',
      `inject=${FLUSHES}:error=EIO:when=40`,
    ];
    const writer = start('writer.ts', [folder, '4', '400'], inject);
    expect(await writer.ended).toMatchObject({ code: 0 });
    expect(writer.refused.length).toBeGreaterThan(100);
    const after = start('writer.ts', [folder, '4', '40']);
    await after.ended;
    expect(await inspect(folder, [...writer.acks, ...after.acks])).toMatchObject(whole);
    expect(after.refused).toEqual([]);
    rmSync(folder, { recursive: true });
  }, 30_000);
});
