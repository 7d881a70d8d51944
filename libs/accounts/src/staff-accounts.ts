import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { createdId } from '#event-store/ids';
import { Recorder } from '#event-store/recorder';
import { People } from '#participants/people';
import { StaleRecord, VaultRecords } from '#vault/vault-records';
import { Vault } from '#vault/vault';
import { type Account, account } from './account.js';

const ACCOUNTS = '0f3b7a52-9a6e-5c1d-8a44-3d1f9be27c60';

/** What the council's sign-in said about somebody. In the vault only; deleted with the person. */
export interface StaffRecord {
  readonly [key: string]: string | null;
  readonly issuer: string;
  readonly subject: string;
  readonly authority: string;
  readonly name: string;
  /** The id under which this person's promises stand: see {@link StaffAccounts.personOf}. */
  readonly person: string;
  readonly lastSignIn: string | null;
  /** How they proved who they are (OpenID Connect Core §2: `acr`, and `amr` with spaces between). */
  readonly acr: string | null;
  readonly amr: string | null;
}

/** Accounts of staff, keyed on issuer and subject. A name or an e-mail address is never a key: both can be taken by others. */
@Injectable()
export class StaffAccounts {
  private readonly records: VaultRecords<StaffRecord>;
  private readonly persons: VaultRecords<{ account: string }>;
  private readonly pepper: Buffer;

  constructor(
    vault: Vault,
    private readonly recorder: Recorder,
    private readonly people: People,
  ) {
    this.records = new VaultRecords(vault.database, 'staff-account');
    this.persons = new VaultRecords(vault.database, 'staff-person');
    this.pepper = vault.database.master.derive('staff-account');
  }

  /** The same issuer and subject always make the same account, and no other pair does. */
  idOf(issuer: string, subject: string): string {
    const key = createHmac('sha256', this.pepper)
      .update(JSON.stringify([issuer, subject]))
      .digest('base64url');
    return createdId(ACCOUNTS, key);
  }

  get(id: string): StaffRecord | undefined {
    return this.records.get(id)?.value;
  }

  async put(id: string, record: StaffRecord): Promise<void> {
    await this.records.put(id, record, { subject: id });
  }

  /** As the account's own events say at this moment. */
  async stateOf(id: string): Promise<Account> {
    const { state } = await this.recorder.load(account, `${account.category}-${id}`);
    return state;
  }

  /**
   * Promises made in meetings stand under a name. The first account of a council with that name takes them over and
   * keeps them, whatever it is called later; a second one with the same name starts with none.
   */
  async personOf(id: string, authority: string, name: string): Promise<string> {
    const known = this.get(id)?.person;
    if (known) return known;
    const person = await this.people.staff(authority, name);
    try {
      await this.persons.put(person, { account: id }, { subject: id, expected: 0 });
      return person;
    } catch (error) {
      if (!(error instanceof StaleRecord)) throw error;
      return this.persons.get(person)?.value.account === id ? person : id;
    }
  }
}
