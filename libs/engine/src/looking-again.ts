import { metaOf } from '#vault/epochs';
import type { Vault } from '#vault/vault';

const NAME = 'looks-again';
const [YES, NO] = [Buffer.from('yes'), Buffer.from('no')];

/**
 * A vault that was put back from an older copy opens words again that were restricted since; which, is found when the read
 * models are built. Until then nobody is served. Kept in the vault: a crash in the middle must not look like the end.
 */
export class LookingAgain {
  constructor(
    private readonly vault: Vault,
    hasToBegin: boolean,
  ) {
    if (hasToBegin) this.meta.put(NAME, YES);
  }

  get isUnderWay(): boolean {
    return Buffer.from(this.meta.get(NAME) ?? NO).equals(YES);
  }

  end(): void {
    if (this.isUnderWay) this.meta.put(NAME, NO);
  }

  private get meta() {
    return metaOf(this.vault.database.db);
  }
}
