import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PersonAccounts } from '#accounts/person-accounts';
import { passOn } from '#authorities/handover';
import { contribution } from '#contributions/contribution';
import { decodeLeaf } from '#event-store/leaf';
import { randomId } from '#event-store/ids';
import { ExampleLoader } from '#example/load-example';
import { LogKeeper } from '#ledger/log-keeper';
import { ownSigner } from '#ledger/testing/own-signer';
import { fromBase64 } from '#transparency-log/base64';
import { parseVerifierKey } from '#transparency-log/key';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { openCheckpoint } from '#transparency-log/open-checkpoint';
import { treeHasher } from '#transparency-log/tree-hasher';
import { verifyInclusion } from '#transparency-log/verify-tree';
import { callMeeting, meeting } from '#meetings/meeting';
import { VaultRecords } from '#vault/vault-records';
import { exportCouncil } from '../../apps/cli/src/council-export/export-council.js';
import type { ExportManifest } from '../../apps/cli/src/council-export/manifest.js';
import { startServer, type TestServer } from '../http/server.js';
import { Canaries, context, placesOf, somebody } from './planting.js';

const COUNCILS = ['essex', 'suffolk', 'norfolk'] as const;

let server: TestServer;
let out: string;
beforeEach(async () => {
  server = await startServer({}, (folder) => ownSigner(folder, 'example.org/log'));
  out = join(placesOf(server).folder, 'out');
  mkdirSync(out);
});
afterEach(() => server.close());

const exported = async (council: string, folder = join(out, council)): Promise<ExportManifest> => {
  const keeper = server.app.get(LogKeeper, { strict: false });
  await server.engine.caughtUp(await server.engine.store.head(), 60_000);
  expect(await keeper.cutNow(30_000)).toBe(true);
  return exportCouncil(server.engine, keeper, { council, folder });
};
const filesOf = (council: string): string[] =>
  readdirSync(join(out, council), { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name));
const textOf = (council: string): string => filesOf(council).map((path) => readFileSync(path, 'utf8')).join('\n'); // prettier-ignore
const linesOf = <T = Record<string, unknown>>(council: string, name: string): T[] =>
  readFileSync(join(out, council, name), 'utf8').split('\n').slice(0, -1).map((line) => JSON.parse(line) as T); // prettier-ignore

/** A meeting that is still being written down. */
const draftOf = async (council: string, note: string): Promise<void> => {
  const id = randomId();
  const called = { authority: council, team: randomId(), title: 'The bus', startsAt: '2027-01-04T10:00:00.000Z' };
  await server.engine.recorder.act(meeting, id, context(), (state) => callMeeting(state, called));
  await new VaultRecords(server.engine.vault.database, 'draft').put(id, { note });
};

it('takes everything of one council and nothing of two others, each entry with a proof', async () => {
  await server.app.get(ExampleLoader, { strict: false }).load();
  const canaries = COUNCILS.map((_, at) => new Canaries(1 + at * 1_000));
  for (const [at, council] of COUNCILS.entries()) {
    const own = canaries[at] ?? new Canaries();
    await somebody(server, own, 1, council);
    await new VaultRecords(server.engine.vault.database, 'staff-account').put(randomId(), { authority: council, name: own.plant('staff') }); // prettier-ignore
    await draftOf(council, own.plant('draft of a meeting'));
  }
  let [own, missing, others] = [0, 0, 0];
  const manifests = new Map<string, ExportManifest>();
  for (const [at, council] of COUNCILS.entries()) {
    manifests.set(council, await exported(council));
    const text = textOf(council);
    for (const [of, { planted }] of canaries.entries())
      for (const { kind, canary } of planted) {
        if (of !== at && text.includes(canary)) others++;
        if (of !== at) continue;
        own++;
        // A draft of no meeting is nobody's.
        if (!text.includes(canary) && kind !== 'draft') missing++;
      }
  }
  expect({ missing, others }).toEqual({ missing: 0, others: 0 });

  // Every entry of all councils is in one export, or says no council; counted from the store itself.
  const counted = new Map<string, number>();
  for await (const { leaf } of server.engine.store.readAll()) {
    const { authority = '' } = decodeLeaf(leaf).about;
    counted.set(authority, (counted.get(authority) ?? 0) + 1);
  }
  for (const council of counted.keys())
    if (council !== '' && !manifests.has(council)) manifests.set(council, await exported(council));
  for (const [council, { counts }] of manifests) expect([council, counts.entries]).toEqual([council, counted.get(council)]); // prettier-ignore
  const total = [...manifests.values()].reduce((sum, { counts }) => sum + counts.entries, counted.get('') ?? 0);
  expect(total).toBe(manifests.get('essex')?.log.size);
  const proven = await prove('essex');
  expect(proven).toBe(counted.get('essex'));
  const modes = filesOf('essex').map((path) => statSync(path).mode & 0o777);
  expect([new Set(modes), statSync(join(out, 'essex')).mode & 0o777]).toEqual([new Set([0o600]), 0o700]);
  console.log(JSON.stringify({ figure: 'export.council', councils: COUNCILS.length, canariesOwn: own, ownMissing: missing, othersFound: others, exports: manifests.size, entries: counted.get('essex'), proven, entriesOfAll: total, saysNoCouncil: counted.get('') })); // prettier-ignore
}, 180_000);

/** As the README says it, with nothing but the folder. */
const prove = async (council: string): Promise<number> => {
  const hasher = treeHasher(nodeSha256);
  const { log, files } = JSON.parse(readFileSync(join(out, council, 'manifest.json'), 'utf8')) as ExportManifest;
  for (const { name, bytes, sha256 } of files) {
    const found = readFileSync(join(out, council, name));
    expect([name, found.length, createHash('sha256').update(found).digest('hex')]).toEqual([name, bytes, sha256]);
  }
  const note = readFileSync(join(out, council, 'checkpoint.txt'), 'utf8');
  const { checkpoint } = await openCheckpoint(note, { log: [parseVerifierKey(log.key, nodeSha256)], witnesses: [] });
  const proofs = linesOf<{ index: number; id: string; hash: string; path: string[] }>(council, 'proofs.jsonl');
  const events = linesOf<{ index: number; id: string }>(council, 'events.jsonl');
  const entries = readFileSync(join(out, council, 'entries.jsonl'), 'utf8')
    .split('\n')
    .slice(0, -1);
  expect([proofs.length, events.length]).toEqual([entries.length, entries.length]);
  entries.forEach((line, at) => {
    const { index, hash, path, id } = proofs[at]!;
    const leafHash = hasher.leaf(Buffer.from(line, 'utf8'));
    expect([Buffer.from(leafHash).toString('base64'), events[at]!.index, events[at]!.id]).toEqual([hash, index, id]);
    verifyInclusion(hasher, { index: BigInt(index), size: checkpoint.size, leafHash, path: path.map(fromBase64), root: checkpoint.root }); // prettier-ignore
  });
  return entries.length;
};

it('says of what was erased that it was, marks what may not be used, and notes every read before it has a name', async () => {
  const [gone, kept, held] = [new Canaries(1), new Canaries(1_000), new Canaries(2_000)];
  const erased = await somebody(server, gone, 1);
  const other = await somebody(server, kept, 1);
  const restricted = await somebody(server, held, 1);
  await server.engine.eraser.erase(erased.person, context(), { basis: 'objection' });
  await server.engine.restrictor.restrict(restricted.person, context(), 'objection');
  const { counts } = await exported('essex');
  const text = textOf('essex');
  expect(gone.planted.filter(({ canary }) => text.includes(canary))).toEqual([]);
  expect(held.planted.filter(({ canary, kind }) => kind !== 'draft' && !text.includes(canary))).toEqual([]);
  expect([counts.erased > 5, counts.restricted > 5, counts.lost]).toEqual([true, true, 0]);
  const events = linesOf<{ stream: string; data: object; restricted?: string[] }>('essex', 'events.jsonl');
  const of = (view: string | undefined) => events.find((each) => each.stream === `contribution-${view}` && 'words' in each.data); // prettier-ignore
  expect(of(erased.views[0])?.data).toMatchObject({ words: { erased: expect.any(String) as string } });
  expect(of(restricted.views[0])).toMatchObject({ restricted: expect.arrayContaining(['/words']) as string[], data: { words: expect.any(String) as string } }); // prettier-ignore
  expect(linesOf('essex', 'people.jsonl')).toContainEqual(expect.objectContaining({ person: restricted.person, restricted: true })); // prettier-ignore

  const reads = server.engine.reads.list({ authority: 'essex', limit: 10_000 }).filter(({ place }) => place === 'export'); // prettier-ignore
  const kindsOf = (person: string) => [...new Set(reads.filter(({ subject }) => subject === person).map(({ kind }) => kind))].sort(); // prettier-ignore
  // Whose words everyone may read has no line for those.
  expect(kindsOf(other.person)).toEqual(['asked-of-us', 'copy', 'data-request', 'helper', 'name-and-contact']);
  expect(kindsOf(restricted.person)).toEqual(kindsOf(other.person));
  expect(kindsOf(erased.person)).toEqual([]);
  console.log(JSON.stringify({ figure: 'export.council.words', ...counts, reads: reads.length }));

  const flush = server.engine.reads.flush.bind(server.engine.reads);
  server.engine.reads.flush = async () => Promise.reject(new Error('The disk is full.'));
  await expect(exported('essex', join(out, 'again'))).rejects.toThrow('The disk is full.');
  server.engine.reads.flush = flush;
  expect(readdirSync(out)).toEqual(['essex']);
}, 120_000);

it('brings the past of what passed to it, and of an account that two councils share only its own views', async () => {
  const [before, shared] = [new Canaries(1), new Canaries(1_000)];
  const { views } = await somebody(server, before, 1, 'suffolk');
  const [view = ''] = views;
  await server.engine.recorder.act(contribution, view, context(), (state) => passOn(state, { from: 'suffolk', to: 'essex', on: '2026-01-01', succession: randomId() })); // prettier-ignore
  const mine = await somebody(server, new Canaries(2_000), 1);
  const theirs = await somebody(server, new Canaries(3_000), 1, 'norfolk');
  const accounts = new PersonAccounts(server.engine.vault);
  const address = shared.plant('address');
  for (const each of [mine.views[0] ?? '', theirs.views[0] ?? '']) {
    await accounts.forget(accounts.idOf(address));
    const holder = accounts.keepersOf([each])[0];
    if (holder) await accounts.forget(holder);
  }
  const id = accounts.idOf(address);
  await accounts.open(id, address, '2026-01-01');
  for (const each of [mine.views[0] ?? '', theirs.views[0] ?? '']) await accounts.keep(id, { contribution: each, card: randomId() }); // prettier-ignore
  const { counts } = await exported('essex');
  expect(counts.takenOver).toBeGreaterThan(5);
  const words = before.planted.find(({ kind }) => kind === 'words')?.canary ?? '';
  expect(textOf('essex')).toContain(words);
  const [wish] = linesOf<{ views: string[] }>('essex', 'news-wishes.jsonl').filter((each) => JSON.stringify(each).includes(shared.planted[0]?.canary ?? '-')); // prettier-ignore
  expect(wish?.views).toEqual(mine.views);
}, 120_000);

it('knows no council that is not there, writes over nothing, and takes away what was begun', async () => {
  await expect(exported('atlantis')).rejects.toThrow('There is no council "atlantis"');
  await exported('essex');
  const first = readFileSync(join(out, 'essex', 'SHA256SUMS'), 'utf8');
  await expect(exported('essex')).rejects.toThrow('is there already');
  expect(readFileSync(join(out, 'essex', 'SHA256SUMS'), 'utf8')).toBe(first);
  expect([existsSync(join(out, 'atlantis')), readdirSync(out)]).toEqual([false, ['essex']]);
});
