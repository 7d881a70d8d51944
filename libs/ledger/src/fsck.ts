import type { DatabaseSync } from 'node:sqlite';
import { type Leaves, RecordFault, type StoredLeaf } from '#event-store/leaves';
import { inTransaction } from '#event-store/sqlite/connection';
import { toBase64 } from '#transparency-log/base64';
import { sameBytes } from '#transparency-log/bytes';
import { parseVerifierKey } from '#transparency-log/key';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { openCheckpoint } from '#transparency-log/open-checkpoint';
import { TreeEdge } from '#transparency-log/tree-edge';
import { Checkpoints, type KeptCheckpoint } from './checkpoints.js';
import { GrownTree, hasher } from './grown-tree.js';

export interface Finding {
  readonly table: string;
  /** The first and the last entry that it is about. */
  readonly from: number;
  readonly to: number;
  readonly what: string;
}

export interface FsckReport {
  readonly entries: number;
  /** Over the bytes as they are now. */
  readonly root: string;
  /** The largest signed checkpoint that the bytes still lead to. */
  readonly sealedAndSound: number;
  /** In the order they were found: the first is where to look first. */
  readonly findings: readonly Finding[];
}

const PAGE = 1_000;
/** More would tell nobody more. */
const MOST_FINDINGS = 100;

/**
 * Builds the whole tree again from the stored bytes and holds everything that is stored against it: hashes, what the
 * columns say, nodes, edge, and every checkpoint with its signature. Reads once, in flat memory, and changes nothing.
 */
export class Fsck {
  private readonly findings: Finding[] = [];
  private readonly tree: GrownTree;
  private readonly checkpoints: Checkpoints;
  private sealed = 0;

  constructor(
    private readonly db: DatabaseSync,
    private readonly leaves: Leaves,
    private readonly show: (entries: number) => void = () => undefined,
  ) {
    this.tree = new GrownTree(db, leaves);
    this.checkpoints = new Checkpoints(db);
  }

  async run(): Promise<FsckReport> {
    const stored = this.tree.edge();
    const edge = TreeEdge.empty(hasher);
    const checkpoints = this.checkpoints.all();
    let next = checkpoints.next().value as KeptCheckpoint | undefined;
    for await (const entry of this.entries()) {
      const hash = this.entry(entry);
      edge.append(hash, (level, index, node) => {
        if (edge.size < stored.size) this.node(level, index, node);
      });
      if (edge.size === stored.size) this.edge(stored, edge);
      for (; next?.size === edge.size; next = checkpoints.next().value as KeptCheckpoint | undefined)
        await this.checkpoint(next, edge);
    }
    if (stored.size > edge.size)
      this.found('event', edge.size, stored.size - 1, `The record ends after ${edge.size} entries; ${stored.size} had been counted.`); // prettier-ignore
    for (; next; next = checkpoints.next().value as KeptCheckpoint | undefined)
      this.found('event', edge.size, next.size - 1, `The record ends after ${edge.size} entries; ${next.size} were signed.`); // prettier-ignore
    this.strayNodes(stored.size);
    return { entries: edge.size, root: toBase64(edge.root()), sealedAndSound: this.sealed, findings: this.findings };
  }

  /** Makes nodes and edge anew from the leaves. What was signed and what was recorded stays as it is. */
  async rebuild(): Promise<void> {
    inTransaction(this.db, () => this.db.exec('DELETE FROM ledger_node; DELETE FROM ledger_edge;'));
    await this.tree.integrate();
  }

  private async *entries(): AsyncGenerator<StoredLeaf> {
    for (let at = 0; ;) {
      try {
        const page = this.leaves.entries(at, PAGE);
        yield* page;
        at += page.length;
        this.show(at);
        if (page.length === 0) return;
      } catch (error) {
        if (!(error instanceof RecordFault)) throw error;
        // Behind a gap every place is another one: nothing more can be held against anything.
        return this.found(error.table, error.index, error.index, error.message);
      }
      await new Promise(setImmediate);
    }
  }

  private entry({ index, leaf, hash, columns }: StoredLeaf): Uint8Array {
    const found = hasher.leaf(leaf);
    if (!sameBytes(found, hash))
      this.found('event', index, index, `Entry ${index} does not have the hash that was stored with it.`);
    const said = saidBy(leaf);
    for (const [column, value] of Object.entries(columns))
      if (said?.[column] !== value)
        this.found('event', index, index, `Entry ${index}: the column "${column}" says something else than the entry itself.`); // prettier-ignore
    return found;
  }

  private node(level: number, index: number, hash: Uint8Array): void {
    const from = index * 2 ** level;
    let problem: string | undefined;
    try {
      if (!sameBytes(this.tree.node(level, index), hash)) problem = 'is not the hash of what is below it';
    } catch (error) {
      if (!(error instanceof RecordFault)) throw error;
      problem = 'is missing';
    }
    if (problem) this.found('ledger_node', from, from + 2 ** level - 1, `Node ${index} of level ${level} ${problem}.`);
  }

  private edge(stored: TreeEdge, built: TreeEdge): void {
    if (!sameBytes(stored.bytes(), built.bytes()))
      this.found('ledger_edge', 0, stored.size - 1, 'The edge of the tree is not that of its entries.');
  }

  private async checkpoint(kept: KeptCheckpoint, edge: TreeEdge): Promise<void> {
    const since = this.sealed;
    const isSound = sameBytes(kept.root, edge.root()) && (await this.isSigned(kept, edge));
    if (isSound) this.sealed = edge.size;
    else
      this.found('ledger_checkpoint', since, edge.size - 1, `The entries do not lead to what was signed at ${edge.size}.`); // prettier-ignore
    if (isSound && !sameBytes(kept.edge, edge.bytes()))
      this.found('ledger_checkpoint', since, edge.size - 1, `The edge kept with the checkpoint of ${edge.size} entries was changed.`); // prettier-ignore
  }

  /** The note itself must say it, under the log's own key: columns can be written by anyone with the file. */
  private async isSigned({ origin, note }: KeptCheckpoint, edge: TreeEdge): Promise<boolean> {
    try {
      const key = parseVerifierKey(this.checkpoints.vkeyOf(origin) ?? '', nodeSha256);
      const { checkpoint } = await openCheckpoint(note, { log: [key], witnesses: [] });
      return checkpoint.size === BigInt(edge.size) && sameBytes(checkpoint.root, edge.root());
    } catch {
      return false;
    }
  }

  private strayNodes(size: number): void {
    // A complete subtree ends where its last leaf is.
    const stray = this.db.prepare('SELECT level, idx FROM ledger_node WHERE (idx + 1) * (1 << level) > ? LIMIT 1').get(size); // prettier-ignore
    const { level, idx } = (stray ?? {}) as { level?: number; idx?: number };
    if (level !== undefined && idx !== undefined)
      this.found('ledger_node', size, size, `Node ${idx} of level ${level} belongs to no tree of ${size} entries.`);
  }

  private found(table: string, from: number, to: number, what: string): void {
    if (this.findings.length < MOST_FINDINGS) this.findings.push({ table, from, to, what });
  }
}

const saidBy = (leaf: Uint8Array): Record<string, unknown> | undefined => {
  try {
    return JSON.parse(Buffer.from(leaf).toString('utf8')) as Record<string, unknown>;
  } catch {
    return undefined;
  }
};
