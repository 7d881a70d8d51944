import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChildSigner } from '#ledger/child-signer';
import { signerFromSources } from '#ledger/testing/child-command';
import type { SignRequest } from '#ledger/signer-words';
import { parseVerifierKey } from '#transparency-log/key';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { openCheckpoint } from '#transparency-log/open-checkpoint';
import { grown, hasher } from '#transparency-log/testing/grown-tree';
import { consistencyProof } from '#transparency-log/tree-proofs';

/** `SIGNER_KILLS=1000` does a thousand; every run of the tests does a few. */
const KILLS = Number(process.env['SIGNER_KILLS'] ?? 25);

const leaf = (kind: string, at: number) => Buffer.from(`${kind} ${at}`);
type Branch = readonly Uint8Array[];
const grow = (branch: Branch, kind: string): Branch => [
  ...branch,
  ...Array.from({ length: 1 + Math.floor(Math.random() * 3) }, (_, at) => leaf(kind, branch.length + at)),
];
const ask = (branch: Branch, from: number): SignRequest => {
  const { nodes, roots } = grown(branch);
  const proof = from === 0 || from >= branch.length ? [] : consistencyProof(hasher, nodes, from, branch.length);
  return { size: branch.length, root: roots[branch.length]!, from, proof, seen: [] };
};

it(
  `never lets two notes exist that contradict each other, through ${KILLS} kills while two ends ask at once`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'signer-kill-'));
    const signer = new ChildSigner({ folder: join(folder, 'signer'), origin: 'example.org/log', command: signerFromSources() }); // prettier-ignore
    const notes: string[] = [];
    const keys = new Set<string>();
    let base: Branch = [];
    let killed = 0;
    let midway = 0;
    const tryToSign = async (branch: Branch, from: number): Promise<boolean> => {
      const answer = await signer.sign(ask(branch, from)).catch(() => undefined);
      if (answer && 'note' in answer) notes.push(answer.note);
      return answer !== undefined && 'note' in answer;
    };
    for (let round = 0; round < KILLS; round += 1) {
      keys.add((await signer.log()).vkey);
      const [one, other] = [grow(base, `one ${round}`), grow(base, `other ${round}`)];
      const pid = (await signer.pid())!;
      // Somewhere within reading, storing, flushing, signing and answering.
      const kill = new Promise<void>((resolve) =>
        setTimeout(() => {
          process.kill(pid, 'SIGKILL');
          killed += 1;
          midway += Number(answered < 2);
          resolve();
        }, Math.random() * 12),
      );
      let answered = 0;
      const both = [one, other].map((end) => tryToSign(end, base.length).then(() => (answered += 1)));
      await Promise.all([...both, kill]);
      // After the restart both try again, the other end first: whoever was remembered wins, and only that one.
      const last = (await signer.log()).size;
      const from = Math.max(base.length, last);
      const again = [await tryToSign(other, from), await tryToSign(one, from)];
      expect(again.filter(Boolean)).toHaveLength(1);
      base = again[0] ? other : one;
    }
    const key = parseVerifierKey([...keys][0]!, nodeSha256);
    expect(keys.size).toBe(1);
    const { roots } = grown(base);
    for (const note of notes) {
      const { checkpoint } = await openCheckpoint(note, { log: [key], witnesses: [] });
      // Every note that ever came out is of one and the same history.
      expect(Buffer.from(checkpoint.root).toString('hex')).toBe(
        Buffer.from(roots[Number(checkpoint.size)]!).toString('hex'),
      );
    }
    expect(killed).toBe(KILLS);
    expect(midway).toBeGreaterThan(0);
    expect(notes.length).toBeGreaterThan(KILLS / 2);
    console.log(JSON.stringify({ figure: 'faults.signer-kill', kills: KILLS, notes: notes.length, midway, inconsistent: 0 })); // prettier-ignore
    await signer.close();
    rmSync(folder, { recursive: true });
  },
  KILLS * 5_000 + 20_000,
);
