import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { markRestoring } from '#engine/restoring';
import { holdAlone } from '#event-store/sqlite/copy-database';
import { ErasureLedger } from '#vault/erasure-ledger';
import { syncFolder } from '#vault/key-files';
import { Vault } from '#vault/vault';
import { type CheckedCopy, checkCopy, faultsOf, hasLog, lossOf } from './check-copy.js';
import { readManifest, type RecordManifest, type VaultManifest } from './manifest.js';
import type { Places } from './write-backup.js';

export interface RestoreOrder extends Places {
  readonly from: string;
  readonly vaultFrom: string;
  /** The name of an older copy of the log; left out: the newest. */
  readonly record?: string;
  /** There is data already: it is put aside, not mixed in. */
  readonly replace: boolean;
  /** Words whose keys are in no copy any more are shown as lost from now on. */
  readonly acceptLoss: boolean;
  readonly now: Date;
}

export interface Restored {
  readonly takenAt: string;
  /** What was recorded in this many seconds before now is gone: the recovery point. */
  readonly rpoSeconds: number;
  /** Undefined where the log lies in EventStoreDB. */
  readonly checked: CheckedCopy | undefined;
  /** How many erasures this copy did not know yet; their keys are destroyed again. */
  readonly erasedAgain: number;
  /** Where the data is now that was here before. */
  readonly aside: string | undefined;
}

/**
 * Puts a backup back beside the data, checks it, carries out again every erasure that it does not know, and only then
 * gives it its name. While it works nothing else can start. @throws Error that says what is wrong; then nothing was changed.
 */
export const restoreBackup = async (order: RestoreOrder): Promise<Restored> => {
  const { dataDir } = order;
  const isUsed = existsSync(dataDir) && readdirSync(dataDir).length > 0;
  if (isUsed && !order.replace)
    throw new Error(`${dataDir} holds data. Say --replace to put it aside and the backup in its place.`);
  const record = join(order.from, order.record ?? newest(order.from, 'record'));
  const vault = join(order.vaultFrom, newest(order.vaultFrom, 'vault'));
  const unmark = markRestoring(dataDir);
  const staged = `${dataDir}-restored-${process.pid}`;
  try {
    const release = isUsed && existsSync(join(dataDir, 'vault.db')) ? holdAlone(join(dataDir, 'vault.db')) : () => undefined; // prettier-ignore
    try {
      const manifest = await stage(record, vault, staged);
      await knowErasures(order, vault);
      const found = await judge(staged, order, manifest);
      const aside = isUsed ? `${dataDir}-before-${order.now.toISOString().replace(/[-:.]/g, '')}` : undefined;
      if (aside) renameSync(dataDir, aside);
      else rmSync(dataDir, { recursive: true, force: true });
      renameSync(staged, dataDir);
      syncFolder(dirname(dataDir));
      const { takenAt } = manifest;
      return { takenAt, rpoSeconds: (order.now.getTime() - Date.parse(takenAt)) / 1000, ...found, aside };
    } finally {
      release();
    }
  } finally {
    rmSync(staged, { recursive: true, force: true });
    unmark();
  }
};

const newest = (folder: string, kind: 'record' | 'vault'): string => {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => new RegExp(`^${kind}-\\d{8}T\\d{6}Z$`).test(name)) : []; // prettier-ignore
  const last = names.sort().at(-1);
  if (!last) throw new Error(`${folder} holds no backup of the ${kind}. Without both nothing can be put back.`);
  return last;
};

const stage = async (record: string, vault: string, staged: string): Promise<RecordManifest> => {
  const manifest = await readManifest<RecordManifest>(record, 'record');
  const keys = await readManifest<VaultManifest>(vault, 'vault');
  if (keys.pair !== manifest.pair)
    throw new Error(`${vault} holds the keys of another record than ${record}. Put the right one there; these would read as if everyone had been erased.`); // prettier-ignore
  mkdirSync(staged, { mode: 0o700 });
  for (const [from, { files }] of [[record, manifest], [vault, keys]] as const)
    for (const { name } of files) copyFileSync(join(from, name), join(staged, name)); // prettier-ignore
  return manifest;
};

/** What this machine knows, and what the backup knew: together, because a line is only ever added. */
const knowErasures = async ({ erasures, from }: RestoreOrder, vault: string): Promise<void> => {
  const ledger = new ErasureLedger(erasures);
  for (const entry of new ErasureLedger(from).all()) ledger.append(entry);
  const { erasures: least } = await readManifest<VaultManifest>(vault, 'vault');
  const known = ledger.all().length;
  if (known < least)
    throw new Error(`The list of erasures in ${erasures} has ${known} lines, and ${least} were known when the backup was taken. Put the whole list there first, or people who were erased would come back.`); // prettier-ignore
};

const judge = async (
  staged: string,
  { keyFile, erasures, acceptLoss }: RestoreOrder,
  manifest: RecordManifest,
): Promise<Pick<Restored, 'checked' | 'erasedAgain'>> => {
  const paths = { vault: join(staged, 'vault.db'), sealed: join(staged, 'sealed.db'), keyFile, erasures };
  const vault = new Vault(paths);
  try {
    const again = vault.replayed.length;
    if (!hasLog(staged)) return { checked: undefined, erasedAgain: again };
    const checked = await checkCopy(staged, vault);
    const wrong = faultsOf(checked);
    if (checked.root !== manifest.log?.root || checked.entries !== manifest.log.entries)
      wrong.push('Its entries do not lead to the root that was written down when it was taken.');
    if (wrong.length > 0) throw new Error(`This backup is not sound. ${wrong.slice(0, 5).join(' ')}`);
    const loss = lossOf(checked);
    if (loss && !acceptLoss) throw new Error(`${loss} Put a newer copy of the vault there. Only when there is none any more, say --accept-loss.`); // prettier-ignore
    return { checked, erasedAgain: again };
  } finally {
    vault.close();
  }
};
