import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { createdId, randomId } from '#event-store/ids';
import { Recorder } from '#event-store/recorder';
import { Vault } from '#vault/vault';
import { VaultRecords } from '#vault/vault-records';
import { codeFrom, readCode } from './card.js';
import { type CardHolder, contribution } from './contribution.js';

export interface CardRecord {
  readonly [key: string]: string | null;
  readonly card: string;
  /** Null: printed before the meeting and not handed to anyone yet. */
  readonly contribution: string | null;
  readonly code: string;
}

/** What a card opens, and for whom. */
export interface OpenCard {
  readonly card: string;
  readonly contribution: string;
  readonly holder: CardHolder;
  /** False: its holder may look, and nothing else. */
  readonly mayAct: boolean;
}

/**
 * Take-home codes: 12 letters, about 54 random bits. Kept outside the log, found by HMAC with the server's own key;
 * the sealed copy allows a reprint. Whether a card still counts is told by the contribution's events.
 */
@Injectable()
export class Cards {
  private readonly byLookup: VaultRecords<CardRecord>;
  private readonly byCard: VaultRecords<{ lookup: string }>;
  private readonly pepper: Buffer;
  private readonly seed: Buffer;

  constructor(
    vault: Vault,
    private readonly recorder: Recorder,
  ) {
    this.byLookup = new VaultRecords(vault.database, 'card-code');
    this.byCard = new VaultRecords(vault.database, 'card');
    this.pepper = vault.database.master.derive('card-lookup');
    this.seed = vault.database.master.derive('card-code');
  }

  /** The card that every view gets when it is recorded. */
  static firstCardOf(contributionId: string): string {
    return createdId(contributionId, 'card');
  }

  /** Makes the code of a card, durable before the event that issues it. The same card always has the same code. */
  async register(card: string, contributionId: string | null): Promise<string> {
    const code = codeFrom(createHmac('sha512', this.seed).update(card).digest());
    const lookup = this.lookupOf(code);
    if (!this.byLookup.get(lookup)) {
      await this.byLookup.put(
        lookup,
        { card, contribution: contributionId, code },
        contributionId ? { subject: contributionId } : {},
      );
      await this.byCard.put(card, { lookup });
    }
    return code;
  }

  /** Codes printed before a meeting, to be bound by typing one in. */
  async preprint(count: number): Promise<string[]> {
    return Promise.all(Array.from({ length: count }, () => this.register(randomId(), null)));
  }

  /** Ties a pre-printed card to a view. Undefined: no such card, or it belongs to another view already. */
  async bind(typed: string, contributionId: string): Promise<string | undefined> {
    const code = readCode(typed);
    const found = code && this.byLookup.get(this.lookupOf(code));
    if (!found || (found.value.contribution !== null && found.value.contribution !== contributionId)) return undefined;
    await this.byLookup.put(
      this.lookupOf(code),
      { ...found.value, contribution: contributionId },
      { subject: contributionId, expected: found.revision },
    );
    return found.value.card;
  }

  /** The code to print on a card that was registered. */
  codeOf(card: string): string | undefined {
    const lookup = this.byCard.get(card)?.value.lookup;
    return lookup && this.byLookup.get(lookup)?.value.code;
  }

  /** What a typed code opens. Wrong, unknown, unbound and cancelled codes all answer the same nothing. */
  async find(typed: string): Promise<OpenCard | undefined> {
    // A wrong code takes the same path as a right one, so that time tells nothing either.
    const code = readCode(typed) ?? 'no card has this code';
    const record = this.byLookup.get(this.lookupOf(code))?.value;
    return record?.contribution ? this.open(record.card, record.contribution) : undefined;
  }

  /** Whether a card still counts. */
  async open(card: string, contributionId: string): Promise<OpenCard | undefined> {
    const { state } = await this.recorder.load(contribution, `${contribution.category}-${contributionId}`);
    const known = state.cards[card];
    if (!known || known.cancelled) return undefined;
    return { card, contribution: contributionId, holder: known.holder, mayAct: known.mayAct };
  }

  private lookupOf(code: string): string {
    return createHmac('sha256', this.pepper).update(code).digest('base64url');
  }
}
