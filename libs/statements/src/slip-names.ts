import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { uuid5 } from '#event-store/ids';
import { Rows } from '#projections/rows';
import { Vault } from '#vault/vault';
import { halfOf } from './statement.js';
import type { Occasion } from './statement.events.js';

const SLIPS = '8d3b7a52-0c4e-5f19-8a6d-71e2b9c4d035';

export interface Answering {
  /** Who answers, on this occasion: a card, a slip, or one sitting at a shared device. */
  readonly by: string;
  readonly occasion: Occasion;
  readonly about: string;
  /** The code under which its words are asked. */
  readonly statement: string;
}

/** Under which name an answer stands in the log: it tells nothing without the server's own key. */
@Injectable()
export class SlipNames {
  private readonly key: Buffer;

  constructor(
    private readonly rows: Rows,
    vault: Vault,
  ) {
    this.key = vault.database.master.derive('statement-slip');
  }

  /** The half year is part of the name: what changes later never changes a half year that was published. */
  of({ by, occasion, about, statement }: Answering, today: string): string {
    const name = JSON.stringify([by, occasion, about, statement, halfOf(today)]);
    return uuid5(SLIPS, createHmac('sha256', this.key).update(name).digest('hex'));
  }

  isAnswered(slip: string): boolean {
    return this.rows.get('SELECT 1 FROM statement_answer WHERE slip = ?', slip) !== undefined;
  }
}
