import { formatSignRequest } from './signer-messages.js';
import type { SignerLog, SignerRefusal, SignRequest } from './signer-words.js';

/** What the server needs of a signer, wherever it runs. Calls reject when it is away: ask again later. */
export interface SignerClient {
  log(): Promise<SignerLog>;
  sign(request: SignRequest): Promise<{ note: string } | SignerRefusal>;
  close(): Promise<void>;
}

const TIMEOUT_MS = 10_000;

/** A signer behind an address. */
export class HttpSigner implements SignerClient {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  log(): Promise<SignerLog> {
    return this.ask('/log');
  }

  sign(request: SignRequest): Promise<{ note: string } | SignerRefusal> {
    return this.ask('/sign', formatSignRequest(request));
  }

  async close(): Promise<void> {
    return;
  }

  private async ask<T>(path: string, body?: string): Promise<T> {
    const response = await fetch(`${this.url.replace(/(?<!\/)\/+$/, '')}${path}`, {
      ...(body !== undefined && { method: 'POST', body }),
      headers: { authorization: `Bearer ${this.token}` },
      // Its token is for it alone.
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer = (await response.json()) as T & { message?: string };
    if (response.ok || response.status === 409) return answer;
    throw new Error(`The signer answers ${response.status}: ${answer.message ?? 'no reason given'}`);
  }
}
