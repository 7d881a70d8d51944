import type { DatabaseSync } from 'node:sqlite';
import type { Leaves } from '#event-store/leaves';
import { RecordFault } from '#event-store/leaves';
import { inTransaction } from '#event-store/sqlite/connection';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { TreeEdge } from '#transparency-log/tree-edge';
import { treeHasher } from '#transparency-log/tree-hasher';
import type { NodeSource } from '#transparency-log/tree-nodes';
import { consistencyProof, inclusionProof } from '#transparency-log/tree-proofs';

export const hasher = treeHasher(nodeSha256);

/** Leaves in one transaction: few enough to stay flat in memory, enough that the fsync does not count. */
const BATCH = 2_000;

/**
 * The tree over all leaves, as it grows: complete subtrees on disk, the edge in one row, nothing else. It follows the
 * log from its own cursor, which is its size. What it says is a claim; `rehash.ts` and `fsck.ts` are who check it.
 */
export class GrownTree implements NodeSource {
  private readonly statements;

  constructor(
    private readonly db: DatabaseSync,
    readonly leaves: Leaves,
  ) {
    this.statements = {
      edge: db.prepare('SELECT size, edge FROM ledger_edge'),
      saveEdge: db.prepare('INSERT OR REPLACE INTO ledger_edge (one, size, edge) VALUES (1, ?, ?)'),
      node: db.prepare('SELECT hash FROM ledger_node WHERE level = ? AND idx = ?'),
      saveNode: db.prepare('INSERT OR REPLACE INTO ledger_node (level, idx, hash) VALUES (?, ?, ?)'),
    };
  }

  /** Restart: one row. */
  edge(): TreeEdge {
    const row = this.statements.edge.get() as { size: number; edge: Uint8Array } | undefined;
    return row ? TreeEdge.restore(hasher, row.size, row.edge) : TreeEdge.empty(hasher);
  }

  /**
   * Takes in what the log has more. @throws RecordFault when the log holds fewer leaves than were taken in before, or
   * lacks one: then it is not the log it was.
   */
  async integrate(): Promise<TreeEdge> {
    const count = await this.leaves.follow();
    let edge = this.edge();
    if (count < edge.size)
      throw new RecordFault(
        'event',
        count,
        `The record holds ${count} entries, but ${edge.size} had been counted. It was put back to an older copy, or its end was cut off.`,
      );
    while (edge.size < count) {
      edge = this.takeIn(count);
      // A long history must not keep requests waiting.
      await new Promise(setImmediate);
    }
    return edge;
  }

  private takeIn(count: number): TreeEdge {
    return inTransaction(this.db, () => {
      // Read inside the transaction: another process may have gone on meanwhile.
      const edge = this.edge();
      const hashes = this.leaves.hashes(edge.size, Math.min(BATCH, Math.max(0, count - edge.size)));
      for (const hash of hashes)
        edge.append(hash, (level, index, node) => void this.statements.saveNode.run(level, index, node));
      this.statements.saveEdge.run(edge.size, edge.bytes());
      return edge;
    });
  }

  node(level: number, index: number): Uint8Array {
    if (level === 0) return this.leaves.hash(index);
    const row = this.statements.node.get(level, index) as { hash: Uint8Array } | undefined;
    if (!row)
      throw new RecordFault(
        'ledger_node',
        index * 2 ** level,
        `Node ${index} of level ${level} is missing. Run: throughline fsck --rebuild`,
      );
    return row.hash;
  }

  inclusion(index: number, size: number): Uint8Array[] {
    return inclusionProof(hasher, this, index, size);
  }

  consistency(old: number, size: number): Uint8Array[] {
    return old === 0 || old === size ? [] : consistencyProof(hasher, this, old, size);
  }
}
