import { fromBase64 } from '#transparency-log/base64';
import { HASH_BYTES } from '#transparency-log/sha256';
import { MACHINE_CODE } from './machine-code.js';
import { ROW, type Rows } from './row.js';

/** What ../assembly/index.ts exports: addresses and numbers. */
export interface Code {
  readonly memory: { readonly buffer: ArrayBuffer };
  open(length: number): number;
  split(length: number): number;
  splitEnd(): number;
  scan(count: number): void;
  hashLeaves(count: number): void;
  rootOver(count: number): void;
  rowsAt(): number;
  extraAt(): number;
  extraLength(): number;
  hashesAt(): number;
  scratchAt(): number;
  remember(most: number, looksAtSealed: number): void;
  addType(length: number, number: number, flags: number, kind: number): number;
  addCategory(length: number, number: number, first: number): number;
  judge(from: number, to: number, first: number, passed: number): number;
  readonly reason: { readonly value: number };
  readonly said: { readonly value: number };
  readonly typeNumber: { readonly value: number };
  readonly nextNumber: { readonly value: number };
  readonly earlier: { readonly value: number };
  readonly sealedCount: { readonly value: number };
  warm(count: number): number;
  keepText(length: number): number;
  addStep(type: number, kind: number, path: number, text: number, number: number, where: number, texts: number): number;
  handOver(stream: number): number;
  stateOf(stream: number): number;
  isLinked(stream: number, id: number): number;
  link(stream: number, id: number): void;
  unlink(stream: number, id: number): number;
  member(row: number, name: number, length: number): number;
  readKid(at: number, out: number): number;
  findStream(category: number): number;
  newStream(): number;
  streamOf(category: number): number;
  readStream(stream: number): number;
  streamsSoFar(): number;
  follow(stream: number, revision: number): number;
  placeIn(stream: number, command: number): number;
  isIdOf(id: number, command: number, place: number): number;
  findId(id: number): number;
  putId(id: number, number: number): number;
  findKey(kid: number): number;
  newKey(stream: number): number;
  putKey(kid: number, stream: number): number;
  streamOfKey(key: number): number;
  destroyKey(key: number): void;
  isBegun(stream: number): number;
  begin(stream: number): void;
}
/** As much of it as is used; every browser that can check Ed25519 has it. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

let compiled: object | undefined;

/** WebAssembly with the bytes of one file of entries in its memory. Where a result lies is overwritten by the next file. */
export class Machine {
  readonly code: Code;
  private bytes = new Uint8Array();
  private opened: Uint8Array | undefined;
  private words = new Int32Array();

  constructor() {
    compiled ??= new WebAssembly.Module(fromBase64(MACHINE_CODE));
    this.code = new WebAssembly.Instance(compiled).exports as Code;
  }

  /** All of its memory, which is another array after it has grown. */
  get memory(): Uint8Array {
    const { buffer } = this.code.memory;
    if (this.bytes.buffer !== buffer) this.bytes = new Uint8Array(buffer);
    return this.bytes;
  }
  get ints(): Int32Array {
    const { buffer } = this.code.memory;
    if (this.words.buffer !== buffer) this.words = new Int32Array(buffer);
    return this.words;
  }

  private copy(at: number, length: number): Uint8Array<ArrayBuffer> {
    return this.memory.slice(at, at + length);
  }

  /** Takes a file of entries. @returns how many lie in it, and whether it ends as it should. */
  open(bytes: Uint8Array): { readonly count: number; readonly isBroken: boolean } {
    this.opened = bytes;
    const at = this.code.open(bytes.length);
    this.memory.set(bytes, at);
    const count = this.code.split(bytes.length);
    return { count, isBroken: this.code.splitEnd() !== bytes.length };
  }

  /** Reads that many entries of it. */
  scan(count: number): void {
    this.code.scan(count);
  }

  rows(count: number): Int32Array {
    return new Int32Array(this.copy(this.code.rowsAt(), count * ROW * 4).buffer);
  }

  extra(): Int32Array {
    return new Int32Array(this.copy(this.code.extraAt(), this.code.extraLength() * 4).buffer);
  }

  /** A file that was read before, here or elsewhere. */
  reopen({ bytes, rows, extra }: Rows): void {
    if (this.opened === bytes) return;
    this.opened = bytes;
    const at = this.code.open(bytes.length);
    this.memory.set(bytes, at);
    this.ints.set(rows, this.code.rowsAt() / 4);
    this.ints.set(extra, this.code.extraAt() / 4);
  }

  /** The hashes of that many entries. The bytes before them are not what they were after that. */
  hashLeaves(count: number): Uint8Array {
    this.code.hashLeaves(count);
    return this.copy(this.code.hashesAt(), count * HASH_BYTES);
  }

  /** The root over that many hashes: 1, 2, 4, … of them, 256 at most. */
  rootOver(hashes: Uint8Array): Uint8Array {
    const at = this.code.hashesAt();
    this.memory.set(hashes, at);
    this.code.rootOver(hashes.length / HASH_BYTES);
    return this.copy(at, HASH_BYTES);
  }
}
