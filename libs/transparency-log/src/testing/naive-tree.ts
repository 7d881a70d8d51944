import type { NodeSource } from '../tree-nodes.js';
import { splitPoint } from '../tree-nodes.js';
import type { TreeHasher } from '../tree-hasher.js';

/** MTH, PATH and SUBPROOF word for word as RFC 6962 §2.1 writes them: slow, and easy to believe. */
export const naiveTree = (hasher: TreeHasher) => {
  const mth = (d: readonly Uint8Array[]): Uint8Array => {
    if (d.length === 0) return hasher.empty;
    if (d.length === 1) return hasher.leaf(d[0]!);
    const k = splitPoint(d.length);
    return hasher.node(mth(d.slice(0, k)), mth(d.slice(k)));
  };
  const path = (m: number, d: readonly Uint8Array[]): Uint8Array[] => {
    if (d.length === 1) return [];
    const k = splitPoint(d.length);
    return m < k ? [...path(m, d.slice(0, k)), mth(d.slice(k))] : [...path(m - k, d.slice(k)), mth(d.slice(0, k))];
  };
  const subproof = (m: number, d: readonly Uint8Array[], b: boolean): Uint8Array[] => {
    if (m === d.length) return b ? [] : [mth(d)];
    const k = splitPoint(d.length);
    return m <= k
      ? [...subproof(m, d.slice(0, k), b), mth(d.slice(k))]
      : [...subproof(m - k, d.slice(k), false), mth(d.slice(0, k))];
  };
  return { mth, path, proof: (m: number, d: readonly Uint8Array[]) => subproof(m, d, true) };
};

/** Every node in memory, with the reads counted. */
export class MemoryNodes implements NodeSource {
  reads = 0;
  private readonly nodes = new Map<string, Uint8Array>();

  set(level: number, index: number, hash: Uint8Array): void {
    this.nodes.set(`${level}/${index}`, hash);
  }

  node(level: number, index: number): Uint8Array {
    this.reads += 1;
    const hash = this.nodes.get(`${level}/${index}`);
    if (!hash) throw new Error(`asked for node ${level}/${index}, which is not complete`);
    return hash;
  }
}
