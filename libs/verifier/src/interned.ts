const latin1 = new TextDecoder('latin1');

/** ASCII text as it stands in an entry. */
export const asciiAt = (bytes: Uint8Array, from: number, to: number): string => latin1.decode(bytes.subarray(from, to));

interface Known {
  readonly bytes: Uint8Array;
  readonly number: number;
}

/** Places for names that were met before; a power of two. */
const PLACES = 512;

/** Numbers for names of which there are few, such as types: most are told from their bytes, without making a text. */
export class Interned {
  private readonly numbers = new Map<string, number>();
  private readonly names: string[] = [];
  private readonly known: (Known | undefined)[] = new Array<undefined>(PLACES).fill(undefined);

  name(number: number): string {
    return this.names[number] as string;
  }

  /** The number of a name; a new one for a new name. */
  of(name: string): number {
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    this.names.push(name);
    this.numbers.set(name, this.names.length - 1);
    return this.names.length - 1;
  }

  /** The number of a name, if it has one. */
  find(name: string): number | undefined {
    return this.numbers.get(name);
  }

  /** The same for ASCII bytes. */
  at(bytes: Uint8Array, from: number, to: number): number {
    const middle = (from + to) >> 1;
    const mixed = ((bytes[from] as number) * 31 + (bytes[middle] as number)) * 31 + (bytes[to - 4] as number) * 7 + (to - from); // prettier-ignore
    const place = (mixed + (bytes[middle + 1] as number) * 131) & (PLACES - 1);
    const known = this.known[place];
    if (known && known.bytes.length === to - from) {
      let same = 0;
      while (same < known.bytes.length && known.bytes[same] === bytes[from + same]) same += 1;
      if (same === known.bytes.length) return known.number;
    }
    const number = this.of(asciiAt(bytes, from, to));
    this.known[place] = { bytes: bytes.slice(from, to), number };
    return number;
  }
}
