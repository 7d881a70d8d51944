import { Injectable } from '@nestjs/common';
import { Vault } from '#vault/vault';
import { VaultRecords } from '#vault/vault-records';

/** Who asked and in which words, and what we told them. Never in an event; deleted with the person, or when its time is over. */
export interface Letter {
  readonly authority: string;
  readonly name: string;
  /** How to reach them. */
  readonly contact: string;
  /** What they wrote; null: nothing beside the kind. */
  readonly words: string | null;
  readonly answer: string | null;
  /** Whose information it is about, once that is sure: the random id of a participant, or of a view. */
  readonly person: string | null;
}

export type AskedIn = Pick<Letter, 'name' | 'contact' | 'words'>;

@Injectable()
export class Letters {
  private readonly records: VaultRecords<Letter & Record<string, string | null>>;

  constructor(vault: Vault) {
    this.records = new VaultRecords(vault.database, 'data-request');
  }

  /** Also of somebody whose words are restricted: they wait for an answer. */
  get(id: string): Letter | undefined {
    return this.records.get(id, true)?.value;
  }

  /** Ids of the requests that are about one person. */
  about(person: string): string[] {
    return this.records.idsOf(person);
  }

  /** Before anybody knows whose it is it belongs to nobody else than the request. */
  async put(id: string, letter: Letter): Promise<void> {
    await this.records.put(id, { ...letter }, { subject: letter.person ?? id });
  }
}
