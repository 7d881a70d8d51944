import { Buffer } from 'node:buffer';
import type { MasterKey } from '#vault/master-key';

/** Letters; no browser keeps a longer cookie. */
const LONGEST = 4096;

/** A cookie only this server can read or make, with a purpose of its own and an end. */
export class SealedCookie<T extends object> {
  constructor(
    private readonly master: MasterKey,
    private readonly purpose: string,
    /** How long it counts, in milliseconds. */
    readonly lifetime: number,
  ) {}

  seal(value: T, now: number): string {
    const text = JSON.stringify({ value, until: now + this.lifetime });
    return Buffer.from(this.master.wrap(Buffer.from(text), `cookie ${this.purpose}`)).toString('base64url');
  }

  /** Undefined for anything that was not sealed here, for this purpose, or has ended. */
  open(cookie: string | undefined, now: number): T | undefined {
    const sealed = cookie ?? '';
    if (sealed.length > LONGEST) return undefined;
    try {
      const { value, until } = JSON.parse(
        this.master.unwrap(Buffer.from(sealed, 'base64url'), `cookie ${this.purpose}`).toString('utf8'),
      ) as { value: T; until: number };
      return until > now ? value : undefined;
    } catch {
      return undefined;
    }
  }
}
