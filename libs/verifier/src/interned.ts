const latin1 = new TextDecoder('latin1');

/** ASCII text as it stands in an entry. */
export const asciiAt = (bytes: Uint8Array, from: number, to: number): string => latin1.decode(bytes.subarray(from, to));

/** Numbers for names of which there are few, such as types. */
export class Interned {
  private readonly numbers = new Map<string, number>();
  private readonly names: string[] = [];

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
}
