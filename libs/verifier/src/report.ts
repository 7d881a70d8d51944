import type { Envelope } from './envelope.js';
import { badBundle } from './bundle-files.js';
import { isObject, jsonBytes, type JsonObject, parseStrictJson } from './strict-json.js';

/** One claim of the report: an entry of the log, word for word, with the personal words that were open to the writer. */
export interface Claim extends Pick<Envelope, 'id' | 'stream' | 'rev' | 'type' | 'occurredAt' | 'recordedAt' | 'data'> {
  /** Index of the entry, so that anybody can look it up. */
  readonly leaf: number;
  readonly role: string;
  /** By pointer into `data`. */
  readonly words: JsonObject;
}

export interface Report {
  readonly report: 'throughline-report/v1';
  /** The stream of the promise, decision or view that it is about. */
  readonly about: string;
  readonly claims: readonly Claim[];
}

const VERSION = 'throughline-report/v1';

export const claimOf = (entry: Envelope, words: ReadonlyMap<string, unknown>): Claim => {
  const { index: leaf, id, stream, rev, type, occurredAt, recordedAt, actor, data } = entry;
  return {
    leaf,
    id,
    stream,
    rev,
    type,
    occurredAt,
    recordedAt,
    role: actor.role,
    data,
    words: Object.fromEntries(words),
  };
};

export const reportOf = (about: string, claims: readonly Claim[]): Report => ({ report: VERSION, about, claims });
export const formatReport = (report: Report): Uint8Array => jsonBytes(report);

const MEMBERS = 'data,id,leaf,occurredAt,recordedAt,rev,role,stream,type,words';
const isClaim = (value: unknown): value is Claim =>
  isObject(value) &&
  Object.keys(value).join() === MEMBERS &&
  Number.isSafeInteger(value['leaf']) &&
  Number.isSafeInteger(value['rev']) &&
  ['id', 'stream', 'type', 'occurredAt', 'recordedAt', 'role'].every((key) => typeof value[key] === 'string') &&
  isObject(value['data']) &&
  isObject(value['words']);

/** @throws VerificationError */
export const parseReport = (bytes: Uint8Array): Report => {
  const value = parseStrictJson(bytes, 'report.json');
  const { about, claims, report } = value;
  if (Object.keys(value).join() !== 'about,claims,report' || report !== VERSION || typeof about !== 'string')
    throw badBundle('report.json is not a report of version 1');
  if (!Array.isArray(claims) || !claims.every(isClaim)) throw badBundle('report.json has a claim that names no entry');
  return { report: VERSION, about, claims };
};
