import { ANSWER_CODES, contains, type Group, HIDDEN, NOT_ABOUT_ME, TOTAL } from './answer-table.js';
import type { Terms } from './complements.js';
import type { Sheet } from './release.js';
import { shownOf } from './rounding.js';

/** One person of a group who might have given another answer, or (to `none`) might not have answered at all. */
interface Move {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}
const NONE = -1;

interface Weighed {
  readonly move: Move;
  /** What would look different, and so must be hidden for the move to be possible. */
  readonly blockers: readonly (readonly [Sheet, number])[];
  readonly cost: number;
}

/** How many values, besides the true one, must be possible for a hidden few. */
const OTHERS = 2;

/** What people might have answered instead, seen from outside. Hides more where there would be no doubt. */
export class Doubt {
  private readonly counts: number[][];
  private readonly sheetsOf: readonly (readonly Sheet[])[];
  /** How far each column is from the truth while moves are tried. */
  private readonly shift = new Map<Sheet, number[]>();

  constructor(
    private readonly groups: readonly Group[],
    sheets: readonly Sheet[],
  ) {
    this.counts = groups.map(({ counts }) => [...counts]);
    this.sheetsOf = groups.map((group) => sheets.filter(({ key }) => contains(key, group)));
    for (const sheet of sheets) this.shift.set(sheet, new Array<number>(TOTAL + 1).fill(0));
  }

  /** Makes at least two other values possible; one if no more can be had. False: nothing can be done. */
  spread(terms: Terms, column: number): boolean {
    const found: Weighed[][] = [];
    for (const step of [1, -1] as const) {
      const first = this.cheapest(terms, column, step);
      if (!first) continue;
      found.push([first]);
      this.apply(first.move, 1);
      const second = this.cheapest(terms, column, step);
      if (second) found.push([first, second]);
      this.apply(first.move, -1);
    }
    const ordered = found.toSorted((a, b) => costOf(a) - costOf(b)).slice(0, OTHERS);
    for (const moves of ordered)
      for (const { blockers } of moves) for (const [sheet, hide] of blockers) sheet.shown[hide] = HIDDEN;
    return ordered.length > 0;
  }

  /** Answers are swapped first, so that even who knows exactly how many answered is left in doubt. */
  private cheapest(terms: Terms, column: number, step: 1 | -1): Weighed | undefined {
    const swaps = this.best(terms, column, step, this.swaps(column, step));
    return swaps && swaps.cost === 0
      ? swaps
      : lower(swaps, column === TOTAL ? this.best(terms, column, step, this.absences(step)) : undefined);
  }

  private best(terms: Terms, column: number, step: number, moves: Iterable<Move>): Weighed | undefined {
    let best: Weighed | undefined;
    for (const move of moves) {
      if (this.effect(terms, column, move) !== step) continue;
      const weighed = this.weigh(move);
      best = lower(best, weighed);
      if (best?.cost === 0) return best;
    }
    return best;
  }

  private *swaps(column: number, step: number): Iterable<Move> {
    for (let at = 0; at < this.groups.length; at++)
      for (let other = 0; other < ANSWER_CODES.length; other++) {
        if (column === TOTAL && other === NOT_ABOUT_ME) continue;
        const own = column === TOTAL ? NOT_ABOUT_ME : column;
        if (other === own) continue;
        // The total grows when "not about me" becomes an answer, a column when an answer becomes its own.
        const [from, to] = step > 0 === (column !== TOTAL) ? [other, own] : [own, other];
        if ((this.counts[at]?.[from] ?? 0) > 0) yield { at, from, to };
      }
  }

  private *absences(step: number): Iterable<Move> {
    for (let at = 0; at < this.groups.length; at++)
      for (let answer = 0; answer < NOT_ABOUT_ME; answer++)
        if (step > 0) yield { at, from: NONE, to: answer };
        else if ((this.counts[at]?.[answer] ?? 0) > 0) yield { at, from: answer, to: NONE };
  }

  private effect(terms: Terms, column: number, { at, from, to }: Move): number {
    const mine = this.sheetsOf[at] ?? [];
    const within = terms.reduce((sum, [sheet, sign]) => sum + (mine.includes(sheet) ? sign : 0), 0);
    return within * (weightOf(to, column) - weightOf(from, column));
  }

  /** Undefined: it would contradict what was published, or what can be told of something hidden. */
  private weigh(move: Move): Weighed | undefined {
    const blockers: (readonly [Sheet, number])[] = [];
    let cost = 0;
    for (const sheet of this.sheetsOf[move.at] ?? [])
      for (const column of columnsOf(move)) {
        const change = weightOf(move.to, column) - weightOf(move.from, column);
        const truth = sheet.counts[column] ?? 0;
        const count = truth + (this.shift.get(sheet)?.[column] ?? 0) + change;
        const looks = this.looks(sheet, column, truth, count);
        if (looks === 'same') continue;
        if (looks === 'impossible' || sheet.frozen) return undefined;
        blockers.push([sheet, column]);
        cost += worthOf(sheet, column);
      }
    return { move, blockers, cost };
  }

  private looks(sheet: Sheet, column: number, truth: number, count: number): 'same' | 'other' | 'impossible' {
    const { threshold } = sheet;
    if (count < 0) return 'impossible';
    if (sheet.shown[column] !== HIDDEN)
      return shownOf(count, threshold) === shownOf(truth, threshold) ? 'same' : 'other';
    // Hidden with its whole table: only that few answered is known.
    if (sheet.closed) return column !== TOTAL || count <= threshold ? 'same' : 'impossible';
    // Hidden because few: whoever knows which these are must still be in doubt.
    if (truth >= 1 && truth <= threshold) return count >= 1 && count <= threshold ? 'same' : 'impossible';
    return 'same';
  }

  private apply({ at, from, to }: Move, times: 1 | -1): void {
    const counts = this.counts[at];
    if (counts && from !== NONE) counts[from] = (counts[from] ?? 0) - times;
    if (counts && to !== NONE) counts[to] = (counts[to] ?? 0) + times;
    for (const sheet of this.sheetsOf[at] ?? []) {
      const shift = this.shift.get(sheet);
      if (shift)
        for (const column of columnsOf({ at, from, to }))
          shift[column] = (shift[column] ?? 0) + times * (weightOf(to, column) - weightOf(from, column));
    }
  }
}

const lower = (a: Weighed | undefined, b: Weighed | undefined): Weighed | undefined =>
  !a || (b && b.cost < a.cost) ? b : a;

const costOf = (moves: readonly Weighed[]): number => moves.reduce((sum, { cost }) => sum + cost, 0);

/** What one person with this answer adds to a column. */
const weightOf = (answer: number, column: number): number =>
  answer === NONE ? 0 : Number(column === answer || (column === TOTAL && answer !== NOT_ABOUT_ME));

const columnsOf = ({ from, to }: Move): number[] =>
  [from, to, TOTAL].filter((column) => column !== NONE && weightOf(from, column) !== weightOf(to, column));

/** How much is lost by hiding a number: most where most people look. */
const worthOf = ({ key: { scope, by } }: Sheet, column: number): number =>
  (scope === 'region' ? 1_000 : scope.startsWith('authority:') ? 100 : 20) / (by ? 20 : 1) * (column === TOTAL ? 3 : 1); // prettier-ignore
