import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Engine } from '#engine/engine';
import { grow } from '../../apps/cli/src/bench/seed.js';

/** `npm run drill:backup` restores 100,000 events; every run of the tests a few. */
const EVENTS = Number(process.env['RESTORE_EVENTS'] ?? 500);
const MOST_SECONDS = 60;

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'backup-drill-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Said extends Record<string, unknown> {
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly rpoSeconds: number;
}

const throughline = (...words: readonly string[]): { status: number | null; said: Said } => {
  const root = join(import.meta.dirname, '../..');
  const tool = ['--no-warnings', '--import', join(root, 'tests/faults/typescript.mjs'), join(root, 'apps/cli/src/main.ts')]; // prettier-ignore
  const env = { PATH: process.env['PATH'], DATA_DIR: join(folder, 'data') };
  const { status, stdout, stderr } = spawnSync(process.execPath, [...tool, ...words, join(folder, 'copies'), '--json'], { encoding: 'utf8', env }); // prettier-ignore
  return { status, said: JSON.parse(stdout || JSON.stringify({ stderr })) as Said };
};

it(
  `the commands back up and bring ${EVENTS} events to serving, from an empty folder`,
  async () => {
    const engine = Engine.open({ dataDir: join(folder, 'data') });
    engine.start();
    await engine.whenSeeded();
    await grow(engine, EVENTS, () => undefined);
    const backup = throughline('backup');
    expect(backup).toMatchObject({ status: 0, said: { checked: { findings: [], keys: { missing: 0 }, words: { missing: 0, wrong: 0 } } } }); // prettier-ignore
    const drill = throughline('restore', '--drill');
    expect(drill).toMatchObject({ status: 0, said: { drill: true } });
    expect(readdirSync(folder).filter((name) => name.includes('drill'))).toEqual([]);
    await engine.close();
    const before = loadavg()[0] ?? 0;
    const restored = throughline('restore', '--replace');
    const isBusy = Math.max(before, loadavg()[0] ?? 0) > availableParallelism();
    expect(restored).toMatchObject({ status: 0, said: { drill: false, aside: expect.any(String) as string } });
    const { entries } = restored.said['checked'] as { entries: number };
    const { seconds, processorSeconds, rpoSeconds } = restored.said;
    expect(entries).toBeGreaterThanOrEqual(EVENTS);
    expect(processorSeconds).toBeLessThan(MOST_SECONDS);
    // On a machine that has more to do than it can, the clock tells of the others.
    if (!isBusy) expect(seconds).toBeLessThan(MOST_SECONDS);
    expect(rpoSeconds).toBeGreaterThan(0);
    console.log(JSON.stringify({ figure: 'restore.to-serving', events: entries, seconds, processorSeconds, busyMachine: isBusy, drillSeconds: drill.said.seconds, backupSeconds: backup.said.seconds, rpoSeconds })); // prettier-ignore
  },
  60_000 + EVENTS * 20,
);
