import { GroupCommit } from '#event-store/sqlite/group-commit';
import { Forgetting } from './forgetting.js';
import { openVaultFile } from './vault-database.js';

/** Forgets in a copy of a vault that nobody runs on. No master key is needed to destroy what it wraps. */
export const inCopy = <T>(path: string, work: (forgetting: Forgetting) => T): T => {
  const db = openVaultFile(path);
  try {
    return work(new Forgetting({ db, commits: new GroupCommit(db, () => false) }, { drop: () => undefined }));
  } finally {
    db.close();
  }
};
