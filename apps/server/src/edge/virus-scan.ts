import { connect, type Socket } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../config.js';
import { CONFIG } from '../shell/config-token.js';

/** `unchecked`: a scanner is set and does not answer. `none`: none is set. */
export type Scanned = 'clean' | 'infected' | 'unchecked' | 'none';

/** Milliseconds; a large recording takes a scanner a while. */
const PATIENCE = 20_000;
const CHUNK = 65_536;

/** Asks clamd about a file (its INSTREAM command), where the operator set CLAMD. What cannot be checked never counts as clean. */
@Injectable()
export class VirusScan {
  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'clamd'>) {}

  async scan(bytes: Uint8Array): Promise<Scanned> {
    const { clamd } = this.config;
    if (!clamd) return 'none';
    const answer = await ask(connect(clamd), bytes).catch(() => '');
    if (answer === 'stream: OK') return 'clean';
    return answer.endsWith(' FOUND') ? 'infected' : 'unchecked';
  }
}

const ask = (socket: Socket, bytes: Uint8Array): Promise<string> =>
  new Promise((resolve, reject) => {
    const got: Buffer[] = [];
    socket.setTimeout(PATIENCE, () => socket.destroy(new Error('no answer')));
    socket.on('data', (chunk: Buffer) => got.push(chunk));
    socket.on('error', reject);
    socket.on('end', () => resolve(Buffer.concat(got).toString('latin1').replace('\0', '').trim()));
    socket.on('close', () => reject(new Error('closed')));
    socket.write('zINSTREAM\0');
    for (let from = 0; from < bytes.length; from += CHUNK) {
      const part = bytes.subarray(from, from + CHUNK);
      socket.write(sizeOf(part.length));
      socket.write(part);
    }
    socket.write(sizeOf(0));
  });

const sizeOf = (length: number): Buffer => {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(length);
  return size;
};
