import { readUtf8, utf8 } from '#transparency-log/bytes';
import { badBundle } from './bundle-files.js';
import { wordsInto } from './event-id.js';
import type { Code, Machine } from './machine.js';
import { KEPT, OF_OURS, STATES, type Step } from './rule.js';
import type { Rows } from './row.js';
import type { Thing } from './thing.js';

/** Why the machine stopped: before an entry, which was not taken, or after one. ../assembly/reasons.ts has the same numbers. */
export const NEW_TYPE = 2;
export const NEW_CATEGORY = 3;
export const HAS_SEALED = 4;
export const TAKEN = 5;

/** What there is to say, or still to do, about an entry that was taken. */
export const GAP = 1;
export const REPEATED = 2;
export const ID_WRONG = 4;
export const CAUSE_UNKNOWN = 8;
export const ID_TWICE = 16;
export const OF_KEYS = 32;
export const OF_BIRTH = 64;
export const HAS_RULE = 128;

/** What a type is, beyond its name. */
export const MAY_BEGIN = 1;
export const IS_OF_KEYS = 2;
export const WANTS_KEYS = 4;
export const WANTS_RULE = 8;
export const ANNOUNCES = 16;
export const HAS_STEPS = 32;

const STREAM_NUMBER = 13;
const ROW_SHIFT = 5;
const LONGEST_NAME = 120;
const LONGEST_STEP = 256;
const ASCII = /^[ -~]*$/;
const KID_LENGTH = 22;
/** Where a command stands behind an id in the scratch, and what is read behind a name. */
const COMMAND = 16;
const BEHIND = 48;
/** What fits into the machine: no table of it may be larger than a gigabyte. */
const MOST = 20_000_000;
const MEMBERS = ['none', 'id', 'other'] as const;

/** What is remembered of all entries so far, in the memory of the machine: numbers for ids, streams and keys. */
export class Book {
  readonly code: Code;
  private readonly scratch: number;
  private readonly members = new Map<string, { readonly at: number; readonly length: number }>();

  /** `most`: so many entries there are at most. @throws VerificationError for more than fit into its memory. */
  constructor(
    private readonly machine: Machine,
    most: number,
    looksAtSealed: boolean,
  ) {
    if (most > MOST) throw badBundle(`this checker can hold ${MOST} entries, and the bundle says that it has more`);
    this.code = machine.code;
    this.scratch = this.code.scratchAt();
    this.code.remember(most, looksAtSealed ? 1 : 0);
  }

  open(file: Rows, count: number): void {
    this.machine.reopen(file);
    this.code.warm(count);
  }

  /** The number of the stream of a row that was taken. */
  streamAt(row: number): number {
    return this.machine.ints[(this.code.rowsAt() >> 2) + (row << ROW_SHIFT) + STREAM_NUMBER] as number;
  }

  /** Puts a name where the machine looks for it. @returns its length; nothing for a name that is too long, or not ASCII. */
  name(name: string): number | undefined {
    if (name.length > LONGEST_NAME || !ASCII.test(name)) return undefined;
    this.machine.memory.set(utf8(name), this.scratch);
    return name.length;
  }

  /** Puts a UUID there. @returns where it stands; nothing for another text. */
  id(id: string): number | undefined {
    return wordsInto(id, this.machine.ints, this.scratch >> 2) ? this.scratch : undefined;
  }

  /** Puts a second one there, of a command; zeros for another text. */
  command(id: string): { readonly at: number; readonly isId: boolean } {
    const at = this.scratch + COMMAND;
    const isId = wordsInto(id, this.machine.ints, at >> 2);
    if (!isId) this.machine.memory.fill(0, at, at + 16);
    return { at, isId };
  }

  /** Whether the data of an entry, which lies in the file that is open, has that member. A UUID is put there. */
  member(row: number, name: string): 'none' | 'id' | 'other' {
    const { at, length } = this.members.get(name) ?? this.keep(name);
    return MEMBERS[this.code.member(row, at, length)] ?? 'other';
  }

  /** As many names as rules ask for. */
  private keep(name: string): { readonly at: number; readonly length: number } {
    const length = this.name(name);
    if (length === undefined) throw new Error(`no member is called ${name}`);
    const kept = { at: this.code.keepText(length), length };
    this.members.set(name, kept);
    return kept;
  }

  /** Lets the machine know what it may see by itself in entries of a type. `number`: of a kind of thing, or of what is kept. */
  step(type: number, { kind, path, text = '', isOfOurs, when }: Step, number: number): void {
    const [where, texts] = [when?.path ?? '', (when?.texts ?? []).map((each) => JSON.stringify(each)).join('')];
    const all = path + text + where + texts;
    if (all.length > LONGEST_STEP) throw new Error('a step of a rule is too long');
    this.machine.memory.set(utf8(all), this.scratch);
    const isAdded = this.code.addStep(type, kind + (isOfOurs ? OF_OURS : 0), path.length, text.length, number, where.length, texts.length); // prettier-ignore
    if (isAdded !== 1) throw new Error('no room for a step of a rule');
  }

  /** What the machine has remembered of the thing of a stream, and will not from now on. */
  handOver(stream: number): Thing {
    const thing: Thing = { state: STATES[this.code.stateOf(stream)] };
    const from = this.code.handOver(stream);
    if (from === 0) return thing;
    let at = from + KEPT.length * 4;
    for (const [number, name] of KEPT.entries()) {
      const length = this.machine.ints[(from >> 2) + number] as number;
      if (length > 0) thing[name] = JSON.parse(readUtf8(this.machine.memory.subarray(at, at + length)));
      at += length;
    }
    return thing;
  }

  /** The same for the id of a key: 16 bytes in base64url. */
  kid(kid: string): number | undefined {
    if (kid.length !== KID_LENGTH || this.name(kid) === undefined) return undefined;
    const to = this.scratch + BEHIND;
    return this.code.readKid(this.scratch, to) === 1 ? to : undefined;
  }

  /** Four words of the scratch; the first of it, where nothing else is said. */
  words(at = this.scratch): Int32Array {
    return this.machine.ints.slice(at >> 2, (at >> 2) + 4);
  }
}
