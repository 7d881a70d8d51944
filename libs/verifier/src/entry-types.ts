import { ANNOUNCES, type Book, IS_OF_KEYS, MAY_BEGIN, WANTS_KEYS, WANTS_RULE } from './book.js';
import { kindOf } from './envelope.js';
import { Interned } from './interned.js';

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
  readonly hasRule: (type: EntryType) => boolean;
  /** What may stand in a stream before its thing exists. */
  readonly isOfKeys: (kind: string) => boolean;
  /** The number of a kind that something begins with; 0 for every other. */
  readonly birthOf: (kind: string) => number;
}

/** Types by their numbers: there are a few dozen. */
export class EntryTypes {
  private readonly names = new Interned();
  private readonly types: EntryType[] = [];

  /** `hasKeys`: the bundle holds keys, so that what is announced of them has to be kept. */
  constructor(
    private readonly book: Book,
    private readonly rules: TypeRules,
    private readonly hasKeys: boolean,
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
    const flags =
      (this.rules.birthOf(type.kind) > 0 ? MAY_BEGIN : 0) |
      (this.rules.isOfKeys(type.kind) ? IS_OF_KEYS : 0) |
      (type.erases || (type.announcesKey && this.hasKeys) ? WANTS_KEYS : 0) |
      (type.announcesKey && !this.hasKeys ? ANNOUNCES : 0) |
      (this.rules.hasRule(type) ? WANTS_RULE : 0);
    return this.book.code.addType(length, this.names.of(name), flags, this.rules.birthOf(type.kind)) === 1;
  }
}

const typeOf = (name: string): EntryType => {
  const kind = kindOf(name);
  return { name, kind, announcesKey: kind === 'subject-key-created', erases: kind === 'subject-erased' };
};
