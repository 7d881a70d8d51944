import type { Path } from '../mapping/path.js';
import { failure } from './bytes.js';
import { MAX_ROW, type Rows, type SourceRow } from './rows.js';
import { EncodingError } from './text.js';

/**
 * The elements of one array in a JSON document of any size: the array at the top, or the one at a stated path. Only one
 * element is held at a time.
 * @throws ImportFailure when the document is broken or the array is not there.
 */
export async function* readJsonArray(texts: AsyncIterable<string>, at: Path, name: string): Rows {
  const splitter = new ArraySplitter(at, name);
  try {
    for await (const text of texts) {
      const rows = splitter.push(text);
      if (rows.length > 0) yield rows;
    }
  } catch (error) {
    if (error instanceof EncodingError) throw failure(name, error.code, error.message, splitter.row + 1);
    throw error;
  }
  splitter.end();
}

interface Level {
  readonly array: boolean;
  key: string;
  /** In an object: the next string is a key. */
  expectKey: boolean;
}

/** Follows brackets and strings, no more: the elements themselves are read by JSON.parse. */
class ArraySplitter {
  row = 0;
  private readonly levels: Level[] = [];
  private inString = false;
  private escaped = false;
  /** Text of the key that is being read; keys are short, other strings outside elements are not kept. */
  private key: string | null = null;
  private found = false;
  private finished = false;
  /** Depth of the array's own level while its elements are read. */
  private depth = -1;
  private element = '';
  private started = false;

  constructor(
    private readonly at: Path,
    private readonly name: string,
  ) {}

  push(text: string): readonly SourceRow[] {
    const rows: SourceRow[] = [];
    let from = 0;
    for (let index = 0; index < text.length; index++) {
      const character = text.charAt(index);
      if (this.inString) {
        if (this.stringGoesOn(character)) continue;
      } else if (character === '"') this.startString();
      else if (character === '{' || character === '[') {
        this.open(character === '[');
        if (this.depth === this.levels.length && !this.started) {
          this.started = true;
          from = index + 1;
        }
      } else if (character === '}' || character === ']') {
        if (this.depth >= 0 && this.levels.length === this.depth) {
          rows.push(...this.complete(text.slice(from, index), true));
          this.finished = true;
          this.depth = -1;
        }
        this.close(character === ']');
      } else if (character === ',') {
        if (this.depth >= 0 && this.levels.length === this.depth) {
          rows.push(...this.complete(text.slice(from, index), false));
          from = index + 1;
        }
        const level = this.levels.at(-1);
        if (level && !level.array) level.expectKey = true;
      } else this.other(character);
    }
    if (this.depth >= 0) this.element += text.slice(from);
    if (this.element.length > MAX_ROW)
      throw failure(this.name, 'row-too-long', `This element is longer than ${MAX_ROW} characters.`, this.row + 1);
    return rows;
  }

  end(): void {
    if (!this.found) {
      const where = this.at.length === 0 ? 'at the top' : `at “${this.at.join('.')}”`;
      throw failure(
        this.name,
        'json-no-array',
        `There is no list ([…]) ${where} of this JSON. Say where the rows are with "at".`,
      );
    }
    if (this.levels.length > 0)
      throw failure(
        this.name,
        'json-cut-off',
        'This JSON ends too early: it was cut off. Get the whole file.',
        this.row + 1,
      );
  }

  private stringGoesOn(character: string): boolean {
    if (this.escaped) this.escaped = false;
    else if (character === '\\') this.escaped = true;
    else if (character === '"') {
      this.inString = false;
      this.endString();
      return false;
    }
    if (this.key !== null && this.key.length < 1_000) this.key += character;
    return true;
  }

  private startString(): void {
    this.inString = true;
    const level = this.levels.at(-1);
    this.key = this.depth < 0 && level && !level.array && level.expectKey ? '' : null;
  }

  private endString(): void {
    const level = this.levels.at(-1);
    if (this.key === null || !level) return;
    level.key = JSON.parse(`"${this.key}"`) as string;
    level.expectKey = false;
    this.key = null;
  }

  private open(array: boolean): void {
    if (this.finished && this.levels.length === 0) throw this.broken();
    const here = !this.found && array && this.isWanted();
    this.levels.push({ array, key: '', expectKey: !array });
    if (!here) return;
    this.found = true;
    this.depth = this.levels.length;
  }

  private isWanted(): boolean {
    return (
      this.levels.length === this.at.length &&
      this.levels.every(({ array, key }, index) => !array && key === this.at[index])
    );
  }

  private close(array: boolean): void {
    if (this.levels.pop()?.array !== array) throw this.broken();
  }

  private other(character: string): void {
    if (this.levels.length === 0 && !/\s/.test(character)) throw this.broken();
  }

  private complete(tail: string, last: boolean): readonly SourceRow[] {
    const text = (this.element + tail).trim();
    this.element = '';
    if (text === '' && last && this.row === 0) return [];
    this.row++;
    let record: unknown;
    try {
      record = JSON.parse(text);
    } catch {
      throw this.broken();
    }
    if (typeof record === 'object' && record !== null && !Array.isArray(record))
      return [{ row: this.row, record: record as Record<string, unknown> }];
    const problem = { code: 'not-an-object', message: 'This element of the list is not an object ({…}).' };
    return [{ row: this.row, record: null, raw: record, problem }];
  }

  private broken(): Error {
    return failure(
      this.name,
      'json-broken',
      'This is not correct JSON from here on. Correct the file or export it again.',
      Math.max(1, this.row),
    );
  }
}
