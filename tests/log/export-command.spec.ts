import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { contribution, giveContribution } from '#contributions/contribution';
import { Engine } from '#engine/engine';
import { randomId } from '#event-store/ids';
import type { ExportManifest } from '../../apps/cli/src/council-export/manifest.js';
import { context } from './planting.js';

const root = join(import.meta.dirname, '../..');
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'export-command-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const throughline = (...words: string[]) => {
  const tool = ['--no-warnings', '--import', join(root, 'tests/faults/typescript.mjs'), join(root, 'apps/cli/src/main.ts')]; // prettier-ignore
  const env = { PATH: process.env['PATH'], DATA_DIR: join(folder, 'data'), LOG_ORIGIN: 'example.org/log' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [...tool, ...words], { encoding: 'utf8', env });
  return { status, out: stdout, errors: stderr };
};

it('the command says what it wrote, refuses what it must not do, and says plainly when words are lost', async () => {
  const engine = Engine.open({ dataDir: join(folder, 'data') });
  engine.start();
  await engine.whenSeeded();
  const view = randomId();
  await engine.recorder.act(contribution, view, context(), (state) =>
    giveContribution(state, view, { authority: 'essex', words: 'Keep the bus', channel: 'online', capacity: 'uses-services', voice: 'own', attribution: 'group' }),
  ); // prettier-ignore
  await engine.close();

  const to = join(folder, 'out');
  expect(throughline('export', 'atlantis', '--out', to)).toMatchObject({ status: 1, out: '', errors: expect.stringContaining('There is no council "atlantis"') as string }); // prettier-ignore
  expect(throughline('export', 'essex')).toMatchObject({ status: 1, errors: expect.stringContaining('--out') as string }); // prettier-ignore
  const inside = throughline('export', 'essex', '--out', join(folder, 'data/out'));
  expect(inside).toMatchObject({ status: 1, errors: expect.stringContaining('inside the data') as string });
  expect(existsSync(to)).toBe(false);

  const written = throughline('export', 'essex', '--out', to);
  expect(written).toMatchObject({ status: 0, out: expect.stringContaining('1 readable, 0 restricted, 0 erased') as string }); // prettier-ignore
  // What people said is in the folder, and nowhere in what is printed.
  expect([readFileSync(join(to, 'events.csv'), 'utf8').includes('Keep the bus'), (written.out + written.errors).includes('bus')]).toEqual([true, false]); // prettier-ignore
  expect(throughline('export', 'essex', '--out', to)).toMatchObject({ status: 1, errors: expect.stringContaining('is there already') as string }); // prettier-ignore

  const sealed = new DatabaseSync(join(folder, 'data/sealed.db'));
  sealed.exec('DELETE FROM sealed');
  sealed.close();
  const lost = throughline('export', 'essex', '--out', join(folder, 'lost'), '--json');
  expect([lost.status, (JSON.parse(lost.out) as ExportManifest).counts]).toMatchObject([2, { words: 0, lost: 1 }]);
}, 300_000);
