import { decodeLeaf } from '#event-store/leaf';
import { parseCheckpoint } from '#transparency-log/checkpoint';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { type BundleFile, memoryFiles } from '#verifier/bundle-files';
import { makeBundle } from '#verifier/make-bundle';
import { readTrust, type Trust } from '#verifier/trust';
import { isWrong, verdictLines } from '#verifier/verdict';
import { verifyBundle } from '#verifier/verify-bundle';
import { notSealed, type Stage } from './stage.js';

export interface Evidence {
  readonly files: BundleFile[];
  /** What an officer has from elsewhere: the key, and a checkpoint that was kept earlier. */
  readonly trust: Trust;
}

/** Everything that the record on the stage holds, with all its keys, as a bundle. @throws Error when it is not good. */
export const evidenceOf = (stage: Stage, earlier: string): Promise<Evidence> =>
  stage.sealed(async (keeper, isSealed, { store, vault }) => {
    const sealed = keeper.published;
    if (!isSealed || !sealed) throw new Error(notSealed(keeper));
    const leaves: Uint8Array[] = [];
    for await (const { leaf } of store.readAll()) leaves.push(new Uint8Array(leaf));
    const entries = leaves.map(decodeLeaf);
    const about = entries.find(({ type }) => type === 'service-change-promised.v1')?.stream;
    const old = Number(parseCheckpoint(earlier).checkpoint.size);
    const source = {
      note: sealed.note,
      leaves: () => leaves,
      inclusionProof: (leaf: number) => keeper.tree.inclusion(leaf, sealed.size),
      history: [{ note: earlier, proof: keeper.tree.consistency(old, sealed.size) }],
      scope: { streams: 'all', keys: true, cited: entries.flatMap(({ stream }, at) => (stream === about ? [at] : [])) },
      ...(about !== undefined && { about }),
      ciphertext: (digest: string) => vault.ciphertext(digest),
      key: (kid: string) => {
        const state = vault.keyState(kid);
        return state && 'key' in state ? state.key : undefined;
      },
    } as const;
    const files: BundleFile[] = [];
    for await (const { path, bytes } of makeBundle(source, nodeSha256)) files.push({ path, bytes: new Uint8Array(bytes) });
    const trust = readTrust({ keys: [sealed.vkey], policy: undefined, earlier: Buffer.from(earlier) }, nodeSha256);
    const verdict = await verifyBundle(memoryFiles(files), trust);
    // In a bundle that is wrong already, every tampering would seem to be found.
    if (isWrong(verdict)) throw new Error(`The bundle of the drill is not good.\n${verdictLines(verdict).join('\n')}`);
    return { files, trust };
  }); // prettier-ignore
