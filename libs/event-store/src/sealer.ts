import type { Json } from '#kernel/personal';
import type { SealedField } from './leaf.js';

/** What the recorder needs of the vault: keys per data subject and stream, and ciphertexts that are durable before the append. */
export interface Sealer {
  /** The key of each subject in this stream, made on first use and durable when this resolves. */
  keysFor(subjects: readonly string[], stream: string): Promise<ReadonlyMap<string, AnnouncedKey>>;
  /** Seals and stores; resolves when the ciphertexts are durable. Same input, same bytes. */
  seal(fields: readonly FieldToSeal[]): Promise<readonly SealedField[]>;
}

/** A key as the log may know it: its id, and a hash that binds the id to the key without telling it. */
export interface AnnouncedKey {
  readonly kid: string;
  readonly commitment: string;
}

export interface FieldToSeal {
  readonly eventId: string;
  readonly type: string;
  readonly pointer: string;
  readonly kid: string;
  readonly value: Json;
}

/** What the vault calls the part of a stream that is about one thing: its keys are its own, and its events are the stream's. */
export const partOf = (stream: string, item: string): string => `${stream}#${item}`;

export const streamOfPart = (part: string): string => part.split('#')[0] ?? part;

export const itemOfPart = (part: string): string | undefined => part.split('#')[1];
