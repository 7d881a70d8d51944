import { ANNOUNCES, type Book, HAS_STEPS, IS_OF_KEYS, MAY_BEGIN, WANTS_KEYS, WANTS_RULE } from './book.js';
import { kindOf } from './envelope.js';
import { Interned } from './interned.js';
import type { Step } from './rule.js';

/** What is known of a type of entry before one of them is read. */
export interface EntryType {
  readonly name: string;
  /** Without its version. */
  readonly kind: string;
  readonly announcesKey: boolean;
  readonly erases: boolean;
}

/** What the rules of the domain say of types and of kinds of things. */
export interface TypeRules {
  readonly asksAlways: (type: EntryType) => boolean;
  /** What the machine can see by itself. Where all of it is so, nothing else is asked. */
  readonly steps: (type: EntryType) => readonly Step[];
  /** What may stand in a stream before its thing exists. */
  readonly isOfKeys: (kind: string) => boolean;
  /** The number of a kind that something begins with; 0 for every other. */
  readonly birthOf: (kind: string) => number;
}

/** The machine has room for so many, also counting those that it is not told of. */
const MOST_TYPES = 4_096;

/** Types by their numbers: there are a few dozen. */
export class EntryTypes {
  private readonly names = new Interned();
  private readonly types: EntryType[] = [];

  /** `hasKeys`: the bundle holds keys, so that what is announced of them has to be kept. */
  constructor(
    private readonly book: Book,
    private readonly rules: TypeRules,
    private readonly hasKeys: boolean,
    /** The number of a kind of thing. */
    private readonly categoryOf: (letters: string) => number,
  ) {}

  numbered(number: number): EntryType {
    return this.types[number] as EntryType;
  }

  of(name: string): EntryType {
    const number = this.names.of(name);
    return (this.types[number] ??= typeOf(name));
  }

  /** Lets the machine know a type. @returns whether it may; entries of others are read the slower way. */
  add(name: string): boolean {
    const type = this.of(name);
    const length = this.book.name(name);
    if (length === undefined) return false;
    const steps = this.rules.asksAlways(type) ? [] : this.rules.steps(type);
    const flags =
      (this.rules.birthOf(type.kind) > 0 ? MAY_BEGIN : 0) |
      (this.rules.isOfKeys(type.kind) ? IS_OF_KEYS : 0) |
      (type.erases || (type.announcesKey && this.hasKeys) ? WANTS_KEYS : 0) |
      (type.announcesKey && !this.hasKeys ? ANNOUNCES : 0) |
      (this.rules.asksAlways(type) ? WANTS_RULE : 0) |
      (steps.length > 0 ? HAS_STEPS : 0);
    const number = this.names.of(name);
    if (number >= MOST_TYPES) return false;
    if (this.book.code.addType(length, number, flags, this.rules.birthOf(type.kind)) !== 1) return false;
    for (const step of steps) this.book.step(number, step, step.category === undefined ? (step.number ?? 0) : this.categoryOf(step.category));
    return true;
  }
} // prettier-ignore

const typeOf = (name: string): EntryType => {
  const kind = kindOf(name);
  return { name, kind, announcesKey: kind === 'subject-key-created', erases: kind === 'subject-erased' };
};
