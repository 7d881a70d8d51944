import type { BundleFiles } from './bundle-files.js';

const USUAL = 262_144;
const LARGEST = 16_777_216;

/** What was read, and whether it lies in memory that is ours. */
export interface ReadInRoom {
  readonly bytes: Uint8Array;
  readonly isOurs: boolean;
}

/** Memory that files are read into, again and again: fresh memory for each costs more than to read it. */
export class Rooms {
  private readonly free: Uint8Array[] = [];
  private size = USUAL;

  async read(files: BundleFiles, path: string): Promise<ReadInRoom> {
    const room = this.take();
    const bytes = await files.read(path, room);
    const isOurs = bytes.buffer === room.buffer;
    if (!isOurs) this.free.push(room);
    if (bytes.length >= this.size) this.size = Math.min(LARGEST, bytes.length * 2);
    return { bytes, isOurs };
  }

  /** To be called with what nobody looks at any more. */
  giveBack({ bytes, isOurs }: ReadInRoom): void {
    if (isOurs) this.free.push(new Uint8Array(bytes.buffer));
  }

  private take(): Uint8Array {
    const room = this.free.pop();
    return room && room.length >= this.size ? room : new Uint8Array(this.size);
  }
}
