import { createHash, randomBytes } from 'node:crypto';

/** 256 bits from the system's own generator, as text that fits a cookie or an address (43 letters). */
export const newSecret = (): string => randomBytes(32).toString('base64url');

export const isSecret = (text: string | undefined): text is string => /^[A-Za-z0-9_-]{43}$/.test(text ?? '');

/** What is kept of a secret. It has 256 random bits, so that nothing slower than SHA-256 is needed. */
export const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
