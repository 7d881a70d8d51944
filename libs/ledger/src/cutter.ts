import { RecordFault } from '#event-store/leaves';
import { openCheckpoint } from '#transparency-log/open-checkpoint';
import { parseVerifierKey } from '#transparency-log/key';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { sameBytes } from '#transparency-log/bytes';
import type { TreeEdge } from '#transparency-log/tree-edge';
import { VerificationError } from '#transparency-log/verification-error';
import { verifyInclusion } from '#transparency-log/verify-tree';
import type { Checkpoints, KeptCheckpoint } from './checkpoints.js';
import { type GrownTree, hasher } from './grown-tree.js';
import { NO_TREE, rehash } from './rehash.js';
import type { SignerClient } from './signer-client.js';
import { type SignerLog, SignerRefused } from './signer-words.js';

/** From a log that has grown to a signed checkpoint: take in, hash again, ask the signer, look at what it says, keep it. */
export class Cutter {
  constructor(
    private readonly tree: GrownTree,
    private readonly checkpoints: Checkpoints,
    private readonly signer: SignerClient,
    /** The log's name in the settings, if one was given. */
    private readonly origin: string | undefined,
    private readonly now: () => Date,
  ) {}

  /**
   * `seen`: notes that others show for this log; asked for with its origin. Answers the newest checkpoint, which is the
   * last one when nothing has changed.
   * @throws RecordFault, SignerRefused: a person must look. Anything else: the signer or the store is away, try again.
   */
  async cut(seen: (origin: string) => Promise<readonly string[]>): Promise<KeptCheckpoint | undefined> {
    const log = await this.signer.log();
    this.requireOurs(log);
    this.checkpoints.pin(log, this.now().toISOString());
    const last = this.checkpoints.last(log.origin);
    const edge = await this.tree.integrate();
    if (last) this.requireTail(last, edge);
    const isUnchanged = last?.size === edge.size && sameBytes(last.root, edge.root());
    // A signer that has signed more than there is refuses, and its words say what to do.
    if (edge.size === 0 || (isUnchanged && log.size <= edge.size)) return last;
    await rehash(this.tree.leaves, last ?? NO_TREE, edge);
    const notes = [...(last ? [last.note] : []), ...(await seen(log.origin))];
    const note = await this.sign(edge, last?.size ?? 0, notes);
    await requireSaysSo(note, log, edge);
    const checkpoint = {
      origin: log.origin,
      size: edge.size,
      root: edge.root(),
      edge: edge.bytes(),
      note,
      signedAt: this.now().toISOString(),
    };
    this.checkpoints.save(checkpoint);
    return checkpoint;
  }

  /** The signer may have signed more than is known here: a crash lies between its answer and our disk. */
  private async sign(edge: TreeEdge, from: number, seen: readonly string[]): Promise<string> {
    const { size } = edge;
    const root = edge.root();
    const ask = (old: number) =>
      this.signer.sign({ size, root, from: old, proof: old > size ? [] : this.tree.consistency(old, size), seen });
    const first = await ask(from);
    const answer = 'refused' in first && first.code === 'not-my-last' ? await ask(first.size) : first;
    if ('refused' in answer) throw new SignerRefused(answer.code, answer.message);
    return answer.note;
  }

  private requireOurs({ origin }: SignerLog): void {
    const wanted = this.origin;
    if (wanted === undefined || origin === wanted || origin.startsWith(`${wanted}/`)) return;
    throw new SignerRefused(
      'other-log',
      `LOG_ORIGIN is ${wanted}, but the signer signs for ${origin}. Set LOG_ORIGIN to ${origin}, or give this record its own signer (SIGNER_DIR or SIGNER_URL).`,
    );
  }

  /** The last entry that was signed must still be the last entry of the signed tree: an exchanged end shows here. */
  private requireTail({ size, root }: KeptCheckpoint, edge: TreeEdge): void {
    const gone = (): RecordFault =>
      new RecordFault(
        'event',
        size - 1,
        `Entry ${size - 1} is not the one that was signed. The record was put back to an older copy and written on, or its end was exchanged. Put back what was there; throughline fsck names the first entry that differs.`,
      );
    if (edge.size < size) throw gone();
    const [entry] = this.tree.leaves.entries(size - 1, 1);
    if (!entry) throw gone();
    const path = this.tree.inclusion(size - 1, size);
    try {
      verifyInclusion(hasher, { index: size - 1, size, leafHash: hasher.leaf(entry.leaf), path, root });
    } catch (error) {
      throw error instanceof VerificationError ? gone() : error;
    }
  }
}

/** Nothing is published that does not say what was asked for, under the key that is known. */
const requireSaysSo = async (note: string, { origin, vkey }: SignerLog, edge: TreeEdge): Promise<void> => {
  const { checkpoint } = await openCheckpoint(note, { log: [parseVerifierKey(vkey, nodeSha256)], witnesses: [] });
  const isSame =
    checkpoint.origin === origin && checkpoint.size === BigInt(edge.size) && sameBytes(checkpoint.root, edge.root());
  if (!isSame) throw new SignerRefused('other-log', 'The signer has signed something else than it was asked to.');
};
