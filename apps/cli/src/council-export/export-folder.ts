import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { syncFolder } from '#vault/key-files';

export interface WrittenFile {
  readonly name: string;
  readonly bytes: number;
  /** SHA-256 in hex, as `sha256sum` writes it. */
  readonly sha256: string;
}

/** Gathered before it is written: one write for each line would cost more than all else. */
const CHUNK = 1_048_576;

/** A file that is written from its beginning to its end and hashed on the way; nobody else on the machine can read it. */
export class ExportFile {
  private readonly file: number;
  private readonly hash = createHash('sha256');
  private waiting: Buffer[] = [];
  private waits = 0;
  private bytes = 0;

  constructor(
    folder: string,
    private readonly name: string,
  ) {
    this.file = openSync(join(folder, name), 'wx', 0o600);
  }

  write(text: string | Uint8Array): void {
    const bytes = typeof text === 'string' ? Buffer.from(text, 'utf8') : Buffer.from(text);
    this.hash.update(bytes);
    this.waiting.push(bytes);
    this.waits += bytes.length;
    this.bytes += bytes.length;
    if (this.waits >= CHUNK) this.flush();
  }

  finish(): WrittenFile {
    this.flush();
    fsyncSync(this.file);
    closeSync(this.file);
    return { name: this.name, bytes: this.bytes, sha256: this.hash.digest('hex') };
  }

  abandon(): void {
    closeSync(this.file);
  }

  private flush(): void {
    const bytes = Buffer.concat(this.waiting);
    for (let at = 0; at < bytes.length;) at += writeSync(this.file, bytes, at);
    [this.waiting, this.waits] = [[], 0];
  }
}

/** A new folder that gets its name when all of it is there. What was cut off, or refused, leaves nothing behind that looks whole. */
export class ExportFolder {
  private readonly partial: string;
  private readonly files = new Map<string, ExportFile>();
  private readonly done: WrittenFile[] = [];

  /** @throws Error when there is something of that name: nothing is ever written over. */
  constructor(private readonly folder: string) {
    if (existsSync(folder)) throw new Error(`${folder} is there already. Nothing is written over: name a new folder.`);
    this.partial = `${folder}.partial`;
    rmSync(this.partial, { recursive: true, force: true });
    mkdirSync(this.partial, { mode: 0o700 });
  }

  /** Open until the end: lines may be added to several in turns. */
  file(name: string): ExportFile {
    const file = this.files.get(name) ?? new ExportFile(this.partial, name);
    this.files.set(name, file);
    return file;
  }

  /** Written at once and closed: of these there may be many. */
  whole(name: string, bytes: string | Uint8Array): void {
    mkdirSync(dirname(join(this.partial, name)), { recursive: true, mode: 0o700 });
    const file = new ExportFile(this.partial, name);
    file.write(bytes);
    this.done.push(file.finish());
  }

  /** Every file so far, closed, in the order of their names. */
  close(): readonly WrittenFile[] {
    for (const file of this.files.values()) this.done.push(file.finish());
    this.files.clear();
    return [...this.done].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  giveName(): void {
    syncFolder(this.partial);
    renameSync(this.partial, this.folder);
    syncFolder(dirname(this.folder));
  }

  drop(): void {
    for (const file of this.files.values()) file.abandon();
    rmSync(this.partial, { recursive: true, force: true });
  }
}
