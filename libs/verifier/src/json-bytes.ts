/** What a byte means inside a text: 0 stands for itself, everything else has to be looked at. */
const PLAIN = 0;
const QUOTE = 1;
const SPECIAL = 2;
const KINDS = new Uint8Array(256).fill(SPECIAL);
KINDS.fill(PLAIN, 0x20, 0x80);
KINDS[0x22] = QUOTE;
KINDS[0x5c] = SPECIAL;

/** After a backslash: the short forms of RFC 8785 §3.2.2.2, which every other form of the same character must give way to. */
const SHORT_FORMS = new Uint8Array(256);
for (const letter of '"\\bfnrt') SHORT_FORMS[letter.charCodeAt(0)] = 1;
const HAVE_SHORT_FORM = [0x08, 0x09, 0x0a, 0x0c, 0x0d];

/** Nesting beyond this is left to the slower reader. */
const DEEPEST = 32;
/** So many digits are always a whole number that is written as it stands. */
const MOST_DIGITS = 15;
export const NO = -1;

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;
const isContinued = (byte: number | undefined, from = 0x80, to = 0xbf): boolean =>
  byte !== undefined && byte >= from && byte <= to;

/**
 * Canonical JSON (RFC 8785) walked as bytes, without making an object of it. Each method takes where something begins
 * and answers where it ends; NO for what is not canonical, and for rare forms that are: names beyond ASCII, fractions,
 * numbers of more than 15 digits, deep nesting. Whoever is told NO asks the slower reader, which knows them all.
 */
export class JsonBytes {
  private readonly view: DataView;
  /** Up to here four bytes can be looked at together. */
  private readonly lastFour: number;

  constructor(readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.lastFour = bytes.length - 4;
  }

  /** From the first byte after the opening quote to the first after the closing one. */
  textEnd(from: number): number {
    const { bytes, view, lastFour } = this;
    let at = from;
    for (;;) {
      // Four at once: the top bit of a byte is set where it is below a blank, a quote, a backslash, or beyond ASCII.
      while (at <= lastFour) {
        const four = view.getInt32(at, true);
        const odd =
          (four - 0x20202020) | ((four ^ 0x22222222) - 0x01010101) | ((four ^ 0x5c5c5c5c) - 0x01010101) | four;
        if ((odd & 0x80808080) !== 0) break;
        at += 4;
      }
      while (KINDS[bytes[at] as number] === PLAIN) at += 1;
      if (bytes[at] === 0x22) return at + 1;
      at = this.specialEnd(at);
      if (at < 0) return NO;
    }
  }

  /** A character that is written with a backslash, or one of several bytes: RFC 3629 §4. */
  private specialEnd(at: number): number {
    const { bytes } = this;
    const first = bytes[at] ?? 0;
    const second = bytes[at + 1];
    if (first === 0x5c) return this.escapeEnd(at);
    if (first < 0xc2 || first > 0xf4) return NO;
    if (first < 0xe0) return isContinued(second) ? at + 2 : NO;
    if (!isContinued(bytes[at + 2])) return NO;
    if (first < 0xf0) return isContinued(second, first === 0xe0 ? 0xa0 : 0x80, first === 0xed ? 0x9f : 0xbf) ? at + 3 : NO; // prettier-ignore
    if (!isContinued(bytes[at + 3])) return NO;
    return isContinued(second, first === 0xf0 ? 0x90 : 0x80, first === 0xf4 ? 0x8f : 0xbf) ? at + 4 : NO;
  }

  private escapeEnd(at: number): number {
    const { bytes } = this;
    const letter = bytes[at + 1] ?? 0;
    if (SHORT_FORMS[letter] === 1) return at + 2;
    if (letter !== 0x75 || bytes[at + 2] !== 0x30 || bytes[at + 3] !== 0x30) return NO;
    const [high = 0, low = 0] = [bytes[at + 4], bytes[at + 5]];
    if (high !== 0x30 && high !== 0x31) return NO;
    const value = isDigit(low) ? low - 0x30 : low >= 0x61 && low <= 0x66 ? low - 0x57 : NO;
    const code = (high - 0x30) * 16 + value;
    return value < 0 || HAVE_SHORT_FORM.includes(code) ? NO : at + 6;
  }

  /** The name of a member, from after its opening quote to its closing one. Plain ASCII only, so that bytes sort as UTF-16 does. */
  nameEnd(from: number): number {
    const { bytes } = this;
    let at = from;
    while (KINDS[bytes[at] as number] === PLAIN) at += 1;
    return bytes[at] === 0x22 ? at : NO;
  }

  valueEnd(at: number, depth = 0): number {
    const first = this.bytes[at];
    if (first === 0x22) return this.textEnd(at + 1);
    if (first === 0x7b) return this.objectEnd(at, depth);
    if (first === 0x5b) return this.listEnd(at, depth);
    if (first === 0x6e) return this.wordEnd(at, 'null');
    if (first === 0x74) return this.wordEnd(at, 'true');
    if (first === 0x66) return this.wordEnd(at, 'false');
    return this.numberEnd(at);
  }

  private wordEnd(at: number, word: string): number {
    for (let next = 1; next < word.length; next += 1) if (this.bytes[at + next] !== word.charCodeAt(next)) return NO;
    return at + word.length;
  }

  /** Whole numbers, and nothing that could be written shorter. */
  numberEnd(from: number): number {
    const { bytes } = this;
    const start = bytes[from] === 0x2d ? from + 1 : from;
    if (bytes[start] === 0x30) return start === from && !isDigit(bytes[start + 1]) ? start + 1 : NO;
    let at = start;
    while (isDigit(bytes[at])) at += 1;
    return at === start || at - start > MOST_DIGITS ? NO : at;
  }

  private listEnd(from: number, depth: number): number {
    const { bytes } = this;
    if (depth >= DEEPEST) return NO;
    if (bytes[from + 1] === 0x5d) return from + 2;
    for (let at = from + 1; ; at += 1) {
      at = this.valueEnd(at, depth + 1);
      if (at < 0) return NO;
      if (bytes[at] === 0x5d) return at + 1;
      if (bytes[at] !== 0x2c) return NO;
    }
  }

  /** Names in ascending order, so none stands there twice. */
  objectEnd(from: number, depth = 0): number {
    const { bytes } = this;
    if (depth >= DEEPEST || bytes[from] !== 0x7b) return NO;
    if (bytes[from + 1] === 0x7d) return from + 2;
    let [lastAt, lastEnd] = [0, -1];
    for (let at = from + 1; ; at += 1) {
      if (bytes[at] !== 0x22) return NO;
      const nameAt = at + 1;
      const nameEnd = this.nameEnd(nameAt);
      if (nameEnd < 0 || bytes[nameEnd + 1] !== 0x3a) return NO;
      if (lastEnd >= 0 && !this.comesBefore(lastAt, lastEnd, nameAt, nameEnd)) return NO;
      [lastAt, lastEnd] = [nameAt, nameEnd];
      at = this.valueEnd(nameEnd + 2, depth + 1);
      if (at < 0) return NO;
      if (bytes[at] === 0x7d) return at + 1;
      if (bytes[at] !== 0x2c) return NO;
    }
  }

  private comesBefore(aAt: number, aEnd: number, bAt: number, bEnd: number): boolean {
    const { bytes } = this;
    for (let [a, b] = [aAt, bAt]; a < aEnd && b < bEnd; a += 1, b += 1)
      if (bytes[a] !== bytes[b]) return (bytes[a] as number) < (bytes[b] as number);
    return aEnd - aAt < bEnd - bAt;
  }

  isAt(at: number, text: Uint8Array): boolean {
    const { bytes } = this;
    for (let next = 0; next < text.length; next += 1) if (bytes[at + next] !== text[next]) return false;
    return true;
  }

  /** Where the value of a member of an object that was walked before begins; its name is the bytes `from` to `to` of `name`. */
  memberAt(objectAt: number, name: Uint8Array, from: number, to: number): number {
    const { bytes } = this;
    if (bytes[objectAt + 1] === 0x7d) return NO;
    for (let at = objectAt + 1; ; at += 1) {
      const nameEnd = this.nameEnd(at + 1);
      let isIt = nameEnd - at - 1 === to - from;
      for (let next = 0; isIt && next < to - from; next += 1) isIt = bytes[at + 1 + next] === name[from + next];
      if (isIt) return nameEnd + 2;
      at = this.valueEnd(nameEnd + 2);
      if (bytes[at] !== 0x2c) return NO;
    }
  }

  private itemAt(listAt: number, from: number, to: number): number {
    const { bytes } = this;
    let place = 0;
    for (let at = from; at < to; at += 1) place = isDigit(bytes[at]) ? place * 10 + (bytes[at] as number) - 0x30 : Number.NaN; // prettier-ignore
    const isOdd = from === to || (bytes[from] === 0x30 && to - from > 1) || !(place < 65_536);
    if (isOdd || bytes[listAt + 1] === 0x5d) return NO;
    let at = listAt + 1;
    for (let passed = 0; passed < place; passed += 1) {
      at = this.valueEnd(at);
      if (bytes[at] !== 0x2c) return NO;
      at += 1;
    }
    return at;
  }

  /** Whether a JSON pointer, which is the bytes `from` to `to`, leads to null in a value that was walked before. */
  leadsToNull(valueAt: number, from: number, to: number): boolean {
    const { bytes } = this;
    let here = valueAt;
    if (bytes[from] !== 0x2f) return false;
    for (let at = from + 1; at <= to && here >= 0;) {
      let end = at;
      while (end < to && bytes[end] !== 0x2f) end += 1;
      if (bytes[here] === 0x7b) here = this.memberAt(here, bytes, at, end);
      else here = bytes[here] === 0x5b ? this.itemAt(here, at, end) : NO;
      at = end + 1;
    }
    return here >= 0 && bytes[here] === 0x6e;
  }
}
