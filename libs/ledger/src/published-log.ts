import { formatBundle } from '#transparency-log/entry-bundle';
import { formatProofFile } from '#transparency-log/proof-file';
import { parseTilePath } from '#transparency-log/tile-path';
import { isInTree, tileBytes } from '#transparency-log/tiles';
import { VerificationError } from '#transparency-log/verification-error';
import type { LogKeeper } from './log-keeper.js';

export interface PublishedTile {
  readonly kind: 'hashes' | 'entries';
  readonly bytes: Uint8Array;
}

const WIDTH = 256;

/** What anyone may have: C2SP tlog-tiles and tlog-proof, as far as the newest checkpoint goes and no further. */
export class PublishedLog {
  constructor(private readonly keeper: LogKeeper) {}

  checkpoint(): string | undefined {
    return this.keeper.published?.note;
  }

  /** `tile/…` as in the specification; undefined for what is not exactly that, and for what no checkpoint covers. */
  tile(text: string): PublishedTile | undefined {
    const size = this.keeper.published?.size ?? 0;
    const path = pathOf(text);
    if (!path || !isInTree(path, size)) return undefined;
    const { leaves } = this.keeper.tree;
    if (path.level !== 'entries') return { kind: 'hashes', bytes: tileBytes(this.keeper.tree, path) };
    const entries = leaves.entries(Number(path.index) * WIDTH, path.width);
    return { kind: 'entries', bytes: formatBundle(entries.map(({ leaf }) => leaf)) };
  }

  /** A proof file that stands alone; undefined for what is not in the record, and for what is not sealed yet. */
  proof(eventId: string): string | undefined {
    return this.proofWith(eventId, undefined);
  }

  /** The same with the entry inside, so that whoever keeps it needs nothing else. */
  receipt(eventId: string): string | undefined {
    return this.proofWith(eventId, this.leaf(eventId));
  }

  private proofWith(eventId: string, extra: Uint8Array | undefined): string | undefined {
    const found = this.find(eventId);
    if (!found) return undefined;
    const { index, size, note } = found;
    return formatProofFile({ extra, index, path: this.keeper.tree.inclusion(index, size), note });
  }

  /** The bytes that were hashed, as they are. */
  leaf(eventId: string): Uint8Array | undefined {
    const found = this.find(eventId);
    return found && this.keeper.tree.leaves.entries(found.index, 1)[0]?.leaf;
  }

  private find(eventId: string): { index: number; size: number; note: string } | undefined {
    const { published } = this.keeper;
    const index = this.keeper.tree.leaves.indexOf(eventId);
    if (!published || index === undefined || index >= published.size) return undefined;
    return { index, size: published.size, note: published.note };
  }
}

const pathOf = (text: string) => {
  try {
    return parseTilePath(text);
  } catch (error) {
    if (error instanceof VerificationError) return undefined;
    throw error;
  }
};
