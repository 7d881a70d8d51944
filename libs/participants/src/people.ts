import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { createdId } from '#event-store/ids';
import { Vault } from '#vault/vault';
import { whileNoticing } from '#vault/noticing';
import { VaultRecords } from '#vault/vault-records';

/** Who somebody is. Never in an event; deleted with the person. */
export interface Person {
  readonly [key: string]: string | null;
  readonly authority: string;
  readonly name: string;
  /** How to reach them, in their own words. */
  readonly contact: string | null;
  /** Format of replies: `plain`, `easy-read`, `large-print`, `audio`, … */
  readonly format: string | null;
}

const NAMES = '2c1f0f2e-3e86-5a4b-9f0f-6c52d1a1f3b7';

/** Names and contacts by pseudonymous id: the only place where the two meet. */
@Injectable()
export class People {
  private readonly records: VaultRecords<Person>;
  private readonly pepper: Buffer;

  constructor(vault: Vault) {
    this.records = new VaultRecords(vault.database, 'person');
    this.pepper = vault.database.master.derive('people');
  }

  get(id: string): Person | undefined {
    return this.records.get(id)?.value;
  }

  /** Ids of those of a council whose name holds this text. Looking through is no reading: whoever shows one opens it with `get`. */
  named(authority: string, text: string, most: number): string[] {
    const wanted = text.normalize('NFKC').trim().toLowerCase();
    return whileNoticing(
      () => undefined,
      () =>
        this.records
          .all()
          .filter(
            ({ value }) => value.authority === authority && value.name.normalize('NFKC').toLowerCase().includes(wanted),
          ) // prettier-ignore
          .slice(0, most)
          .map(({ id }) => id),
    );
  }

  async put(id: string, person: Person): Promise<void> {
    await this.records.put(id, person, { subject: id });
  }

  /**
   * The id of a member of staff by name, the same each time within an authority, so that "My promises" finds what was
   * promised in a meeting under that name. Keyed: nobody without the vault can test a name against it.
   */
  async staff(authority: string, name: string): Promise<string> {
    const normal = name.normalize('NFKC').trim().replace(/\s+/g, ' ');
    const id = createdId(
      NAMES,
      createHmac('sha256', this.pepper).update(`${authority}\n${normal.toLowerCase()}`).digest('base64url'),
    );
    if (!this.records.get(id)) await this.put(id, { authority, name: normal, contact: null, format: null });
    return id;
  }

  /** What everyone may read of a name, by the person's own choice. */
  static shown(name: string, attribution: 'name' | 'first-name'): string | undefined {
    return attribution === 'name' ? name : name.trim().split(/\s+/)[0];
  }
}
