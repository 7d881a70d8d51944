import type { FastifyInstance } from 'fastify';

const LONGEST_PATH = 6;
const MOST_FIELDS = 5_000;
/** Names by which a value could reach what makes objects; libraries that copy bodies follow them. */
const NEVER: readonly string[] = ['__proto__', 'constructor', 'prototype'];

export class UnreadableBody extends Error {
  readonly statusCode = 400;
  constructor(readonly detail: string) {
    super(detail);
    this.name = 'UnreadableBody';
  }
}

/** Bytes that are not UTF-8 are refused, where Fastify's own parser would silently put other letters in their place. */
const decode = (body: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw new UnreadableBody('The text is not valid UTF-8. Save it as UTF-8 and send it again.');
  }
};

/** JSON and forms, read strictly. Everything that is not an object, or holds a name like `__proto__`, is refused before it is used. */
export const useBodyParsers = (fastify: FastifyInstance): void => {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    settle(done, () => readJson(decode(body as Buffer))),
  );
  fastify.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, (_request, body, done) =>
    settle(done, () => readForm(decode(body as Buffer))),
  );
  useRawBodies(fastify);
};

/** Other servers speak C2SP tlog-witness here, which names no content type: the bytes are taken as they are. */
const RAW_PATHS = ['/witness/add-checkpoint'];
const RAW = 'application/x.raw-bytes';

/** Only at those addresses; anywhere else bytes of an unknown kind stay refused. */
const useRawBodies = (fastify: FastifyInstance): void => {
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (RAW_PATHS.includes(request.url)) request.headers['content-type'] = RAW;
    else if (request.headers['content-type']?.startsWith(RAW)) delete request.headers['content-type'];
    done();
  });
  fastify.addContentTypeParser(RAW, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
};

const settle = (done: (error: Error | null, body?: unknown) => void, read: () => unknown): void => {
  try {
    done(null, read());
  } catch (error) {
    done(error instanceof Error ? error : new Error('unreadable'));
  }
};

export const readJson = (text: string): unknown => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UnreadableBody('The body is not valid JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UnreadableBody('The body must be a JSON object.');
  assertPlain(value);
  return value;
};

const assertPlain = (value: unknown, depth = 0): void => {
  if (depth > 20) throw new UnreadableBody('The body is nested too deeply.');
  if (typeof value === 'string' && !value.isWellFormed())
    throw new UnreadableBody('A text holds half a character (a lone surrogate).');
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (NEVER.includes(key) || !key.isWellFormed())
      throw new UnreadableBody('The body holds a name that is not allowed.');
    assertPlain(member, depth + 1);
  }
};

/** `reason.words=…&answers.0.effect=…` → nested objects and lists; a name given twice becomes a list. */
export const readForm = (text: string): Record<string, unknown> => {
  const root: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  const pairs = text === '' ? [] : text.split('&');
  if (pairs.length > MOST_FIELDS) throw new UnreadableBody('The form has too many fields.');
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    const name = percentDecode(at < 0 ? pair : pair.slice(0, at));
    put(root, name.split('.'), percentDecode(at < 0 ? '' : pair.slice(at + 1)));
  }
  return toLists(root) as Record<string, unknown>;
};

const percentDecode = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new UnreadableBody('The text is not valid UTF-8. Check special characters and send it again.');
  }
};

const put = (root: Record<string, unknown>, path: readonly string[], value: string): void => {
  if (path.some((step) => NEVER.includes(step))) throw new UnreadableBody('The form holds a name that is not allowed.');
  if (path.length > LONGEST_PATH) throw new UnreadableBody('A field name is too long.');
  let at = root;
  for (const step of path.slice(0, -1)) {
    const next = at[step];
    at = (
      typeof next === 'object' && next !== null && !Array.isArray(next) ? next : (at[step] = Object.create(null))
    ) as Record<string, unknown>;
  }
  const last = path.at(-1) ?? '';
  const before = at[last];
  at[last] = before === undefined ? value : Array.isArray(before) ? [...(before as unknown[]), value] : [before, value];
};

/** Objects whose names are all whole numbers are lists, in that order. */
const toLists = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, toLists(member)] as const);
  const isList = entries.length > 0 && entries.every(([key]) => /^\d{1,4}$/.test(key));
  return isList
    ? entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, member]) => member)
    : Object.fromEntries(entries);
};
