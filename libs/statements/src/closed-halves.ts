import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#kernel/aggregate';
import { Rows } from '#projections/rows';
import { CLOCK } from '#projections/tokens';
import { Pledges } from '#pledge/pledges';
import { versionOn } from '#pledge/pledge';
import { Vault } from '#vault/vault';
import { type Beside, type Counted, fromDevice, fromPaper } from './answers.js';
import { halfBefore, halfOf, wordingOf } from './statement.js';
import type { SealedAnswer, SlipTally } from './statement.events.js';
import { type Released, tellHalf } from './told.js';

export const SUPPRESS_UP_TO = Symbol('suppress up to');

interface Sealed {
  readonly authority: string;
  readonly team: string | null;
  readonly day: string;
  readonly ref: string;
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
    private readonly pledges: Pledges,
    @Inject(SUPPRESS_UP_TO) private readonly threshold: number,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** By statement. The half year must be over: nothing is added to it any more. */
  of(half: string): ReadonlyMap<string, Released> {
    const entries = this.entriesIn(half);
    const kept = this.kept.get(half);
    // Differs only while the read models are being built.
    if (kept?.entries === entries) return kept.released;
    const released = tellHalf(this.countedIn(half), half, this.threshold);
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
    const answers = this.rows.all<Sealed>('SELECT authority, NULL AS team, day, ref FROM statement_answer WHERE half = ?', half); // prettier-ignore
    const tallies = this.rows.all<Sealed>('SELECT authority, team, day, ref FROM statement_tally WHERE half = ?', half);
    return [
      ...answers.flatMap((each) => {
        const opened = this.vault.open<SealedAnswer>(each.ref);
        return opened.state === 'readable' ? [fromDevice(this.beside(each), opened.value)] : [];
      }),
      ...tallies.flatMap((each) => {
        const opened = this.vault.open<SlipTally[]>(each.ref);
        return opened.state === 'readable' ? opened.value.map((one) => fromPaper(this.beside(each), one)) : [];
      }),
    ];
  }

  /** Which words held on the day on which it was written down: paper does not say it. */
  private beside({ authority, team, day }: Sealed): Beside {
    const pledge = this.pledges.of(authority)?.pledge ?? '';
    const versions = this.pledges.versions(pledge);
    const version = versionOn(versions, day) ?? versions.at(-1);
    return { authority, team, wording: wordingOf(pledge, version?.version ?? '') };
  }
}
