import { join } from 'node:path';
import { GrownTree, hasher } from '#ledger/grown-tree';
import { openLedgerDatabase } from '#ledger/ledger-database';
import { verifyInclusion } from '#transparency-log/verify-tree';
import { quantile } from './folder.js';
import type { LargeLog } from './large-log.js';

const WARM_UP = 200;
const PROOFS = 5_000;
const RESTARTS = 50;

const each = (times: readonly number[]): { p50: number; p99: number } => ({
  p50: Number(quantile(times, 0.5).toFixed(3)),
  p99: Number(quantile(times, 0.99).toFixed(3)),
});

const clock = (): number => performance.now();
/** What this process itself has used, in milliseconds: other work on the machine does not lengthen it. */
const processor = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

const timed = (count: number, work: (at: number) => void, now = clock): number[] =>
  Array.from({ length: count }, (_, at) => {
    const begin = now();
    work(at);
    return now() - begin;
  });

/** A place that nobody could have kept at hand: spread over the whole log, never in order. */
const place = (at: number, size: number): number => Number((BigInt(at) * 2_654_435_761n) % BigInt(size));

/** Milliseconds of a proof that an entry is in, and of one that an earlier tree is the beginning of this one. */
export const benchProofs = ({ tree, leaves }: LargeLog): object => {
  const size = leaves.count();
  const root = tree.edge().root();
  const inclusion = (at: number): void => void tree.inclusion(place(at, size), size);
  const consistency = (at: number): void => void tree.consistency(1 + place(at, size - 1), size);
  timed(WARM_UP, inclusion);
  timed(WARM_UP, consistency);
  const [included, consistent] = [timed(PROOFS, inclusion), timed(PROOFS, consistency)];
  // What was timed is what leads to the root.
  for (let at = 0; at < PROOFS; at += 100) {
    const index = place(at, size);
    const path = tree.inclusion(index, size);
    verifyInclusion(hasher, { index, size, leafHash: leaves.hash(index), path, root });
  }
  return {
    events: size,
    proofs: PROOFS,
    inclusionMs: each(included),
    consistencyMs: each(consistent),
    processor: {
      inclusionMs: each(timed(PROOFS, inclusion, processor)),
      consistencyMs: each(timed(PROOFS, consistency, processor)),
    },
  };
};

/** Milliseconds from nothing open to the tree that can go on growing, with its root. */
export const benchRestart = ({ folder, leaves }: LargeLog): object => {
  const times = timed(RESTARTS, () => {
    const db = openLedgerDatabase(join(folder, 'ledger.db'));
    new GrownTree(db, leaves).edge().root();
    db.close();
  });
  return { events: leaves.count(), restarts: RESTARTS, ms: each(times) };
};
