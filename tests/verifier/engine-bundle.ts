import type { Engine } from '#engine/engine';
import { decodeLeaf } from '#event-store/leaf';
import type { BundleFile } from '#verifier/bundle-files';
import type { TestLog } from '#verifier/testing/test-log';
import { bundleOf, type TestBundle } from '#verifier/testing/test-bundle';

/** A bundle of everything that an engine holds, with all keys, signed by the council of the tests. */
export const bundleOfEngine = async (
  { store, vault }: Engine,
  /** The report is about the first thing that begins so. */
  beginsWith = 'service-change-promised.v1',
): Promise<TestBundle & { files: BundleFile[]; events: number; sealed: number }> => {
  // prettier-ignore
  const leaves: Uint8Array[] = [];
  const [ciphertexts, keys] = [new Map<string, Uint8Array>(), new Map<string, Uint8Array>()];
  let [sealed, about] = [0, ''];
  const cited: number[] = [];
  for await (const { leaf } of store.readAll()) {
    const { sealed: fields, stream, type } = decodeLeaf(leaf);
    if (type === beginsWith) about ||= stream;
    if (stream === about) cited.push(leaves.length);
    leaves.push(new Uint8Array(leaf));
    for (const { kid, h } of Object.values(fields)) {
      sealed += 1;
      const state = vault.keyState(kid);
      if (state && 'key' in state) keys.set(kid, state.key);
      const bytes = vault.ciphertext(h);
      if (bytes) ciphertexts.set(h, new Uint8Array(bytes));
    }
  }
  const log = { leaves, ciphertexts, keys } as unknown as TestLog;
  return { ...(await bundleOf(log, about, cited)), events: leaves.length, sealed };
};
