import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { formatCheckpointText } from '#transparency-log/checkpoint';
import { formatVerifierKey, KEY_TYPES, verifierKey } from '#transparency-log/key';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { openCheckpoint } from '#transparency-log/open-checkpoint';
import { parsePolicy } from '#transparency-log/policy';
import { formatNote, parseNote } from '#transparency-log/note';
import { addSignatures, signNote } from '#transparency-log/sign-note';
import type { NoteSigner } from '#transparency-log/signing-key';
import { grown, hasher } from '#transparency-log/testing/grown-tree';
import { signerNamed } from '#transparency-log/testing/signers';
import { consistencyProof } from '#transparency-log/tree-proofs';
import { formatAddCheckpoint, monitorPath, readCosignatures } from '#transparency-log/witness-messages';
import { Witness } from './witness.js';
import { WitnessMemory } from './witness-memory.js';

const ORIGIN = 'council.example/log';
const NOW = new Date('2026-05-01T12:00:00Z');
const leaves = (count: number, kind = 0) => Array.from({ length: count }, (_, at) => Uint8Array.of(kind, at));

describe('a witness of ours', () => {
  let folder: string;
  let log: NoteSigner;
  let stranger: NoteSigner;
  let witness: Witness;
  let told: string[];
  const open = async (policy = `log ${formatVerifierKey(log.key)}\nquorum none\n`): Promise<Witness> =>
    Witness.open({
      memory: new WitnessMemory(folder),
      name: 'other.example/witness',
      policy: parsePolicy(policy, nodeSha256),
      now: () => NOW,
      tell: (line) => told.push(line),
    });
  beforeEach(async () => {
    folder = join(mkdtempSync(join(tmpdir(), 'witness-')), 'w');
    log = await signerNamed(ORIGIN, KEY_TYPES.ed25519);
    stranger = await signerNamed('stranger.example/log', KEY_TYPES.ed25519);
    told = [];
    witness = await open();
  });
  afterEach(() => {
    witness.close();
    rmSync(join(folder, '..'), { recursive: true });
  });
  const request = async (entries: Uint8Array[], from: number, by = log) => {
    const { nodes, roots } = grown(entries);
    const size = entries.length;
    const note = await signNote(formatCheckpointText({ origin: by.key.name, size, root: roots[size]! }), [by]);
    const proof = from > 0 && from < size ? consistencyProof(hasher, nodes, from, size) : [];
    return { note, body: Buffer.from(formatAddCheckpoint({ oldSize: from, proof, note })) };
  };
  const send = async (...what: Parameters<typeof request>) => witness.add((await request(...what)).body);

  it('cosigns what grows, and shows it with both signatures', async () => {
    const { note, body } = await request(leaves(5), 0);
    const reply = await witness.add(body);
    expect(reply).toMatchObject({ status: 200 });
    const { text } = await openCheckpoint(note, { log: [log.key], witnesses: [] });
    const [line] = await readCosignatures(reply.body, text, [witness.key]);
    expect(line?.timestamp).toBe(BigInt(NOW.getTime() / 1000));
    const shown = witness.latest(monitorPath(ORIGIN, nodeSha256)) ?? '';
    const opened = await openCheckpoint(shown, { log: [log.key], witnesses: [witness.key] });
    expect([opened.signedBy.length, opened.cosignedBy.length, opened.checkpoint.size]).toEqual([1, 1, 5n]);
    expect((await send(leaves(9), 5)).status).toBe(200);
  });

  it('remembers over a restart, with the same key', async () => {
    await send(leaves(5), 0);
    const { vkey } = witness;
    witness.close();
    witness = await open();
    expect(witness.vkey).toBe(vkey);
    expect(await send(leaves(9), 0)).toMatchObject({ status: 409, body: '5\n', contentType: 'text/x.tlog.size' });
    expect(witness.latest(monitorPath(ORIGIN, nodeSha256))).toBeDefined();
  });

  it('refuses strangers, forgeries, what does not follow, and nonsense', async () => {
    await send(leaves(5), 0);
    expect((await send(leaves(9), 5, stranger)).status).toBe(404);
    const { note, body } = await request(leaves(9), 5);
    const forged = Buffer.from(body.toString().replace(note, note.replace(/\n9\n/, '\n8\n')));
    expect((await witness.add(forged)).status).toBe(403);
    expect((await send(leaves(9, 1), 5)).status).toBe(422);
    expect((await witness.add(Buffer.from([0xff, 0, 10]))).status).toBe(400);
    expect(witness.conflicts).toEqual([]);
  });

  it('of many that race, lets only one through for each size it had', async () => {
    await send(leaves(4), 0);
    const bodies = await Promise.all([5, 6, 7, 8, 9].map(async (size) => (await request(leaves(size), 4)).body));
    const replies = await Promise.all(bodies.map((body) => witness.add(body)));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
  });

  it('two processes on one memory let only one through as well', async () => {
    await send(leaves(4), 0);
    const other = await open();
    const [one, two] = [await request(leaves(6), 4), await request(leaves(7), 4)];
    const replies = await Promise.all([witness.add(one.body), other.add(two.body)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    other.close();
  });

  it('keeps both notes of a log that told two stories, whatever it had to answer, and says so aloud', async () => {
    const { note: first } = await request(leaves(6), 0);
    await send(leaves(6), 0);
    const { note: second, body } = await request(leaves(6, 1), 0);
    expect((await witness.add(body)).status).toBe(409);
    expect((await send(leaves(6, 1), 6)).status).toBe(422);
    expect(witness.conflicts).toEqual([{ origin: ORIGIN, size: '6', first, second, seenAt: NOW.toISOString() }]);
    expect(told[0]).toContain('two different records of 6 entries');
    witness.close();
    witness = await open();
    expect(witness.conflicts).toHaveLength(1);
  });

  it('keeps no more evidence than anyone needs', async () => {
    await send(leaves(6), 0);
    for (let kind = 1; kind <= 120; kind += 1) await send(leaves(6, kind), 6);
    expect(witness.conflicts).toHaveLength(100);
    expect((await send(leaves(8), 6)).status).toBe(200);
  });

  it('says so where it cannot check how a log signs, and takes what it can check beside it', async () => {
    const key = verifierKey(ORIGIN, KEY_TYPES.mlDsa44, new Uint8Array(1312), nodeSha256);
    const both = `log ${formatVerifierKey(log.key)}\nlog ${formatVerifierKey(key)}\nquorum none\n`;
    witness.close();
    witness = await open(both);
    const importKey = crypto.subtle.importKey.bind(crypto.subtle) as (...all: unknown[]) => Promise<CryptoKey>;
    // As on a machine whose library has no ML-DSA.
    jest
      .spyOn(crypto.subtle, 'importKey')
      .mockImplementation((...args: unknown[]) =>
        (args[2] as { name: string }).name === 'ML-DSA-44'
          ? Promise.reject(Object.assign(new Error('no such algorithm'), { name: 'NotSupportedError' }))
          : importKey(...args),
      );
    const { roots } = grown(leaves(5));
    const text = formatCheckpointText({ origin: ORIGIN, size: 5, root: roots[5]! });
    const line = { name: ORIGIN, id: key.id, signature: new Uint8Array(8 + 2420) };
    const add = (note: string) => witness.add(Buffer.from(formatAddCheckpoint({ oldSize: 0, proof: [], note })));
    expect(await add(formatNote({ text, signatures: [line] }))).toMatchObject({ status: 403, body: 'this machine cannot check any signature of this note\n' }); // prettier-ignore
    const signed = addSignatures(parseNote(await signNote(text, [log])), [line]);
    expect(await add(formatNote(signed))).toMatchObject({ status: 200 });
    jest.restoreAllMocks();
  });
});
