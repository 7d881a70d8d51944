import type { Role } from '#kernel/codes';
import type { Refusal } from '#kernel/refusal';
import type { Fields, Shape } from '#kernel/shape';
import type { Toolkit } from './toolkit.events.js';

export interface Option {
  readonly value: string;
  readonly text: string;
}

/** What a field asks for: the form control, the check of the body and the description for programs all follow from it. */
export type Control =
  | { readonly as: 'line' | 'words'; readonly max: number; readonly pattern?: RegExp; readonly wrong?: string }
  | { readonly as: 'number'; readonly min: number; readonly max: number }
  | { readonly as: 'date' }
  | { readonly as: 'yes-no' }
  | { readonly as: 'one'; readonly options: readonly Option[] }
  | { readonly as: 'many'; readonly options: readonly Option[] }
  /** How many of each: people by capacity, answers by level. */
  | { readonly as: 'counts'; readonly options: readonly Option[]; readonly of: string }
  /** A code from a list that the record itself holds. */
  | { readonly as: 'code'; readonly from: CodeList; readonly pattern: RegExp }
  /** Addresses or references, one a line. */
  | { readonly as: 'list'; readonly max: number }
  /** A participant of the same council; kept sealed, with that person's own key. */
  | { readonly as: 'person' }
  /** Participants of the same council, sealed as one list. */
  | { readonly as: 'people' }
  /** Another thing of the record, by its id. */
  | { readonly as: 'thing'; readonly of: readonly Thing[]; readonly only?: 'confirmed' };

export type CodeList = 'pledge' | 'pledge-version' | 'toolkit' | 'toolkit-version' | 'criterion' | 'level';

/** What a fact may refer to, by stream category or, for other facts, by kind. */
export type Thing = 'team' | 'meeting' | 'commitment' | 'serviceChange' | 'contract';

export interface FactField {
  readonly shape: Shape<unknown>;
  readonly control: Control;
  /** The question on the form and the heading on the page. */
  readonly label: string;
  readonly hint?: string;
  /** What to do when it was left out. Undefined: it may be. */
  readonly missing?: string;
  /** Sealed with a key. `public`: words that pages show to everyone; `private`: only to those who act on them. */
  readonly sealed?: 'public' | 'private';
}

export type FactFields = Readonly<Record<string, FactField>>;

/** One event as rules see it: its clear fields, and which sealed ones were given. */
export interface Happened {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** `YYYY-MM-DD` in Europe/London. */
  readonly on: string;
  /** Of the entry; none while it is only being decided. */
  readonly id?: string;
  /** Pseudonymous reference of who wrote it down. */
  readonly by?: string;
}

/** What a rule may know of the thing that a field refers to. */
export interface Around {
  readonly category: string;
  readonly authority?: string;
  readonly team?: string;
  /** Of a meeting: the day on which it begins. */
  readonly startsOn?: string;
  /** Of a promise: whether somebody other than its owner confirmed that it is done, and nothing happened to it since. */
  readonly confirmed: boolean;
}

export interface RuleContext {
  /** What is to be recorded, as it was given (words in the open). */
  readonly data: Readonly<Record<string, unknown>>;
  /** What happened before, first to last. */
  readonly history: readonly Happened[];
  /** What the fields of this fact refer to, by field. */
  readonly around: Readonly<Record<string, Around>>;
  /** Day on which this happened. */
  readonly on: string;
  /** Who writes it down now, as {@link Happened.by}. */
  readonly by?: string;
  /** The toolkit of this self-assessment, if it is one and if there is such a toolkit. */
  readonly toolkit?: Toolkit;
}

export type Rule = (context: RuleContext) => Refusal | undefined;

export interface Derived {
  readonly shapes: Fields;
  readonly of: (context: RuleContext) => Readonly<Record<string, unknown>>;
}

/** One event of a kind: the form that asks for it, and when it may come. */
export interface FactStep {
  readonly event: string;
  /** In addresses: `/record/training/…/attended`. */
  readonly code: string;
  /** On the button and the heading of the form: what one did. */
  readonly title: string;
  /** The event in past tense, as the page of the fact tells it. */
  readonly happened: string;
  readonly fields: FactFields;
  /** Happens at most once. */
  readonly once?: boolean;
  /** May have happened before the first entry: that one only says that it was planned. */
  readonly anyDay?: boolean;
  /** Only after one of these events, beside the birth. */
  readonly after?: readonly string[];
  /** Only by somebody who recorded none of these: nobody confirms their own claim. */
  readonly byOther?: readonly string[];
  /** Never after one of these. */
  readonly notAfter?: readonly string[];
  readonly rules?: readonly Rule[];
  /** What the record works out by itself, so that nobody is asked for it. */
  readonly derived?: Derived;
}

/** Something that people did for the pledge and that can be recorded: one small definition, from which all else follows. */
export interface FactKind {
  /** In addresses: `/record/training`. */
  readonly code: string;
  /** Stream category in camelCase. */
  readonly category: string;
  /** What it is called in lists. */
  readonly name: string;
  /** One plain sentence on the page where one chooses what to record. */
  readonly about: string;
  readonly birth: FactStep;
  readonly steps: readonly FactStep[];
  /** Rows of the pledge that it is evidence for. */
  readonly pledge: readonly string[];
  readonly roles: readonly Role[];
  /** Only those who record for the council may see the page of one. What it counts is public. */
  readonly isPrivate?: boolean;
  /** The team must be named, not only the council. */
  readonly needsTeam?: boolean;
}

export interface FactGroup {
  readonly code: string;
  readonly title: string;
  readonly kinds: readonly FactKind[];
}

export const stepsOf = ({ birth, steps }: FactKind): readonly FactStep[] => [birth, ...steps];

/** The shapes of an event's data; every birth also says whose it is. */
export const shapesOf = ({ fields, derived }: FactStep): Fields => ({
  ...Object.fromEntries(Object.entries(fields).map(([name, { shape }]) => [name, shape])),
  ...derived?.shapes,
});
