import type { Place } from './fuzz-places.js';

/** A small generator of numbers that is the same for one seed (mulberry32): a failure can be sent again. */
export class Chance {
  constructor(private state: number) {}
  /** From 0 up to, not including, 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }
  one<T>(from: readonly T[]): T {
    return from[Math.floor(this.next() * from.length)]!;
  }
  maybe(share: number): boolean {
    return this.next() < share;
  }
}

export interface FuzzedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

const STRANGER = '00000000-0000-4000-8000-00000000beef';
const ODD_TEXTS: readonly string[] = [
  '', ' ', '0', '-1', '1e309', '99999999999999999999999', 'NaN', 'null', 'true', '[]', '{}', '__proto__', 'constructor', 'toString', 'hasOwnProperty',
  '2026-02-30', '9999-12-31', '-000001-01-01', '2026-11-28T25:61:00Z', '275760-09-14', '0001-01-01T00:00:00Z', STRANGER, STRANGER.toUpperCase(), `${STRANGER}0`,
  "' OR 1=1--", '"; DROP TABLE event;--', '*', 'NEAR(', '"unclosed', 'a AND', '%', '_', '../../etc/passwd', '..\\..\\x', '\u0000', 'a\u0000b', '\ud800', '\u202e', '\ufeff', '🚌',
  '<script>alert(1)</script>', '{{7*7}}', '${7*7}', '=1+1', 'javascript:alert(1)', '//evil.example', 'x'.repeat(300), 'x'.repeat(20_001), '\r\nSet-Cookie: a=b', '١٢٣', 'ﬀ',
]; // prettier-ignore
const ODD_VALUES: readonly unknown[] = [
  null, true, false, 0, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER + 2, [], {}, [null], [[[]]], [{}], ['a', 'a'], { a: { b: { c: {} } } }, { constructor: { prototype: { x: 1 } } }, { length: 1e9 },
  { toString: 1 }, Array.from({ length: 300 }, () => 'x'), ...ODD_TEXTS,
]; // prettier-ignore
const ODD_SEGMENTS: readonly string[] = [
  STRANGER, 'nonsense', '%00', '%ff', '%2e%2e', '%2f', '..', '.', '%', '0', '-1', 'a'.repeat(150), 'A1', '%F0%9F%9A%8C', '__proto__', ';x=1', '*', '%25', '%0d%0a',
]; // prettier-ignore
const QUERY_NAMES: readonly string[] = [
  'limit', 'after', 'authority', 'team', 'q', 'types', 'stream', 'asOf', 'page', 'from', 'to', 'state', 'kind', 'sort', 'done', 'next', 'of', 'day', 'code', 'id', '__proto__', 'constructor', 'a[b]', 'a.b', '', 'formToken', 'line', 'commitment', 'about', 'seed', 'answer',
]; // prettier-ignore
const ODD_HEADERS: readonly [string, readonly string[]][] = [
  ['idempotency-key', ['', 'x', 'k'.repeat(201), '../x', '"']],
  ['last-event-id', ['', '-1', 'start', '99999999999999999999', 'x'.repeat(500)]],
  ['accept', ['*/*', 'text/html', 'application/json', 'x', ',,,']],
  ['accept-language', ['cy', 'x'.repeat(500), ';q=']],
  ['accept-encoding', ['gzip', 'br;q=', '*']],
  ['range', ['bytes=0-', 'bytes=-1', 'bytes=9-1', 'bytes=0-0,1-1']],
  ['if-none-match', ['*', '"x"', 'W/']],
  ['if-modified-since', ['yesterday', 'Thu, 01 Jan 1970 00:00:00 GMT']],
  ['x-forwarded-for', ['127.0.0.1', '"', 'a, b']],
  ['x-forwarded-host', ['evil.example']],
  ['x-http-method-override', ['DELETE', 'GET']],
  [
    'cookie',
    ['throughline_staff=x', '=', 'a', ';;;', 'throughline_reading=__proto__.x.y', '__proto__=1; constructor=2'],
  ],
  ['authorization', ['Bearer', 'Bearer x', 'Basic eDp4', '', 'Bearer ' + 'a'.repeat(500)]],
  ['origin', ['null', 'https://evil.example', 'not a url']],
];
const TYPES: readonly string[] = [
  'application/json', 'application/json; charset=utf-16', 'APPLICATION/JSON', 'application/json;', 'application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data', 'multipart/form-data; boundary=b', 'application/xml', '', 'application/x.raw-bytes', 'application/problem+json',
]; // prettier-ignore

const pick = (chance: Chance, schema: unknown, depth = 0): unknown => {
  const { type, properties, items, enum: choices, example } = (schema ?? {}) as Record<string, never>;
  if (chance.maybe(0.2) || depth > 4) return chance.one(ODD_VALUES);
  if (Array.isArray(choices)) return chance.one(choices as unknown[]);
  if (example !== undefined) return example;
  if (type === 'object' || properties) return objectOf(chance, properties ?? {}, depth);
  if (type === 'array') return Array.from({ length: Math.floor(chance.next() * 3) }, () => pick(chance, items, depth + 1));
  if (type === 'number' || type === 'integer') return chance.one([0, 1, 3, -1, 2.5, 1e12]);
  if (type === 'boolean') return chance.maybe(0.5);
  return chance.one(['Some words', 'yes', '2026-11-01', STRANGER, 'example-council', ...ODD_TEXTS]);
}; // prettier-ignore

const objectOf = (chance: Chance, properties: Readonly<Record<string, unknown>>, depth: number): object => {
  const members = Object.entries(properties)
    .filter(() => chance.maybe(0.85))
    .map(([name, schema]) => [name, pick(chance, schema, depth + 1)]);
  if (chance.maybe(0.1)) members.push([chance.one(QUERY_NAMES), chance.one(ODD_VALUES)]);
  return Object.fromEntries(members) as object;
};

const withId = (chance: Chance, path: string, ids: readonly string[]): string =>
  path.replace(/:[a-zA-Z]+|\*$/g, () => (chance.maybe(0.6) ? chance.one(ids) : chance.one(ODD_SEGMENTS)));

const query = (chance: Chance, names: readonly string[]): string => {
  if (chance.maybe(0.4)) return '';
  const one = () => `${encodeURIComponent(chance.one([...names, ...names, ...QUERY_NAMES]))}=${chance.maybe(0.9) ? encodeURIComponent(chance.one(ODD_TEXTS).toWellFormed()) : chance.one(['%', '%ff', '%00', '%zz'])}`; // prettier-ignore
  const pairs = Array.from({ length: 1 + Math.floor(chance.next() * 4) }, one);
  // A name given twice.
  return `?${[...pairs, ...(chance.maybe(0.3) ? pairs.slice(0, 1) : [])].join('&')}`;
};

const spoilt = (chance: Chance, text: string): string | Buffer => {
  const odd = Math.floor(chance.next() * 7);
  if (odd === 0) return Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0xc0, 0x80])]);
  if (odd === 1) return text.slice(0, text.length / 2);
  if (odd === 2) return '['.repeat(5_000) + ']'.repeat(5_000);
  if (odd === 3) return text.replace('{', '{"__proto__":{"admin":true},');
  if (odd === 4) return text.replace('{', '{"authority":"essex","authority":"example-council",');
  if (odd === 5) return `${'{"a":'.repeat(200)}1${'}'.repeat(200)}`;
  return chance.one(['', 'null', '1', '"x"', '[]', '\ufeff{}', '{}{}', '{"a":1e999}', '{"\\ud800":1}', 'a=1&a=2&a.b=3&a.0=4', 'a.b.c.d.e.f.g.h=1', '%', '=&=&', '__proto__.x=1']); // prettier-ignore
};

/** A request that is nearly right, or not at all. */
export const fuzzed = (chance: Chance, places: readonly Place[], ids: readonly string[]): FuzzedRequest => {
  const place = chance.one(places);
  const path = withId(chance, place.path, ids) + query(chance, place.query);
  const headers: Record<string, string> = {};
  while (chance.maybe(0.3)) {
    const [name, values] = chance.one(ODD_HEADERS);
    headers[name] = chance.one(values);
  }
  const method = chance.maybe(0.95) ? place.method : chance.one(['GET', 'POST', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']); // prettier-ignore
  if (method === 'GET' || method === 'HEAD') return { method, path, headers };
  const value = objectOf(chance, place.fields, 0);
  const isForm = !place.path.startsWith('/api/');
  const text = isForm
    ? new URLSearchParams(Object.entries(value).map(([name, each]) => [name, typeof each === 'string' ? each : JSON.stringify(each)] as [string, string])).toString() // prettier-ignore
    : JSON.stringify(value);
  const type = chance.maybe(0.9) ? TYPES[isForm ? 4 : 0]! : chance.one(TYPES);
  return { method, path, headers: { ...headers, ...(type && { 'content-type': type }) }, body: chance.maybe(0.85) ? text : spoilt(chance, text) }; // prettier-ignore
};
