import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { HttpSigner, type SignerClient } from './signer-client.js';
import type { SignerLog, SignerRefusal, SignRequest } from './signer-words.js';

export interface ChildSettings {
  readonly folder: string;
  readonly origin: string;
  /** How to start it; left out: the file beside this one. */
  readonly command?: readonly string[];
}

const START_MS = 15_000;
/** How long after a broken call it may take until its end is known. */
const EXIT_NOTICE_MS = 200;

interface Started {
  readonly process: ChildProcess;
  readonly client: HttpSigner;
}

/** On a single machine the server starts its signer itself, and again whenever it is needed and not there. */
export class ChildSigner implements SignerClient {
  private current: Promise<Started> | undefined;
  private isClosed = false;

  constructor(private readonly settings: ChildSettings) {}

  log(): Promise<SignerLog> {
    return this.ask((client) => client.log());
  }

  sign(request: SignRequest): Promise<{ note: string } | SignerRefusal> {
    return this.ask((client) => client.sign(request));
  }

  /** The child's id while it runs. */
  async pid(): Promise<number | undefined> {
    return (await this.started()).process.pid;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    const started = await this.current?.catch(() => undefined);
    this.current = undefined;
    if (!started || hasExited(started.process)) return;
    const ended = once(started.process, 'exit');
    // Closing the pipe is how it learns of the end; it has nothing to put away.
    started.process.stdin?.end();
    await ended;
  }

  /** Asks a second time when the child has ended meanwhile: asking twice for one tree gives one note. */
  private async ask<T>(question: (client: HttpSigner) => Promise<T>): Promise<T> {
    const started = await this.started();
    try {
      return await question(started.client);
    } catch (error) {
      const over = AbortSignal.timeout(EXIT_NOTICE_MS);
      const hasEnded = hasExited(started.process) || (await once(started.process, 'exit', { signal: over }).catch(() => false)); // prettier-ignore
      if (!hasEnded || this.isClosed) throw error;
      return question((await this.started()).client);
    }
  }

  private started(): Promise<Started> {
    if (this.isClosed) return Promise.reject(new Error('The signer was closed.'));
    this.current ??= this.start();
    return this.current;
  }

  private async start(): Promise<Started> {
    const { folder, origin } = this.settings;
    const [command = process.execPath, ...args] = this.settings.command ?? sameCommand();
    const token = randomBytes(32).toString('base64url');
    const child = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      // Only what it needs: no secret of the server goes along.
      env: { PATH: process.env['PATH'], SIGNER_DIR: folder, LOG_ORIGIN: origin, SIGNER_TOKEN: token },
    });
    const forget = (): void => void (this.current = undefined);
    child.once('exit', forget);
    child.stdin.on('error', () => undefined);
    try {
      return { process: child, client: new HttpSigner(await addressOf(child), token) };
    } catch (error) {
      forget();
      child.kill('SIGKILL');
      throw error;
    }
  }
}

const hasExited = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

/** As this very file runs: built, or from its sources with what turns them into modules. */
const sameCommand = (): string[] => {
  const file = import.meta.url.endsWith('.ts') ? './signer-main.ts' : './signer-main.js';
  const how = process.execArgv.filter((each) => !each.startsWith('--inspect'));
  return [process.execPath, ...how, fileURLToPath(new URL(file, import.meta.url))];
};

/** Its first line. @throws Error with what it said instead. */
const addressOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => reject(new Error('The signer does not start.')), START_MS);
    const failed = (why: string): void => {
      clearTimeout(timer);
      reject(new Error(why));
    };
    child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)));
    child.once('error', (error) => failed(`The signer cannot be started: ${error.message}`));
    child.once('close', () => failed(`The signer does not start. ${said.trim()}`));
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).once('line', (line) => {
      clearTimeout(timer);
      resolve(line);
    });
  });
