import { utf8 } from '#transparency-log/bytes';
import { KID_LENGTH, readKid } from './byte-words.js';
import { WordTable } from './word-table.js';

interface Named {
  readonly number: number;
  readonly isNew: boolean;
}

/** Numbers for keys, from 0, as they are announced. Nearly all ids are 16 bytes in base64url; the rest is kept as text. */
export class KidNames {
  private readonly regular: WordTable;
  private readonly odd = new Map<string, number>();
  private readonly words = new Int32Array(4);
  private count = 0;

  constructor(most: number) {
    this.regular = new WordTable(most);
  }

  findWords(ints: Int32Array, at: number): number {
    return this.regular.find(ints, at);
  }

  find(kid: string): number {
    return this.isRegular(kid) ? this.regular.find(this.words, 0) : (this.odd.get(kid) ?? -1);
  }

  /** Reads the id that stands there; `putRead` then gives it a number. @returns whether there is a regular one. */
  readWords(bytes: Uint8Array, at: number): boolean {
    return readKid(bytes, at, this.words, 0);
  }

  putRead(): Named {
    const known = this.regular.put(this.words, 0, this.count);
    return known >= 0 ? { number: known, isNew: false } : { number: this.count++, isNew: true };
  }

  put(kid: string): Named {
    if (this.isRegular(kid)) return this.putRead();
    const known = this.odd.get(kid);
    if (known !== undefined) return { number: known, isNew: false };
    this.odd.set(kid, this.count);
    return { number: this.count++, isNew: true };
  }

  private isRegular(kid: string): boolean {
    return kid.length === KID_LENGTH && kid.isWellFormed() && this.readWords(utf8(kid), 0);
  }
}
