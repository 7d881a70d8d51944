import {
  COLUMNS,
  countsIn,
  type Group,
  HIDDEN,
  NOT_ABOUT_ME,
  type Published,
  type TableKey,
  TOTAL,
} from '../answer-table.js';
import { boundsOf } from '../rounding.js';

/** What somebody puts together. `all` is an attacker who calculates with everything there is. */
export interface Knowledge {
  /** The answers of a table make its total. */
  readonly totals: boolean;
  /** Councils make the region, teams a part of their council. */
  readonly places: boolean;
  readonly capacities: boolean;
  readonly voices: boolean;
  /** Periods that lie in each other. */
  readonly dates: boolean;
  /** Exactly how many people answered in each stretch of time, from the times in the public log. */
  readonly log: boolean;
}

interface Cell {
  low: number;
  high: number;
  readonly truth: number;
}

interface Sum {
  readonly whole: Cell;
  readonly parts: readonly Cell[];
  readonly kind: keyof Knowledge;
}

const FAR = 1_000_000;

/**
 * An attacker who knows the rule, every published number, how tables hang together, and even which hidden numbers are
 * few and which are hidden for others' sake. Narrows every cell until nothing more follows (bounds consistency).
 */
export class Attacker {
  private readonly tables = new Map<string, readonly Cell[]>();
  private readonly sums: Sum[] = [];
  private readonly first: readonly (readonly [number, number])[];
  private readonly cells: readonly Cell[];

  constructor(
    private readonly groups: readonly Group[],
    published: readonly Published[],
    private readonly threshold: number,
  ) {
    for (const { key, shown } of published) this.tables.set(slotOf(key), this.seen(key, shown));
    const slots = new Map(published.map(({ key }) => [slotOf({ ...key, slices: [] }), key]));
    const slices = [...new Set(published.flatMap(({ key }) => key.slices))];
    // Nobody publishes a single stretch of time; it can be calculated with all the same.
    for (const key of slots.values())
      for (const slice of slices) {
        const part = { ...key, slices: [slice] };
        if (!this.tables.has(slotOf(part))) this.tables.set(slotOf(part), countsIn(part, groups).map(unknown));
      }
    const keys = new Map<string, TableKey>();
    for (const { key } of published)
      for (const each of [key, ...slices.map((slice) => ({ ...key, slices: [slice] }))]) keys.set(slotOf(each), each);
    const all = [...keys.values()];
    for (const key of all) this.relate(key, all);
    this.cells = [
      ...new Set([...this.tables.values(), ...this.sums.map(({ whole, parts }) => [whole, ...parts])].flat()),
    ];
    this.first = this.cells.map(({ low, high }) => [low, high]);
  }

  /** Cells of 1 to `threshold` people; how many there are, and how many are narrowed to the one true number. */
  attack(knowledge: Knowledge): { readonly tried: number; readonly recovered: number } {
    this.cells.forEach((cell, index) => ([cell.low, cell.high] = this.first[index] ?? [0, FAR]));
    const known = this.sums.filter(({ kind }) => knowledge[kind]);
    for (let changed = true; changed;) {
      changed = false;
      for (const sum of known) if (narrow(sum)) changed = true;
    }
    const few = this.cells.filter(({ truth }) => truth >= 1 && truth <= this.threshold);
    return { tried: few.length, recovered: few.filter(({ low, high, truth }) => low === high && low === truth).length };
  }

  /** No cell may ever be narrowed to something that is not so: then the attacker itself would be wrong. */
  isSound(): boolean {
    return this.cells.every(({ low, high, truth }) => low <= truth && truth <= high);
  }

  private seen(key: TableKey, shown: readonly number[]): Cell[] {
    const truths = countsIn(key, this.groups);
    const closed = (truths[TOTAL] ?? 0) <= this.threshold;
    return truths.map((truth, column) => {
      const value = shown[column] ?? HIDDEN;
      if (value !== HIDDEN) {
        const [low, high] = boundsOf(value, this.threshold);
        return { low, high, truth };
      }
      if (closed) return column === NOT_ABOUT_ME ? unknown(truth) : { low: 0, high: this.threshold, truth };
      return truth >= 1 && truth <= this.threshold ? { low: 1, high: this.threshold, truth } : unknown(truth);
    });
  }

  private relate(key: TableKey, all: readonly TableKey[]): void {
    const cells = this.tables.get(slotOf(key)) ?? [];
    const total = cells[TOTAL];
    if (total) this.sums.push({ whole: total, parts: cells.slice(0, NOT_ABOUT_ME), kind: 'totals' });
    const like = (other: TableKey): boolean => other.by === key.by && other.value === key.value;
    const when = (other: TableKey): boolean => String(other.slices) === String(key.slices);
    const find = (is: (other: TableKey) => boolean): TableKey[] => all.filter((other) => other !== key && is(other));
    const councils = find((other) => key.scope === 'region' && other.scope.startsWith('authority:') && like(other) && when(other)); // prettier-ignore
    if (councils.length > 0) this.sum(cells, councils, 'places', key.scope === 'region' ? 0 : 1);
    if (key.scope.startsWith('authority:') && key.by === undefined) {
      const own = `team-${key.scope.replace('authority:council-', '')}-`;
      const teams = find((other) => other.scope.startsWith(`team:${own}`) && when(other));
      if (teams.length > 0) this.sum(cells, teams, 'places', 1);
    }
    for (const [by, kind] of [
      ['capacity', 'capacities'],
      ['voice', 'voices'],
    ] as const) {
      const parts = find(
        (other) => key.by === undefined && other.by === by && other.scope === key.scope && when(other),
      );
      if (parts.length > 0) this.sum(cells, parts, kind, 0);
    }
    if (key.slices.length > 1) {
      const parts = find((other) => other.scope === key.scope && like(other) && other.slices.length === 1 && key.slices.includes(other.slices[0] ?? -1)); // prettier-ignore
      this.sum(cells, parts, 'dates', 0);
      // Quarters make a half year.
      const longer = find((other) => other.scope === key.scope && like(other) && other.slices.length > 1 && other.slices.length < key.slices.length && other.slices.every((slice) => key.slices.includes(slice))); // prettier-ignore
      if (longer.flatMap(({ slices }) => slices).length === key.slices.length) this.sum(cells, longer, 'dates', 0);
    }
    if (key.scope === 'region' && key.by === undefined && key.slices.length === 1 && total) {
      const exact = total.truth + (cells[NOT_ABOUT_ME]?.truth ?? 0);
      const count: Cell = { low: exact, high: exact, truth: exact };
      const absent = cells[NOT_ABOUT_ME];
      if (absent && exact > this.threshold) this.sums.push({ whole: count, parts: [total, absent], kind: 'log' });
    }
  }

  /** @param rest 1 when there may be people in none of the parts. */
  private sum(whole: readonly Cell[], parts: readonly TableKey[], kind: keyof Knowledge, rest: 0 | 1): void {
    for (let column = 0; column < COLUMNS; column++) {
      const cells = parts.flatMap((part) => this.tables.get(slotOf(part))?.[column] ?? []);
      const cell = whole[column];
      if (!cell) continue;
      const left = cell.truth - cells.reduce((sum, { truth }) => sum + truth, 0);
      this.sums.push({ whole: cell, parts: rest ? [...cells, unknown(left)] : cells, kind });
    }
  }
}

const unknown = (truth: number): Cell => ({ low: 0, high: FAR, truth });

const slotOf = ({ slices, scope, by, value }: TableKey): string =>
  [slices.join('+'), scope, by ?? '', value ?? ''].join(' ');

/** Each cell of a sum lies between what the others leave at most and at least. */
const narrow = ({ whole, parts }: Sum): boolean => {
  let low = 0;
  let high = 0;
  for (const part of parts) {
    low += part.low;
    high += part.high;
  }
  let changed = tighten(whole, low, high);
  for (const part of parts) {
    if (tighten(part, whole.low - (high - part.high), whole.high - (low - part.low))) {
      changed = true;
      return true;
    }
  }
  return changed;
};

const tighten = (cell: Cell, low: number, high: number): boolean => {
  if (low <= cell.low && high >= cell.high) return false;
  cell.low = Math.max(cell.low, low);
  cell.high = Math.min(cell.high, high);
  return true;
};
