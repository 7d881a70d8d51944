import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseVerifierKey } from '#transparency-log/key';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { openCheckpoint } from '#transparency-log/open-checkpoint';
import { grown, hasher } from '#transparency-log/testing/grown-tree';
import { consistencyProof } from '#transparency-log/tree-proofs';
import { Signer } from './signer.js';
import { SignerMemory } from './signer-memory.js';
import type { SignRequest } from './signer-words.js';

const NOW = '2026-05-01T12:00:00.000Z';
const ORIGIN = 'example.org/log';
const leaves = (count: number, kind = 0) => Array.from({ length: count }, (_, at) => Uint8Array.of(kind, at));
/** Ten entries in common, then another end. */
const forked = (count: number) => [...leaves(10), ...leaves(count, 1).slice(10)];

const ask = (entries: Uint8Array[], from: number, seen: string[] = []): SignRequest => {
  const { nodes, roots } = grown(entries);
  const size = entries.length;
  const proof = from === 0 || from >= size ? [] : consistencyProof(hasher, nodes, from, size);
  return { size, root: roots[size]!, from, proof, seen };
};

describe('the signer', () => {
  let folder: string;
  let memory: SignerMemory;
  let signer: Signer;
  const open = async (at = folder) => {
    memory = new SignerMemory(at);
    signer = await Signer.open(memory, ORIGIN, NOW);
  };
  beforeEach(async () => {
    folder = join(mkdtempSync(join(tmpdir(), 'signer-')), 'signer');
    await open();
  });
  afterEach(() => {
    memory.close();
    rmSync(join(folder, '..'), { recursive: true });
  });
  const noteOf = async (request: SignRequest): Promise<string> => {
    const answer = await signer.sign(request);
    if ('refused' in answer) throw new Error(`${answer.code}: ${answer.message}`);
    return answer.note;
  };

  it('signs what grows, with the key it names, under its origin', async () => {
    await noteOf(ask(leaves(3), 0));
    const note = await noteOf(ask(leaves(8), 3));
    const key = parseVerifierKey(signer.log().vkey, nodeSha256);
    const { checkpoint } = await openCheckpoint(note, { log: [key], witnesses: [] });
    expect(checkpoint).toMatchObject({ origin: ORIGIN, size: 8n, root: grown(leaves(8)).roots[8] });
    expect(signer.log()).toMatchObject({ origin: ORIGIN, size: 8 });
  });

  it('gives the same note for the same tree, also after a restart', async () => {
    const first = await noteOf(ask(leaves(8), 0));
    memory.close();
    await open();
    expect(await noteOf(ask(leaves(8), 8))).toBe(first);
  });

  it('asks for a proof from what it signed last, when it gets one from elsewhere', async () => {
    await noteOf(ask(leaves(5), 0));
    expect(await signer.sign(ask(leaves(9), 0))).toMatchObject({ refused: true, code: 'not-my-last', size: 5 });
    expect(await signer.sign(ask(leaves(9), 4))).toMatchObject({ refused: true, code: 'not-my-last', size: 5 });
    await noteOf(ask(leaves(9), 5));
  });

  it('refuses a record that was put back, and says what to do', async () => {
    await noteOf(ask(leaves(20), 0));
    for (const size of [1, 10, 19]) {
      const answer = await signer.sign(ask(leaves(size), 0));
      expect(answer).toMatchObject({ refused: true, code: 'rollback', size: 20 });
      expect((answer as { message: string }).message).toMatch(/Put the missing entries .* back.*new-origin/);
    }
  });

  it('refuses another end of the same size, a longer one, and one that hides behind an old proof', async () => {
    await noteOf(ask(leaves(20), 0));
    expect(await signer.sign(ask(forked(20), 20))).toMatchObject({ code: 'fork' });
    expect(await signer.sign(ask(forked(30), 20))).toMatchObject({ code: 'fork' });
    expect(await signer.sign(ask(forked(30), 10))).toMatchObject({ code: 'not-my-last' });
    expect(await signer.sign({ ...ask(leaves(30), 20), root: grown(forked(30)).roots[30]! })).toMatchObject({
      code: 'fork',
    });
    expect(signer.log().size).toBe(20);
    await noteOf(ask(leaves(30), 20));
  });

  it('of two that ask at once for different ends, signs one', async () => {
    await noteOf(ask(leaves(10), 0));
    const answers = await Promise.all([signer.sign(ask(leaves(15), 10)), signer.sign(ask(forked(15), 10))]);
    expect(answers.filter((each) => 'note' in each)).toHaveLength(1);
  });

  it('two processes on one memory sign no two ends either', async () => {
    const second = new SignerMemory(folder);
    const other = await Signer.open(second, 'ignored', NOW);
    expect(other.log().origin).toBe(ORIGIN);
    await noteOf(ask(leaves(15), 0));
    expect(await other.sign(ask(forked(15), 0))).toMatchObject({ code: 'fork' });
    second.close();
  });

  it('put back from a copy, learns from its own notes what it has forgotten', async () => {
    const late = await noteOf(ask(leaves(20), 0));
    const { last, seed } = memory.log(ORIGIN, NOW);
    memory.close();
    // A copy of the time before anything was signed: the same key, an empty memory.
    const older = join(folder, '..', 'older');
    await open(older);
    memory.close();
    const raw = new SignerMemory(older);
    (raw as unknown as { db: { exec(sql: string): void } }).db.exec(
      `DROP TRIGGER never_smaller; UPDATE signed_log SET seed = x'${Buffer.from(seed).toString('hex')}'`,
    );
    raw.close();
    await open(older);
    expect(last?.size).toBe(20);
    expect(await signer.sign(ask(forked(15), 0, [late]))).toMatchObject({ code: 'rollback', size: 20 });
    expect(await signer.sign(ask(forked(25), 0, [late]))).toMatchObject({ code: 'not-my-last', size: 20 });
    expect(await signer.sign(ask(forked(25), 20))).toMatchObject({ code: 'fork' });
    // What contradicts a note of its own key is said, and nothing more is signed on it.
    const contradiction = await noteOf(ask(leaves(25), 20));
    expect(await signer.sign(ask(forked(26), 25, [contradiction]))).toMatchObject({ code: 'fork' });
  });

  it('takes no note of another key for its own', async () => {
    const stranger = new SignerMemory(join(folder, '..', 'stranger'));
    const other = await Signer.open(stranger, ORIGIN, NOW);
    const { note } = (await other.sign(ask(forked(30), 0))) as { note: string };
    await noteOf(ask(leaves(12), 0, [note, 'no note at all']));
    stranger.close();
  });

  it('opens the next log under a new name and a new key, and signs nothing more under the old', async () => {
    const note = await noteOf(ask(leaves(20), 0));
    const { vkey } = signer.log();
    expect(await Signer.openNext(memory, NOW)).toEqual({ closed: ORIGIN, opened: `${ORIGIN}/2`, note });
    await expect(signer.sign(ask(leaves(21), 20))).rejects.toThrow('is closed');
    const next = await Signer.open(memory, ORIGIN, NOW);
    expect(next.log()).toMatchObject({ origin: `${ORIGIN}/2`, size: 0, predecessor: note });
    expect(next.log().vkey).not.toContain(vkey.split('+').at(-1));
    expect(await next.sign(ask(forked(15), 0))).toHaveProperty('note');
    expect((await Signer.openNext(memory, NOW)).opened).toBe(`${ORIGIN}/3`);
  });

  it('keeps its file to its owner, and does not start when others can read it', () => {
    expect(statSync(join(folder, 'signer.db')).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    chmodSync(join(folder, 'signer.db'), 0o640);
    expect(() => new SignerMemory(folder)).toThrow('chmod 600');
  });
});
