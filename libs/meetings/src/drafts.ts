import { Injectable } from '@nestjs/common';
import { Vault } from '#vault/vault';
import { StaleRecord, type VaultRecord, VaultRecords } from '#vault/vault-records';
import { type Draft, emptyDraft } from './draft.js';

export interface SavedDraft {
  /** 0: nothing has been saved yet. */
  readonly revision: number;
  readonly draft: Draft;
}

/** Somebody else saved meanwhile. Nothing is overwritten: both versions are here, to be shown side by side. */
export class DraftConflict extends Error {
  constructor(
    readonly yours: Draft,
    readonly theirs: SavedDraft,
  ) {
    super('Somebody changed this while you were typing. Your words are safe below.');
    this.name = 'DraftConflict';
  }
}

/** Drafts of meetings: sealed rows with a revision, never events, deleted when the outcomes are recorded. */
@Injectable()
export class Drafts {
  private readonly records: VaultRecords<Draft>;

  constructor(vault: Vault) {
    this.records = new VaultRecords(vault.database, 'draft');
  }

  get(meeting: string): SavedDraft {
    const record = this.records.get(meeting);
    return record ? saved(record) : { revision: 0, draft: emptyDraft };
  }

  /**
   * Saves what was typed on top of the revision it started from; answers the new revision. The same words again after a
   * lost answer are not a conflict.
   * @throws DraftConflict with both versions when somebody else saved first.
   */
  async save(meeting: string, draft: Draft, expected: number): Promise<number> {
    try {
      return await this.records.put(meeting, draft, { expected });
    } catch (error) {
      if (!(error instanceof StaleRecord)) throw error;
      const theirs = this.get(meeting);
      if (JSON.stringify(theirs.draft) === JSON.stringify(draft)) return theirs.revision;
      throw new DraftConflict(draft, theirs);
    }
  }

  async discard(meeting: string): Promise<void> {
    await this.records.delete(meeting);
  }
}

const saved = ({ revision, value }: VaultRecord<Draft>): SavedDraft => ({ revision, draft: value });
