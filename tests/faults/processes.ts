import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { decodeLeaf, sealedRefOf } from '#event-store/leaf';
import { openThings, wordsOf } from './things.js';

const here = import.meta.dirname;

export const hasStrace = process.platform === 'linux' && spawnSync('strace', ['-V']).status === 0;

export interface Ack {
  readonly command: string;
  readonly position: string;
  readonly n: number;
}

export interface Child {
  readonly process: ChildProcess;
  readonly acks: Ack[];
  readonly refused: string[];
  readonly lines: string[];
  /** Resolves when the first command was acknowledged, or the process ended before. */
  readonly firstAck: Promise<void>;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; errors: string }>;
}

/** Starts a TypeScript file of this folder as a process of its own; `before` is a command to run it under (strace, sh). */
export const start = (file: string, args: readonly string[], before: readonly string[] = []): Child => {
  const [command = '', ...rest] = [
    ...before, process.execPath, '--no-warnings', '--import', join(here, 'typescript.mjs'), join(here, file), ...args,
  ]; // prettier-ignore
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  const [acks, refused, lines]: [Ack[], string[], string[]] = [[], [], []];
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  let sawFirst: () => void = () => undefined;
  const firstAck = new Promise<void>((resolve) => (sawFirst = resolve));
  let rest_ = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const parts = (rest_ + chunk.toString()).split('\n');
    rest_ = parts.pop() ?? '';
    for (const line of parts) {
      const [word, id = '', position = '', n = ''] = line.split(' ');
      if (word === 'ack') acks.push({ command: id, position, n: Number(n) });
      else if (word === 'no') refused.push(id);
      else lines.push(line);
      if (word === 'ack') sawFirst();
    }
  });
  const ended = new Promise<Awaited<Child['ended']>>((resolve) =>
    child.on('close', (code, signal) => {
      sawFirst();
      resolve({ code, signal, errors });
    }),
  );
  return { process: child, acks, refused, lines, firstAck, ended };
};

export interface Findings {
  readonly lost: string[];
  readonly unreadable: string[];
  readonly twice: string[];
  readonly gaps: string[];
  readonly events: number;
  readonly corrupt: string;
}

/** Opens the log and the vault as a restart would, and compares them with what was acknowledged. */
export const inspect = async (folder: string, acks: readonly Ack[]): Promise<Findings> => {
  const raw = new DatabaseSync(join(folder, 'events.db'));
  const corrupt = Object.values(raw.prepare('PRAGMA integrity_check').get() as Record<string, string>).join();
  raw.close();
  const things = openThings(folder);
  const byCommand = new Map<string, string>();
  const found = {
    lost: [] as string[],
    unreadable: [] as string[],
    twice: [] as string[],
    gaps: [] as string[],
    events: 0,
    corrupt,
  };
  const next = new Map<string, number>();
  for await (const event of things.store.readAll()) {
    found.events++;
    if (Number(event.position) !== found.events) found.gaps.push(`position ${event.position} is event ${found.events}`);
    const wanted = next.get(event.stream) ?? 0;
    if (event.revision !== wanted) found.gaps.push(`${event.stream} has ${event.revision} after ${wanted - 1}`);
    next.set(event.stream, wanted + 1);
    if (event.type !== 'noted.v1') continue;
    const leaf = decodeLeaf(event.leaf);
    if (byCommand.has(leaf.cause.command)) found.twice.push(leaf.cause.command);
    byCommand.set(leaf.cause.command, event.position);
    const field = leaf.sealed['/note'];
    const opened = field && things.vault.open(sealedRefOf(leaf, '/note', field));
    // Also of what was never acknowledged: an event without its words would be worse than none.
    if (opened?.state !== 'readable' || opened.value !== wordsOf((leaf.data as { n: number }).n))
      found.unreadable.push(leaf.id);
  }
  for (const { command, position } of acks) if (byCommand.get(command) !== position) found.lost.push(command);
  await things.close();
  return found;
};

export const whole = { lost: [], unreadable: [], twice: [], gaps: [], corrupt: 'ok' };
