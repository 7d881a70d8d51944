import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '../event-store.js';
import { encodeLeaf } from '../leaf.js';
import { leafHash } from '../sqlite/log-table.js';
import { EventStoreDbDouble } from '../testing/eventstoredb-double/double.js';
import { openEventStoreDb } from './eventstoredb.js';
import { openLeafSidecar } from './leaf-sidecar.js';

const AT = '2026-05-01T12:00:00.000Z';

describe('the leaves of an EventStoreDB log', () => {
  let folder: string;
  let double: EventStoreDbDouble;
  let store: EventStore;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sidecar-'));
    double = await EventStoreDbDouble.start();
    store = openEventStoreDb(double.url);
  });
  afterEach(async () => {
    await store.close();
    double.goAway();
    rmSync(folder, { recursive: true, force: true });
  });
  const open = () => openLeafSidecar(store, join(folder, 'leaves.db'));
  const ours = (rev: number, stream = 'thing-1') => {
    const id = randomUUID();
    const leaf = encodeLeaf({
      v: 1, id, stream, rev, type: 'noted.v1', occurredAt: AT, recordedAt: AT, actor: { role: 'chair', ref: 'r' }, about: {},
      cause: { command: id, correlation: id, events: [] }, data: {}, sealed: {},
    }); // prettier-ignore
    return { id, type: 'noted.v1', leaf };
  };

  it('wrap what another program wrote, always alike, and go on', async () => {
    await store.append('thing-1', [ours(0)], 'none');
    const strangers = [
      { id: randomUUID(), type: 'Ping', leaf: Buffer.from([0xff, 0xfe]) },
      { id: randomUUID(), type: 'noted.v1', leaf: Buffer.from('null') },
      // Looks like one of ours, and says it were elsewhere.
      { ...ours(7, 'thing-1'), id: randomUUID() },
    ];
    await store.append('other-1', strangers, 'none');
    await store.append('thing-1', [ours(1)], 0);
    const leaves = open();
    expect(await leaves.follow()).toBe(5);
    const found = leaves.entries(0, 10);
    expect(found.map(({ leaf }) => 'foreign' in (JSON.parse(Buffer.from(leaf).toString()) as object))).toEqual([
      false, true, true, true, false,
    ]); // prettier-ignore
    expect(found.every(({ leaf, hash }) => Buffer.compare(leafHash(leaf), hash) === 0)).toBe(true);
    expect(leaves.indexOf(strangers[2]!.id)).toBeUndefined();
    leaves.close();
  });

  it('are taken in once, also by two at the same time', async () => {
    for (let rev = 0; rev < 30; rev += 1) await store.append('thing-1', [ours(rev)], rev === 0 ? 'none' : rev - 1);
    const [one, other] = [open(), open()];
    await Promise.all([one.follow(), other.follow(), one.follow()]);
    expect([await one.follow(), await other.follow()]).toEqual([30, 30]);
    expect(new Set(one.entries(0, 100).map(({ columns }) => columns.id)).size).toBe(30);
    one.close();
    other.close();
  });

  it('notice that the server was put back to an older copy, whatever was written since', async () => {
    for (let rev = 0; rev < 5; rev += 1) await store.append('thing-1', [ours(rev)], rev === 0 ? 'none' : rev - 1);
    const leaves = open();
    await leaves.follow();
    const older = await EventStoreDbDouble.start();
    const restored = openEventStoreDb(older.url);
    const again = openLeafSidecar(restored, join(folder, 'leaves.db'));
    await expect(again.follow()).rejects.toMatchObject({ name: 'RecordFault', index: 4 });
    for (let rev = 0; rev < 9; rev += 1) await restored.append('thing-1', [ours(rev)], rev === 0 ? 'none' : rev - 1);
    await expect(again.follow()).rejects.toMatchObject({ name: 'RecordFault', index: 4 });
    expect(again.count()).toBe(5);
    leaves.close();
    again.close();
    await restored.close();
    older.goAway();
  });
});
