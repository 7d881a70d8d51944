import { createHash, randomUUID } from 'node:crypto';

/** RFC 9562 §5.5: a UUID that follows from a namespace and a name, so that a retried command makes the same ids. */
export const uuid5 = (namespace: string, name: string): string => {
  const digest = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest();
  const bytes = digest.subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

export const eventId = (commandId: string, index: number): string => uuid5(commandId, String(index));

/** The id of the thing a command creates: the same command creates the same thing. */
export const createdId = (commandId: string, what: string): string => uuid5(commandId, what);

export const randomId = (): string => randomUUID();

const COMMANDS = '6f1d1c0e-7a35-5d0b-9d7e-0c5a4b1f7e21';

/** One command per actor, route and Idempotency-Key. Nothing the client chose can be read back from it. */
export const commandId = (actor: string, route: string, key: string): string =>
  uuid5(COMMANDS, JSON.stringify([actor, route, key]));
