import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { decodeLeaf } from '#event-store/leaf';
import { openSqliteLeaves } from '#event-store/sqlite/sqlite-leaves';
import { Fsck } from '#ledger/fsck';
import { openLedgerDatabase } from '#ledger/ledger-database';
import { commitmentOf } from '#vault/subject-keys';
import type { Vault } from '#vault/vault';

/** How many are here and as they should be, were erased, are gone without an erasure, or are not what the log says. */
export interface Tally {
  here: number;
  erased: number;
  missing: number;
  wrong: number;
}

export interface CheckedCopy {
  readonly entries: number;
  /** Over the bytes of every entry, base64. */
  readonly root: string;
  /** The largest signed checkpoint that the entries lead to; 0: nothing was signed yet. */
  readonly sealedUpTo: number;
  readonly lastRecordedAt: string | null;
  readonly keys: Readonly<Tally>;
  readonly words: Readonly<Tally>;
  /** What is wrong with the log itself; empty: nothing. */
  readonly findings: readonly string[];
}

const PAGE = 1_000;
const none = (): Tally => ({ here: 0, erased: 0, missing: 0, wrong: 0 });

/**
 * Holds a copy against itself: every entry is hashed and led to what was signed, every key that the log announced is
 * unwrapped and held against its commitment, every sealed text against its digest.
 */
export const checkCopy = async (record: string, vault: Vault): Promise<CheckedCopy> => {
  const leaves = openSqliteLeaves(join(record, 'events.db'));
  const db = openLedgerDatabase(join(record, 'ledger.db'));
  const [keys, words] = [none(), none()];
  let lastRecordedAt: string | null = null;
  try {
    const { entries, root, sealedAndSound, findings } = await new Fsck(db, leaves).run();
    for (let at = 0, page = leaves.entries(0, PAGE); page.length > 0; page = leaves.entries(at, PAGE)) {
      for (const { leaf: bytes } of page) {
        const leaf = decodeLeaf(bytes);
        lastRecordedAt = leaf.recordedAt;
        if (leaf.type.startsWith('subject-key-created.'))
          keys[keyAs(vault, leaf.data as { kid: string; commitment: string })]++;
        for (const { kid, h } of Object.values(leaf.sealed)) words[wordsAs(vault, kid, h)]++;
      }
      at += page.length;
    }
    return { entries, root, sealedUpTo: sealedAndSound, lastRecordedAt, keys, words, findings: findings.map(({ what }) => what) }; // prettier-ignore
  } finally {
    db.close();
    leaves.close();
  }
};

const keyAs = (vault: Vault, { kid, commitment }: { kid: string; commitment: string }): keyof Tally => {
  const state = vault.keyState(kid, true);
  if (!state) return 'missing';
  if (!('key' in state)) return 'erased';
  return commitmentOf(kid, state.key) === commitment ? 'here' : 'wrong';
};

const wordsAs = (vault: Vault, kid: string, digest: string): keyof Tally => {
  const state = vault.keyState(kid, true);
  if (state && !('key' in state)) return 'erased';
  const bytes = vault.ciphertext(digest);
  if (!bytes) return 'missing';
  return createHash('sha256').update(bytes).digest('base64') === digest ? 'here' : 'wrong';
};

/** In words, what must not be: empty when the copy may be relied on. */
export const faultsOf = ({ findings, keys, words }: CheckedCopy): string[] => [
  ...findings,
  ...(keys.wrong > 0 ? [`${keys.wrong} keys are not the ones that the log announced.`] : []),
  ...(words.wrong > 0 ? [`${words.wrong} sealed texts were changed.`] : []),
];

/** Gone without an erasure. It must never be shown as one. */
export const lossOf = ({ keys, words }: CheckedCopy): string | undefined =>
  keys.missing + words.missing === 0
    ? undefined
    : `${keys.missing} keys and ${words.missing} sealed texts are missing though nobody was erased: the copy of the vault is older than the log, or not whole.`;

export const hasLog = (record: string): boolean => existsSync(join(record, 'events.db'));
