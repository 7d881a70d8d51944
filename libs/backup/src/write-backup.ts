import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { copyDatabase } from '#event-store/sqlite/copy-database';
import { ErasureLedger } from '#vault/erasure-ledger';
import { syncFolder } from '#vault/key-files';
import { Vault } from '#vault/vault';
import { type CheckedCopy, checkCopy, faultsOf, hasLog, lossOf } from './check-copy.js';
import { describeFile, type RecordManifest, type VaultManifest, writeManifest } from './manifest.js';

export interface Places {
  readonly dataDir: string;
  readonly keyFile: string;
  readonly erasures: string;
}

export interface BackupOrder extends Places {
  /** Where copies of the log and the sealed words are kept. */
  readonly to: string;
  /** Where copies of the keys are kept; never the same. */
  readonly vaultTo: string;
  /** Copies of the keys that are older are deleted: an erased person's key must not live on in them. */
  readonly keepVaultDays: number;
  readonly now: Date;
}

export interface Backup {
  readonly record: string;
  readonly vault: string;
  readonly takenAt: string;
  /** Undefined where the log lies in EventStoreDB. */
  readonly checked: CheckedCopy | undefined;
  readonly deleted: readonly string[];
}

const DAY_MS = 86_400_000;

/**
 * Copies the data while it is used. The order makes it whole: what was signed, then the log, then the words that it
 * refers to, then the keys to them; each is durable before what refers to it. The copy is checked before it gets its
 * name. @throws Error when it is not sound: then there is no new backup.
 */
export const writeBackup = async (order: BackupOrder): Promise<Backup> => {
  refusePlaces(order);
  const takenAt = order.now.toISOString();
  const stamp = takenAt.replace(/[-:]|\.\d+/g, '');
  const record = new NewCopy(order.to, `record-${stamp}`);
  const vault = new NewCopy(order.vaultTo, `vault-${stamp}`);
  try {
    for (const name of ['ledger.db', 'events.db', 'sealed.db']) await record.take(order.dataDir, name);
    await vault.take(order.dataDir, 'vault.db');
    const erasures = new ErasureLedger(order.erasures).all();
    const { checked, pair } = await check(record.folder, vault.folder, order.keyFile);
    const about = { v: 1 as const, takenAt, pair };
    const log = checked && { entries: checked.entries, root: checked.root };
    await vault.finish<VaultManifest>({ ...about, kind: 'vault', erasures: erasures.length });
    await record.finish<RecordManifest>({ ...about, kind: 'record', ...(log && { log }) });
    // Only ever added to: the one list of which an older copy can do no harm.
    const list = new ErasureLedger(order.to);
    for (const entry of erasures) list.append(entry);
    return { record: record.name, vault: vault.name, takenAt, checked, deleted: deleteOld(order) };
  } catch (error) {
    for (const copy of [record, vault]) copy.drop();
    throw error;
  }
};

const check = async (
  record: string,
  vaultFolder: string,
  keyFile: string,
): Promise<{ checked: CheckedCopy | undefined; pair: string }> => {
  const vault = new Vault({ vault: join(vaultFolder, 'vault.db'), sealed: join(record, 'sealed.db'), keyFile });
  try {
    const checked = hasLog(record) ? await checkCopy(record, vault) : undefined;
    const wrong = checked ? [...faultsOf(checked), ...(lossOf(checked) ?? [])] : [];
    if (wrong.length > 0)
      throw new Error(`No backup was made: the data is not sound. Run "fsck". ${wrong.slice(0, 5).join(' ')}`);
    return { checked, pair: Buffer.from(vault.database.pair).toString('base64') };
  } finally {
    vault.close();
  }
};

/** Gets its name when it is whole. */
class NewCopy {
  readonly folder: string;
  private readonly files: string[] = [];

  constructor(
    private readonly parent: string,
    readonly name: string,
  ) {
    this.folder = join(parent, `${name}.partial`);
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
  }

  /** What is not there (a log in EventStoreDB, a record that was never sealed) is not copied. */
  async take(dataDir: string, name: string): Promise<void> {
    if (!existsSync(join(dataDir, name))) return;
    await copyDatabase(join(dataDir, name), join(this.folder, name));
    this.files.push(name);
  }

  async finish<T extends RecordManifest | VaultManifest>(about: Omit<T, 'files'>): Promise<void> {
    const files = await Promise.all(this.files.map((name) => describeFile(this.folder, name)));
    writeManifest(this.folder, { ...about, files } as unknown as T);
    syncFolder(this.folder);
    renameSync(this.folder, join(this.parent, this.name));
    syncFolder(this.parent);
  }

  drop(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const deleteOld = ({ vaultTo, keepVaultDays, now }: BackupOrder): string[] => {
  const oldest = new Date(now.getTime() - keepVaultDays * DAY_MS).toISOString().replace(/[-:]|\.\d+/g, '');
  const old = readdirSync(vaultTo).filter((name) => /^vault-\d{8}T\d{6}Z$/.test(name) && name < `vault-${oldest}`);
  for (const name of old) rmSync(join(vaultTo, name), { recursive: true });
  return old;
};

const isWithin = (folder: string, path: string): boolean => !relative(resolve(folder), resolve(path)).startsWith('..');

const refusePlaces = ({ to, vaultTo, dataDir, keyFile, erasures }: BackupOrder): void => {
  if (isWithin(to, vaultTo) || isWithin(vaultTo, to))
    throw new Error(
      'Keys and record must not lie in one folder: whoever has both copies, and the master key, has all.',
    );
  for (const place of [to, vaultTo]) {
    if (isWithin(place, keyFile) || isWithin(dirname(keyFile), place))
      throw new Error(`${place} would hold the master key too. It must never be in the same backup.`);
    if (isWithin(dataDir, place) || isWithin(erasures, place))
      throw new Error(`${place} lies inside the data itself. Choose a folder elsewhere, best on another machine.`);
  }
};
