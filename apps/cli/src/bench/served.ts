import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SERVER = fileURLToPath(new URL('../../../server/src/main.js', import.meta.url));

/** The product in a process of its own, as people run it. */
export interface Served {
  readonly url: string;
  memory(): { readonly ownMiB: number; readonly mappedMiB: number };
  stop(): Promise<void>;
}

export const serve = (dataDir: string): Promise<Served> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--no-warnings', SERVER], {
      env: { ...process.env, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent', REMINDERS: 'off' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise<void>((done) => child.once('close', () => done()));
    child.once('close', (code) => reject(new Error(`the server ended with ${code}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      const url = /Throughline is at (\S+)/.exec(chunk.toString())?.[1];
      if (!url) return;
      resolve({
        url,
        memory: () => memoryOf(child.pid ?? 0),
        stop: async () => {
          child.kill('SIGTERM');
          await ended;
        },
      });
    });
  });

/** Linux only (proc(5), `RssAnon` and `RssFile`); elsewhere not measured. */
const memoryOf = (pid: number): { ownMiB: number; mappedMiB: number } => {
  const read = (name: string): number => {
    try {
      const kib = new RegExp(`${name}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      return Math.round(Number(kib) / 1024);
    } catch {
      return Number.NaN;
    }
  };
  return { ownMiB: read('RssAnon'), mappedMiB: read('RssFile') };
};
