import { join } from 'node:path';
import { openSqliteLeaves } from '#event-store/sqlite/sqlite-leaves';
import { Fsck } from '#ledger/fsck';
import { openLedgerDatabase } from '#ledger/ledger-database';
import type { Play } from './play.js';
import type { Stage } from './stage.js';

interface Attempt {
  readonly isSealed: boolean;
  readonly message: string;
  /** The newest checkpoint that this copy can show. */
  readonly published: number;
}

const attempt = (stage: Stage): Promise<Attempt> =>
  stage.sealed(async (keeper, isSealed) => ({
    isSealed,
    message: keeper.state().problem?.message ?? '',
    published: keeper.published?.size ?? 0,
  }));

const SIGNER = 'the signer, whose memory is in no backup and in no copy of the data';

/** Nothing may be sealed, and what this copy can show may not have grown. */
const isRefused = ({ isSealed, published }: Attempt, before: number): boolean => !isSealed && published === before;

/** The data is put back to an older copy, which takes back what was sealed since. */
export const restoreOldBackup = async (stage: Stage): Promise<Play> => {
  const { size: old } = await stage.seal();
  const backup = stage.copy('backup');
  await stage.write('after-the-backup', 5);
  const { size } = await stage.seal();
  const tried = await attempt(backup.copy('restored'));
  const [, from, to] = /entries (\d+) to (\d+)/.exec(tried.message) ?? [];
  const found = isRefused(tried, old);
  return {
    id: 'restore-old-backup',
    done: `${size} entries were sealed. Then the data was put back from a backup that holds ${old}.`,
    found,
    located: from === `${old}` && to === `${size - 1}`,
    where: from === undefined ? '' : `entries ${from} to ${to} are gone`,
    by: found ? SIGNER : '',
    says: tried.message,
    means: '',
  };
};

/** Up to where the entries of this copy are what was signed, as `throughline fsck` says it. */
const soundUpTo = async ({ dataDir }: Stage): Promise<number> => {
  const leaves = openSqliteLeaves(join(dataDir, 'events.db'));
  const db = openLedgerDatabase(join(dataDir, 'ledger.db'));
  try {
    await leaves.follow();
    return (await new Fsck(db, leaves).run()).sealedAndSound;
  } finally {
    db.close();
    leaves.close();
  }
};

/** Two copies of one record: the one is written on and sealed, then the other is written on and asks for the seal too. */
const fork = async (stage: Stage, other: Stage, common: number): Promise<Omit<Play, 'id' | 'done' | 'by'> & { size: number }> => {
  await stage.write(`before-${common}`, 3);
  const { size } = await stage.seal();
  await other.write('there', 4);
  const tried = await attempt(other);
  const sound = await soundUpTo(other);
  const [, signed] = /first (\d+) entries/.exec(tried.message) ?? [];
  return {
    size,
    found: isRefused(tried, common),
    located: sound === common && signed === `${size}`,
    where: signed === undefined ? '' : `between entry ${sound} and entry ${Number(signed) - 1}`,
    says: tried.message,
    means: '',
  };
}; // prettier-ignore

const AND_FSCK = 'and throughline fsck, which says up to where both are the same';

/** Two servers run on copies of one record and ask the one signer. */
export const forkTwoInstances = async (stage: Stage): Promise<Play> => {
  const { size: common } = await stage.seal();
  const { size, ...came } = await fork(stage, stage.copy('other-instance'), common);
  return {
    id: 'fork-two-instances',
    done: `Two servers ran on copies of one record of ${common} entries. Both wrote on; the first was sealed at ${size}, then the second asked too.`,
    by: came.found ? `${SIGNER}; ${AND_FSCK}` : '',
    ...came,
  };
};

/** The same, but the signer was copied too: neither knows what the other signs. Only somebody outside can know. */
export const forkWithCopiedSigner = (alone: Stage): Promise<Play> =>
  alone.witnessed(async (stage) => {
    const { size: common } = await stage.seal();
    const { size, ...came } = await fork(stage, stage.copyWithSigner('other-machine'), common);
    return {
      id: 'fork-with-copied-signer',
      done: `A whole machine was copied at ${common} entries, with the signer and its key. Both wrote on; the first was sealed at ${size}, then the second asked its own signer.`,
      by: came.found ? `a witness, the server of another council, which had seen the first; ${AND_FSCK}` : '',
      ...came,
    };
  });
