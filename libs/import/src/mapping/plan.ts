import type { Concept, FieldType } from '../concepts.js';
import type { DatePlan } from '../dates/read-date.js';
import type { Pattern } from '../pattern/pattern.js';
import type { CleanStep } from '../text/clean.js';
import type { Path } from './path.js';

/** A place in the row, or after "@": the item of `each`, a joined row, a `let`. */
export interface Place {
  readonly text: string;
  readonly path: Path;
  /** Null for a column of the row itself. */
  readonly named: string | null;
}

export type Piece = { readonly text: string } | { readonly place: Place; readonly optional: boolean };
export type Template = readonly Piece[];

export type Origin =
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'first' | 'earliest'; readonly of: readonly ValuePlan[] }
  | { readonly kind: 'all'; readonly of: readonly ValuePlan[]; readonly separator: string }
  | { readonly kind: 'template'; readonly template: Template }
  | { readonly kind: 'constant'; readonly value: MapResult };

/** What a mapping may put in the place of a value. Null: missing. */
export type MapResult = string | number | boolean | null | readonly string[];

export type Otherwise =
  { readonly do: 'reject' } | { readonly do: 'missing' } | { readonly do: 'value'; readonly value: MapResult };

/** How one value is found and read. The steps happen in the order of these fields. */
export interface ValuePlan {
  readonly pointer: string;
  readonly type: FieldType;
  readonly when: Condition | null;
  readonly origin: Origin;
  readonly clean: readonly CleanStep[];
  readonly noValue: ReadonlySet<string>;
  readonly split: string | null;
  readonly pattern: Pattern | null;
  readonly map: ReadonlyMap<string, MapResult> | null;
  readonly dates: DatePlan;
  readonly decimal: '.' | ',';
  /** Null: the mapping says nothing, so what cannot be read is refused. */
  readonly otherwise: Otherwise | null;
}

export type Condition =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'is'; readonly place: Place; readonly values: ReadonlySet<string>; readonly wanted: boolean }
  | { readonly kind: 'present'; readonly place: Place; readonly wanted: boolean; readonly noValue: ReadonlySet<string> }
  | { readonly kind: 'matches'; readonly place: Place; readonly pattern: Pattern; readonly wanted: boolean }
  | { readonly kind: 'same'; readonly place: Place; readonly as: Place; readonly wanted: boolean };

export interface EachPlan {
  readonly place: Place;
  readonly parse: boolean;
  readonly split: string | null;
  readonly pattern: Pattern | null;
}

export type TargetPlan =
  | { readonly concept: Concept; readonly by: 'id'; readonly template: Template }
  | { readonly concept: 'decision'; readonly by: 'series'; readonly template: Template };

export interface LinkPlan {
  readonly pointer: string;
  readonly as: string;
  readonly when: Condition | null;
  readonly each: EachPlan | null;
  readonly to: TargetPlan;
  readonly effect: ValuePlan | null;
  readonly why: ValuePlan | null;
}

export interface YieldPlan {
  readonly pointer: string;
  readonly concept: Concept;
  readonly when: Condition | null;
  readonly each: EachPlan | null;
  readonly id: Template;
  readonly occurredAt: ValuePlan;
  readonly series: Template | null;
  readonly authority: ValuePlan | null;
  readonly public: Condition | boolean;
  readonly language: ValuePlan | string | null;
  readonly fields: readonly (readonly [string, ValuePlan])[];
  readonly links: readonly LinkPlan[];
  /** Only for `link`: the thing that the link belongs to. */
  readonly from: TargetPlan | null;
}

export interface JoinPlan {
  readonly name: string;
  /** Name of another of the mapping's files. */
  readonly file: string;
  readonly key: ValuePlan;
  readonly on: ValuePlan;
  readonly keep: 'only' | 'first' | 'last';
  readonly when: Condition | null;
}

export const FORMATS = ['csv', 'json', 'jsonl'] as const;
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-1', 'iso-8859-15'] as const;
export const QUOTES = ['strict', 'relaxed', 'none'] as const;

export interface FilePlan {
  readonly pointer: string;
  /** Null when the mapping has one file only: then it is the file given to the command. */
  readonly name: string | null;
  /** Null: by the file's name. */
  readonly format: (typeof FORMATS)[number] | null;
  readonly encoding: (typeof ENCODINGS)[number];
  /** Null: found from the first rows. */
  readonly delimiter: string | null;
  readonly quotes: (typeof QUOTES)[number];
  readonly headerRow: number;
  /** For a file without a header. */
  readonly columns: readonly string[] | null;
  /** Where the array of rows stands in a JSON file; empty: the whole file is the array. */
  readonly at: Path;
  readonly updatedAt: ValuePlan | null;
  readonly lets: readonly (readonly [string, ValuePlan])[];
  readonly joins: readonly JoinPlan[];
  readonly ignore: readonly { readonly when: Condition; readonly because: string }[];
  readonly yields: readonly YieldPlan[];
  /** Every place of the row that the mapping names, with the pointer that names it: columns are checked before the first row. */
  readonly used: readonly { readonly path: Path; readonly text: string; readonly pointer: string }[];
}

export interface MappingPlan {
  readonly source: string;
  readonly about: string | null;
  readonly language: string | null;
  /** Names of authorities that the product does not know, by code. */
  readonly authorities: Readonly<Record<string, string>>;
  readonly files: readonly FilePlan[];
}
