import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#kernel/aggregate';
import { Rows } from '#projections/rows';
import { CLOCK } from '#projections/tokens';
import { type Published, tablesOf } from '#suppression/answer-table';
import { release } from '#suppression/release';
import { Vault } from '#vault/vault';
import { type Counted, fromDevice, fromPaper, groupsOf } from './answers.js';
import { halfBefore, halfOf } from './statement.js';
import type { SealedAnswer } from './statement.events.js';

export const SUPPRESS_UP_TO = Symbol('suppress up to');

interface Sealed {
  readonly authority: string;
  readonly ref: string;
}
type Tally = { readonly statement: string; readonly answer: string; readonly count: number };
/** Of one statement: the tables, and the councils where anybody answered (also where nothing of it can be shown). */
export interface Released {
  readonly tables: readonly Published[];
  readonly councils: ReadonlySet<string>;
  /** Also where people were asked on paper and nobody answered. */
  readonly asked: ReadonlySet<string>;
}

/**
 * What may be told of the half years that are over. Answers are opened here, counted and forgotten; only what was rounded
 * and hidden is kept. All councils are decided together, because the region is their sum.
 */
@Injectable()
export class ClosedHalves {
  private readonly kept = new Map<string, { entries: number; released: ReadonlyMap<string, Released> }>();

  constructor(
    private readonly rows: Rows,
    private readonly vault: Vault,
    @Inject(SUPPRESS_UP_TO) private readonly threshold: number,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** By statement. The half year must be over: nothing is added to it any more. */
  of(half: string): ReadonlyMap<string, Released> {
    const entries = this.entriesIn(half);
    const kept = this.kept.get(half);
    // Differs only while the read models are being built.
    if (kept?.entries === entries) return kept.released;
    const counted = this.countedIn(half);
    const all = groupsOf(counted);
    const asked = Map.groupBy(counted, ({ statement }) => statement);
    const released = new Map(
      [...asked].map(([statement, entries]) => {
        const groups = all.get(statement) ?? [];
        const tables = tablesOf(groups, half, [0]);
        const shown = release({ groups, tables, before: [], threshold: this.threshold });
        const councils = new Set(groups.map(({ authority }) => authority));
        return [
          statement,
          { tables: shown, councils, asked: new Set(entries.map(({ authority }) => authority)) },
        ] as const;
      }),
    );
    this.kept.set(half, { entries, released });
    return released;
  }

  /** The last half year that is over. */
  last(): string {
    return halfBefore(halfOf(this.clock.now().today));
  }

  /** Half years of which there is something to tell, newest first: the open one, the last, and all with answers. */
  toChoose(): string[] {
    const found = this.rows.all<{ half: string }>('SELECT half FROM statement_half').map(({ half }) => half);
    return [...new Set([halfOf(this.clock.now().today), this.last(), ...found])].toSorted().toReversed();
  }

  private entriesIn(half: string): number {
    return this.rows.get<{ entries: number }>('SELECT entries FROM statement_half WHERE half = ?', half)?.entries ?? 0;
  }

  private countedIn(half: string): Counted[] {
    const answers = this.rows.all<Sealed>('SELECT authority, ref FROM statement_answer WHERE half = ?', half);
    const tallies = this.rows.all<Sealed>('SELECT authority, ref FROM statement_tally WHERE half = ?', half);
    return [
      ...answers.flatMap(({ authority, ref }) => {
        const opened = this.vault.open<SealedAnswer>(ref);
        return opened.state === 'readable' ? [fromDevice(authority, opened.value)] : [];
      }),
      ...tallies.flatMap(({ authority, ref }) => {
        const opened = this.vault.open<Tally[]>(ref);
        return opened.state === 'readable' ? opened.value.map((each) => fromPaper(authority, each)) : [];
      }),
    ];
  }
}
