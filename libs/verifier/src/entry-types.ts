import { kindOf } from './envelope.js';
import { Interned } from './interned.js';
import { TYPE_AT, TYPE_END } from './row.js';
import type { RowEntry } from './row-entry.js';

/** What is known of a type of entry before one of them is read. */
export interface EntryType {
  readonly name: string;
  /** Without its version. */
  readonly kind: string;
  readonly announcesKey: boolean;
  readonly erases: boolean;
}

/** Types by their numbers: there are a few dozen. */
export class EntryTypes {
  private readonly names = new Interned();
  private readonly types: EntryType[] = [];

  ofRow(entry: RowEntry): EntryType {
    return this.numbered(this.names.at(entry.bytes, entry.int(TYPE_AT), entry.int(TYPE_END)));
  }

  of(name: string): EntryType {
    return this.numbered(this.names.of(name));
  }

  private numbered(number: number): EntryType {
    const known = this.types[number];
    if (known) return known;
    const name = this.names.name(number);
    const kind = kindOf(name);
    const type = { name, kind, announcesKey: kind === 'subject-key-created', erases: kind === 'subject-erased' };
    this.types[number] = type;
    return type;
  }
}
