/**
 * Words that stand nowhere but in one field of one request. Where one turns up, that field was shown. Plain letters and
 * figures, so that no escaping (HTML, JSON, CSV, an address) changes them.
 */
export class Canaries {
  private readonly places: string[] = [];

  /** @param where which field of which request it stands in: `POST /decisions reason`. */
  in(where: string): string {
    this.places.push(where);
    return `Qz${(this.places.length - 1).toString(36).padStart(4, '0')}zq`;
  }

  /** The fields whose words stand in a text, in whatever letter case. Signatures hold such letters by chance: no field is theirs. */
  found(text: string): string[] {
    return [...new Set([...text.matchAll(/qz([0-9a-z]{4})zq/gi)].flatMap(([, n = '']) => this.places[parseInt(n, 36)] ?? []))]; // prettier-ignore
  }

  all(): { readonly word: string; readonly where: string }[] {
    return this.places.map((where, n) => ({ where, word: `Qz${n.toString(36).padStart(4, '0')}zq` }));
  }
}
