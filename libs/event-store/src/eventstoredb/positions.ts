import type { Position as LogPosition } from '@eventstore/db-client';
import type { Position } from '../event-store.js';

const DIGITS = 20;

/** Both halves, padded, so that positions sort as text as well: a projection may index them. */
export const formatPosition = ({ commit, prepare }: LogPosition): Position =>
  `${commit.toString().padStart(DIGITS, '0')}/${prepare.toString().padStart(DIGITS, '0')}`;

/** @throws TypeError for text that did not come from {@link formatPosition}. */
export const parsePosition = (position: Position): LogPosition => {
  const [, commit, prepare] = /^(\d+)\/(\d+)$/.exec(position) ?? [];
  if (commit === undefined || prepare === undefined)
    throw new TypeError(`not a position of an EventStoreDB log: ${position}`);
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
};

export const comparePositions = (a: Position, b: Position): number => {
  const [left, right] = [parsePosition(a), parsePosition(b)];
  const byCommit = order(left.commit, right.commit);
  return byCommit === 0 ? order(left.prepare, right.prepare) : byCommit;
};

const order = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
