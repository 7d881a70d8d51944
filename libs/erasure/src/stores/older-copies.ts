import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ErasureLedger } from '#vault/erasure-ledger';
import { inCopy } from '#vault/in-copy';
import type { PersonalStore } from '../personal-store.js';

/**
 * What a restore put aside, and what one that was cut off left: beside the data, with keys that the master key opens. The
 * list of erasures counts there too; words in the open go with the search index, which nobody needs of a copy.
 */
export const olderCopies = (dataDir: string, erasures: string): PersonalStore => {
  const vaults = (): string[] => foldersBeside(dataDir).map((folder) => join(folder, 'vault.db')).filter((path) => existsSync(path)); // prettier-ignore
  return {
    name: 'older-copies',
    title: 'Older copies of the data beside it',
    holds: [],
    async purge() {
      const entries = new ErasureLedger(erasures).all();
      let count = 0;
      for (const path of vaults()) {
        count += inCopy(path, (forgetting) => forgetting.replay(entries).length);
        for (const name of readdirSync(dirname(path)))
          if (/^(rebuild-)?search\.db/.test(name)) rmSync(join(dirname(path), name));
      }
      return count;
    },
    left: async ({ targets }) =>
      vaults().reduce((sum, path) => sum + inCopy(path, (forgetting) => forgetting.keysOf(targets).length), 0),
    // The same as is held now, or was before: a copy of a copy says nothing more.
    copy: async () => [],
  };
};

/** `data-before-…`, `data-restored-…`, and what a drill restores into: `data-drill-…/data`. */
const foldersBeside = (dataDir: string): string[] => {
  const begins = ['before', 'restored', 'drill'].map((why) => `${basename(dataDir)}-${why}-`);
  return readdirSync(dirname(dataDir))
    .filter((name) => begins.some((each) => name.startsWith(each)))
    .flatMap((name) => [join(dirname(dataDir), name), join(dirname(dataDir), name, 'data')]);
};
