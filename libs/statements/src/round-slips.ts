import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { codeFrom, readCode } from '#contributions/card';
import type { Clock } from '#kernel/aggregate';
import { Rows } from '#projections/rows';
import { CLOCK } from '#projections/tokens';
import { Vault } from '#vault/vault';

export interface RoundRow {
  readonly id: string;
  readonly authority: string;
  readonly team: string | null;
  readonly wording: string;
  readonly slips: number;
  readonly opened_on: string;
  readonly until: string;
}

/** One slip of a round: who holds it is nowhere written down. */
export interface Slip {
  readonly round: RoundRow;
  readonly n: number;
}

/**
 * The codes on the slips of a round. They follow from the server's own key, so that no list of them lies anywhere: whoever
 * reads the files without that key finds no code, and a slip can be printed again.
 */
@Injectable()
export class RoundSlips {
  private readonly key: Buffer;
  private readonly known = new Map<string, ReadonlyMap<string, number>>();

  constructor(
    private readonly rows: Rows,
    vault: Vault,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.key = vault.database.master.derive('round-slip');
  }

  /** Newest first. */
  rounds(authority: string): readonly RoundRow[] {
    return this.rows.all<RoundRow>(
      'SELECT * FROM statement_round WHERE authority = ? ORDER BY opened_on DESC, id',
      authority,
    );
  }

  round(id: string): RoundRow | undefined {
    return this.rows.get<RoundRow>('SELECT * FROM statement_round WHERE id = ?', id);
  }

  /** As it is printed, of one slip from 1 on. */
  codeOf({ id }: RoundRow, n: number): string {
    return codeFrom(createHmac('sha512', this.key).update(`${id} ${n}`).digest());
  }

  /** The slip with this code, in a round that can still be answered. */
  find(typed: string): Slip | undefined {
    const code = readCode(typed);
    if (code === undefined) return undefined;
    const open = this.rows.all<RoundRow>('SELECT * FROM statement_round WHERE until >= ?', this.clock.now().today);
    for (const round of open) {
      const n = this.codesOf(round).get(code);
      if (n !== undefined) return { round, n };
    }
    return undefined;
  }

  private codesOf(round: RoundRow): ReadonlyMap<string, number> {
    const known = this.known.get(round.id);
    if (known) return known;
    const codes = new Map(Array.from({ length: round.slips }, (_, n) => [this.codeOf(round, n + 1), n + 1]));
    this.known.set(round.id, codes);
    return codes;
  }
}

/** Who answers, as answers are kept: the slip, and nobody's name. */
export const sittingOf = ({ round, n }: Slip): string => `slip ${n} of ${round.id}`;
