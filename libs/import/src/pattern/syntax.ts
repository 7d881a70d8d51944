/** A pattern as a tree. `set` tests one character; everything else arranges sets. */
export type Node =
  | { readonly kind: 'set'; readonly test: (codePoint: number) => boolean; readonly literal?: string }
  | { readonly kind: 'sequence' | 'either'; readonly of: readonly Node[] }
  | { readonly kind: 'group'; readonly of: Node; readonly index: number }
  | { readonly kind: 'repeat'; readonly of: Node; readonly min: number; readonly max: number; readonly lazy: boolean }
  | { readonly kind: 'assert'; readonly at: Assertion };
export type Assertion = 'start' | 'end' | 'boundary' | 'no-boundary';

/** The pattern cannot be used; the message says what to write instead. */
export class PatternError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PatternError';
  }
}

const MAX_REPEAT = 1000;

export interface Parsed {
  readonly tree: Node;
  readonly groups: number;
}

/**
 * Reads the part of regular-expression syntax that can be matched in linear time: no look-around, no back-references.
 * @throws PatternError
 */
export const parsePattern = (pattern: string): Parsed => {
  const flags = /^\(\?([ims]+)\)/.exec(pattern);
  const source = flags ? pattern.slice(flags[0].length) : pattern;
  return new Parser(source, flags?.[1] ?? '').parse();
};

class Parser {
  private at = 0;
  private groups = 0;

  constructor(
    private readonly source: string,
    private readonly flags: string,
  ) {}

  parse(): Parsed {
    try {
      // The language's own reader finds unbalanced brackets and bad escapes, with messages people can search for.
      new RegExp(this.source, 'u');
    } catch (error) {
      throw new PatternError(`${(error as Error).message.replace(/^Invalid regular expression: /, '')}.`);
    }
    const tree = this.either();
    return { tree, groups: this.groups };
  }

  private either(): Node {
    const options = [this.sequence()];
    while (this.take('|')) options.push(this.sequence());
    return options.length === 1 ? (options[0] as Node) : { kind: 'either', of: options };
  }

  private sequence(): Node {
    const of: Node[] = [];
    while (this.at < this.source.length && !'|)'.includes(this.peek())) of.push(this.quantified(this.atom()));
    return { kind: 'sequence', of };
  }

  private quantified(of: Node): Node {
    const counted = /^\{(\d+)(,(\d*))?\}/.exec(this.source.slice(this.at, this.at + 20));
    let min: number;
    let max: number;
    if (counted) {
      this.at += counted[0].length;
      min = Number(counted[1]);
      max = counted[2] === undefined ? min : counted[3] ? Number(counted[3]) : Infinity;
    } else if (this.take('*')) [min, max] = [0, Infinity];
    else if (this.take('+')) [min, max] = [1, Infinity];
    else if (this.take('?')) [min, max] = [0, 1];
    else return of;
    if (min > MAX_REPEAT || (max !== Infinity && max > MAX_REPEAT))
      throw new PatternError(`A part may be repeated at most ${MAX_REPEAT} times.`);
    return { kind: 'repeat', of, min, max, lazy: this.take('?') };
  }

  private atom(): Node {
    if (this.take('(')) return this.group();
    if (this.take('^')) return { kind: 'assert', at: 'start' };
    if (this.take('$')) return { kind: 'assert', at: 'end' };
    if (this.peek() === '[') return this.set(this.classSource());
    if (this.peek() === '\\') return this.escape();
    const character = String.fromCodePoint(this.source.codePointAt(this.at) ?? 0);
    this.at += character.length;
    return this.set(character, character === '.' ? undefined : character);
  }

  private group(): Node {
    const special = /^\?(:|<[^=!>]+>|<?[=!])/.exec(this.source.slice(this.at));
    if (special?.[1]?.match(/[=!]$/))
      throw new PatternError('Look-ahead and look-behind are not supported: they cannot be matched in linear time.');
    if (special) this.at += special[0].length;
    const index = special?.[1] === ':' ? 0 : ++this.groups;
    const of = this.either();
    this.take(')');
    return index === 0 ? of : { kind: 'group', of, index };
  }

  private escape(): Node {
    const found = /^\\(u\{[^}]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[pP]\{[^}]*\}|c[A-Za-z]|k<|[\s\S])/u.exec(
      this.source.slice(this.at),
    )?.[0];
    const text = found ?? '\\\\';
    if (/^\\([1-9]|k<)/.test(text)) throw new PatternError('References to an earlier group are not supported.');
    this.at += text.length;
    if (text === '\\b') return { kind: 'assert', at: 'boundary' };
    if (text === '\\B') return { kind: 'assert', at: 'no-boundary' };
    return this.set(text, /^\\[^\w\s]$/.test(text) ? text[1] : undefined);
  }

  private classSource(): string {
    const from = this.at;
    while (this.at < this.source.length && this.peek() !== ']') this.at += this.peek() === '\\' ? 2 : 1;
    this.at++;
    return this.source.slice(from, this.at);
  }

  /** One character is tested by the language's own engine, on that character alone, so classes mean what they always mean. */
  private set(source: string, literal?: string): Node {
    const flags = `u${this.flags.includes('i') ? 'i' : ''}${this.flags.includes('s') ? 's' : ''}`;
    const one = new RegExp(`^${source}$`, flags);
    const ascii = Array.from({ length: 128 }, (_, code) => one.test(String.fromCharCode(code)));
    const test = (code: number): boolean => ascii[code] ?? one.test(String.fromCodePoint(code));
    return { kind: 'set', test, ...(literal !== undefined && !this.flags.includes('i') && { literal }) };
  }

  private peek(): string {
    return this.source[this.at] ?? '';
  }

  private take(character: string): boolean {
    if (this.source[this.at] !== character) return false;
    this.at++;
    return true;
  }
}
