import { Inject, Injectable } from '@nestjs/common';
import { Engine } from '#engine/engine';
import { decodeLeaf } from '#event-store/leaf';
import { LogKeeper } from '#ledger/log-keeper';
import { PublishedLog } from '#ledger/published-log';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { treeHasher } from '#transparency-log/tree-hasher';
import type { Config } from '../../config.js';
import { CONFIG } from '../../shell/pages.js';
import { type QrSymbol, qrSymbol } from '../../shell/qr.js';
import { type SealWords, sealWords } from './seal-words.js';

export interface Receipt {
  /** From 1, as people count. */
  readonly entry: number;
  /** Undefined while it waits for its seal. */
  readonly proof?: string;
  /** Opens the proof, which is public and holds no word of the view. */
  readonly qr: QrSymbol;
}

export interface EntrySeal {
  /** The first characters of the hash; enough to compare two copies by eye. */
  readonly short: string;
  /** The entry itself, letter for letter; null while it waits for its seal. */
  readonly href: string | null;
}

const SHORT = 8;
const LEAVES = treeHasher(nodeSha256);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The seal of the record, for the pages that speak of it. */
@Injectable()
export class Seal {
  constructor(
    private readonly engine: Engine,
    private readonly keeper: LogKeeper,
    private readonly published: PublishedLog,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  words(): SealWords {
    return sealWords(this.keeper.state());
  }

  /**
   * What every entry of a stream is sealed by: the hash under which it stands in the tree of the record (RFC 6962), by
   * the id of the entry. Whoever has the entry can work it out again.
   */
  async ofStream(stream: string): Promise<ReadonlyMap<string, EntrySeal>> {
    const seals = new Map<string, EntrySeal>();
    for await (const { id, leaf } of this.engine.store.read(stream)) {
      const at = this.keeper.tree.leaves.indexOf(id);
      const isSealed = at !== undefined && at < (this.keeper.published?.size ?? 0);
      seals.set(id, { short: hex(LEAVES.leaf(leaf)).slice(0, SHORT), href: isSealed ? `/log/leaf/${id}` : null });
    }
    return seals;
  }

  /** What the giver of a view can keep: where it stands in the record, and a proof that it does. */
  async receipt(contribution: string): Promise<Receipt | undefined> {
    for await (const { id, leaf } of this.engine.store.read(`contribution-${contribution}`)) {
      if (!decodeLeaf(leaf).type.startsWith('contribution-received.')) continue;
      const at = this.keeper.tree.leaves.indexOf(id);
      const proof = this.published.receipt(id);
      if (at === undefined) return undefined;
      return { entry: at + 1, qr: qrSymbol(`${this.config.baseUrl}/log/proof/${id}`), ...(proof && { proof }) };
    }
    return undefined;
  }
}
