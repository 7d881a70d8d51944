import { existsSync } from 'node:fs';
import type { Json } from '#kernel/personal';
import { parseSealedRef, type SealedField } from '#event-store/leaf';
import type { AnnouncedKey, FieldToSeal, Sealer } from '#event-store/sealer';
import { ErasureLedger, type LedgerEntry } from './erasure-ledger.js';
import { Forgetting } from './forgetting.js';
import { notice } from './noticing.js';
import { SealedStore } from './sealed-store.js';
import { type Ciphertext, openField, sealField } from './sealing.js';
import { type KeyState, SubjectKeys } from './subject-keys.js';
import { openVaultDatabase, type VaultDatabase } from './vault-database.js';

/**
 * What became of a personal text. `lost` is a fault (key or ciphertext gone without an erasure) and must never be shown
 * as an erasure.
 */
export type Opened<T extends Json = Json> =
  | { readonly state: 'readable'; readonly value: T }
  | { readonly state: 'erased'; readonly on: string }
  /** Kept, and not to be shown: an erasure is under way, or the use of the words is restricted. */
  | { readonly state: 'hidden'; readonly why: 'erasing' | 'restricted'; readonly since: string }
  | { readonly state: 'lost' };

/** Why words do not open though nothing is wrong. */
export const notReadable = (
  state: Exclude<KeyState, { key: unknown } | undefined>,
): Exclude<Opened, { state: 'readable' | 'lost' }> =>
  'erasedOn' in state
    ? { state: 'erased', on: state.erasedOn }
    : { state: 'hidden', why: state.closed, since: state.since };

export interface VaultPaths {
  readonly vault: string;
  readonly sealed: string;
  readonly keyFile: string;
  /** The folder of the erasure ledger, outside every backup; left out: what was erased is not replayed. */
  readonly erasures?: string;
}

/** Seals personal words before an event is appended and opens them for those who may read them. */
export class Vault implements Sealer {
  readonly database: VaultDatabase;
  readonly forgetting: Forgetting;
  /** Erasures that the ledger knows and this vault did not (it was put back from an older copy): keys and names are gone again. */
  readonly replayed: readonly LedgerEntry[];
  /** See {@link Forgetting.unlisted}. */
  readonly unlisted: number;
  private readonly keys: SubjectKeys;
  private readonly sealed: SealedStore;

  /** @throws Error that names the file to put back: a missing or foreign vault must not look like an erasure. */
  constructor(paths: VaultPaths) {
    // The vault is made first: ciphertexts without one mean that it was lost.
    if (!existsSync(paths.vault) && existsSync(paths.sealed))
      throw new Error(
        `${paths.vault} is missing, but there is sealed data. Put it back; without it no words can be read.`,
      );
    this.database = openVaultDatabase(paths.vault, paths.keyFile);
    this.keys = new SubjectKeys(this.database);
    this.sealed = new SealedStore(paths.sealed, this.database.pair);
    this.forgetting = new Forgetting(this.database, this.keys);
    // Before anybody can ask for a word: whoever was erased once stays so, whatever was put back.
    const erasures = paths.erasures === undefined ? undefined : new ErasureLedger(paths.erasures).all();
    this.replayed = this.forgetting.replay(erasures ?? []);
    this.unlisted = erasures ? this.forgetting.unlisted(erasures) : 0;
  }

  keysFor(subjects: readonly string[], stream: string): Promise<ReadonlyMap<string, AnnouncedKey>> {
    return this.keys.keysFor(subjects, stream);
  }

  async seal(fields: readonly FieldToSeal[]): Promise<readonly SealedField[]> {
    const done = fields.map((field) => sealField(this.keys.toSealWith(field.kid), field));
    await this.sealed.put(done.map(({ ciphertext }) => ciphertext));
    return done.map(({ alg, kid, iv, len, h }) => ({ alg, kid, iv, len, h }));
  }

  /** Opens one sealed reference. @throws Error when the ciphertext was tampered with. */
  open<T extends Json = string>(ref: string, evenRestricted = false): Opened<T> {
    const field = parseSealedRef(ref);
    const state = this.keys.state(field.kid, evenRestricted);
    if (state && !('key' in state)) return notReadable(state);
    const bytes = this.sealed.get(field.h);
    if (!state || !bytes) return { state: 'lost' };
    notice(field);
    return { state: 'readable', value: openField(state.key, field, bytes) as T };
  }

  keyState(kid: string, evenRestricted = false): KeyState {
    return this.keys.state(kid, evenRestricted);
  }

  keyToSealWith(kid: string): Uint8Array {
    return this.keys.toSealWith(kid);
  }

  ciphertext(digest: string): Uint8Array | undefined {
    return this.sealed.get(digest);
  }

  /** Resolves when they are durable. */
  putCiphertexts(ciphertexts: readonly Ciphertext[]): Promise<void> {
    return this.sealed.put(ciphertexts);
  }

  /** The sealed words themselves, for whoever erases. */
  get ciphertexts(): Pick<SealedStore, 'purge' | 'countOf'> {
    return this.sealed;
  }

  /** See {@link GroupCommit.isBroken}. */
  get isBroken(): boolean {
    return this.database.commits.isBroken || this.sealed.isBroken;
  }

  close(): void {
    this.sealed.close();
    this.database.commits.end();
    if (this.database.db.isOpen) this.database.db.close();
  }
}
