import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { createdId } from '#event-store/ids';
import { Vault } from '#vault/vault';
import { StaleRecord, VaultRecords } from '#vault/vault-records';

const PERSONS = '5d6b3e0a-7b1f-5a9e-9c35-8f0d2c44ab17';

/** How somebody wants to hear from us; nobody is written to who did not say so. */
export const NEWS = ['letter', 'text', 'email', 'no'] as const;
export type News = (typeof NEWS)[number];

/** A view that somebody keeps in their account, with the card that showed it is theirs. */
export interface KeptView {
  readonly [key: string]: string;
  readonly contribution: string;
  readonly card: string;
}

/** Somebody who keeps their views together under an e-mail address. In the vault only; deleted with the person. */
export interface PersonAccount {
  readonly [key: string]: string | null | readonly KeptView[];
  readonly address: string;
  readonly news: News | null;
  /** The day of the last sign-in: from it counts how long all of this is kept. */
  readonly seenOn: string;
  /** Where to: a postal address, a number. Null for e-mail. */
  readonly newsTo: string | null;
  readonly views: readonly KeptView[];
}

/** More than anyone gives in a lifetime of meetings; a bound, so that nobody's record grows without end. */
const MOST_VIEWS = 500;

/** Accounts of participants. They are no accounts of staff: they open the views that were put into them, and nothing else. */
@Injectable()
export class PersonAccounts {
  private readonly records: VaultRecords<PersonAccount>;
  private readonly ofView: VaultRecords<{ account: string }>;
  private readonly pepper: Buffer;

  constructor(vault: Vault) {
    this.records = new VaultRecords(vault.database, 'person-account');
    this.ofView = new VaultRecords(vault.database, 'person-view');
    this.pepper = vault.database.master.derive('person-account');
  }

  /** The same address makes the same account. Keyed: nobody without the vault can try addresses against it. */
  idOf(address: string): string {
    const key = createHmac('sha256', this.pepper).update(normal(address)).digest('base64url');
    return createdId(PERSONS, key);
  }

  get(id: string): PersonAccount | undefined {
    return this.records.get(id)?.value;
  }

  /** Makes the account at the first sign-in; afterwards only the day changes. */
  async open(id: string, address: string, today: string): Promise<void> {
    if (this.records.get(id)?.value.seenOn !== today)
      await this.change(id, (before) => ({ news: null, newsTo: null, views: [], address: normal(address), ...before, seenOn: today })); // prettier-ignore
  }

  /** False: there is no room, or it is kept by somebody else. */
  async keep(id: string, view: KeptView): Promise<boolean> {
    const holder = this.ofView.get(view.contribution)?.value.account;
    if (holder !== undefined && holder !== id) return false;
    const others = (this.get(id)?.views ?? []).filter(({ contribution }) => contribution !== view.contribution);
    if (others.length >= MOST_VIEWS) return false;
    await this.ofView.put(view.contribution, { account: id }, { subject: view.contribution });
    await this.change(id, (before) => before && { ...before, views: [...before.views.filter(({ contribution }) => contribution !== view.contribution), view] }); // prettier-ignore
    return true;
  }

  /** Who keeps a view, and the card by which it was shown to be theirs; whether that card still counts is told by the view. */
  keeperOf(contribution: string): { readonly account: string; readonly card: string } | undefined {
    const account = this.ofView.get(contribution)?.value.account;
    const kept = account === undefined ? undefined : this.get(account)?.views.find((each) => each.contribution === contribution); // prettier-ignore
    return account !== undefined && kept ? { account, card: kept.card } : undefined;
  }

  /** It is nobody's to keep any more, and can be kept by somebody else. */
  async release(id: string, contribution: string): Promise<void> {
    await this.ofView.delete(contribution);
    await this.change(id, (before) => before && { ...before, views: before.views.filter((each) => each.contribution !== contribution) }); // prettier-ignore
  }

  async wish(id: string, news: News, newsTo: string | null): Promise<void> {
    await this.change(id, (before) => before && { ...before, news, newsTo });
  }

  /** How the giver of a view wants to hear from us, for those who answer it. */
  wishOf(contribution: string): { readonly news: News; readonly to: string } | undefined {
    const account = this.ofView.get(contribution)?.value.account;
    const record = account === undefined ? undefined : this.get(account);
    return record?.news ? { news: record.news, to: record.newsTo ?? (record.news === 'email' ? record.address : '') } : undefined; // prettier-ignore
  }

  /** The address and everything kept under it; the views themselves stay, and their cards open them. */
  async forget(id: string): Promise<void> {
    for (const { contribution } of this.get(id)?.views ?? []) await this.ofView.delete(contribution);
    await this.records.delete(id);
  }

  /** Takes views out of an account that keeps others too. False: it keeps no others, and nothing was changed. */
  async leaveOut(id: string, views: readonly string[]): Promise<boolean> {
    const isOther = ({ contribution }: KeptView): boolean => !views.includes(contribution);
    if (!this.get(id)?.views.some(isOther)) return false;
    await this.change(id, (before) => before && { ...before, views: before.views.filter(isOther) });
    for (const view of views) await this.ofView.delete(view);
    return true;
  }

  /** Accounts that keep one of these views. */
  keepersOf(views: readonly string[]): readonly string[] {
    return [...new Set(views.flatMap((view) => this.ofView.get(view, true)?.value.account ?? []))];
  }

  /** Somebody may be changing it on another device: whoever saved first is read again. */
  private async change(id: string, next: (before: PersonAccount | undefined) => PersonAccount | undefined): Promise<void> {
    for (;;) {
      const found = this.records.get(id);
      const value = next(found?.value);
      if (!value) return;
      try {
        await this.records.put(id, value, { expected: found?.revision ?? 0 });
        return;
      } catch (error) {
        if (!(error instanceof StaleRecord)) throw error;
      }
    }
  } // prettier-ignore
}

/** Addresses differ in capital letters only by how somebody typed them. */
const normal = (address: string): string => address.normalize('NFKC').trim().toLowerCase();
