import type { Engine } from '#engine/engine';
import type { LogKeeper } from '#ledger/log-keeper';
import { publicPolicy } from '#ledger/witness-policy';
import { parseVerifierKey } from '#transparency-log/key';
import { nodeSha256 } from '#transparency-log/node-sha256';
import type { Policy } from '#transparency-log/policy';
import type { BundleSource } from '#verifier/make-bundle';

/** Entries read at a time: the whole log passes, and never lies in memory. */
const PAGE = 1_000;

export interface Wanted {
  /** The stream of the promise, decision or view that the report is about. */
  readonly about: string;
  /** Every stream whose entries the report cites. */
  readonly streams: readonly string[];
  /** With the sealed words and their keys: only for whoever may read them. */
  readonly words: boolean;
}

/**
 * What a bundle is made of: every entry up to the newest seal, and a proof for each entry of the chain. Undefined while
 * nothing is sealed. Without `words` it holds no ciphertext either: what is not there cannot be opened later.
 */
export const evidenceOf = async (
  engine: Engine,
  keeper: LogKeeper,
  log: { readonly policy: Policy; readonly url: string },
  { about, streams, words }: Wanted,
): Promise<BundleSource | undefined> => {
  const { published } = keeper;
  if (!published) return undefined;
  const { size, note, vkey } = published;
  const { leaves } = keeper.tree;
  const cited: number[] = [];
  for (const stream of streams)
    for await (const { id } of engine.store.read(stream)) {
      const at = leaves.indexOf(id);
      if (at !== undefined && at < size) cited.push(at);
    }
  return {
    note,
    *leaves() {
      for (let from = 0; from < size; from += PAGE)
        for (const { leaf } of leaves.entries(from, Math.min(PAGE, size - from))) yield leaf;
    },
    inclusionProof: (leaf) => keeper.tree.inclusion(leaf, size),
    policy: publicPolicy(parseVerifierKey(vkey, nodeSha256), log.url, log.policy),
    scope: { streams: words ? [...streams].sort() : [], keys: words, cited: cited.sort((a, b) => a - b) },
    about,
    ciphertext: (digest) => engine.vault.ciphertext(digest),
    key: (kid) => {
      const state = engine.vault.keyState(kid);
      return state && 'key' in state ? state.key : undefined;
    },
  };
};
