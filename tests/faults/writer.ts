import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { StoreUnavailable } from '#event-store/event-store';
import { openThings } from './things.js';

/**
 * A process that records until it is killed or has done `most` commands: `writer.ts <folder> <writers> <most> [stream]`.
 * It says `ack <command> <position> <n>` only after a command was acknowledged, and `no <command> <n>` when it was refused as unavailable.
 */
const [folder = '', writers = '64', most = 'Infinity', shared] = process.argv.slice(2);
const things = openThings(folder);
let started = 0;
const limit = Number(most);
const say = (line: string): void => void writeSync(1, `${line}\n`);

const write = async (writer: number): Promise<void> => {
  const stream = shared ?? `w${writer}-${randomUUID()}`;
  while (started < limit) {
    const n = started++;
    const command = randomUUID();
    try {
      const { position } = await things.note(stream, command, n);
      say(`ack ${command} ${position} ${n}`);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      say(`no ${command} ${n}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
};
say('open');
await Promise.all(Array.from({ length: Number(writers) }, (_, writer) => write(writer)));
say(`status ${JSON.stringify(await things.store.status())}`);
await things.close();
say('closed');
