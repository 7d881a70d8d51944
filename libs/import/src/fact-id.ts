import { createHash, createHmac } from 'node:crypto';
import { canonicalJson } from '#event-store/canonical-json';
import { uuid5 } from '#event-store/ids';
import type { Concept } from './concepts.js';
import { lastDay } from './dates/last-day.js';
import type { Fact, FactTarget } from './fact.js';

const FACTS = '0d9d2f1e-3c64-5a8b-8f3c-52f1a7e0b6d4';

/**
 * The id of a thing that a source tells of: the same in every run and every file, so that importing again, or importing a
 * file that was stopped half-way, finds what is there already.
 */
export const factId = (source: string, sourceId: string, concept: Concept): string =>
  uuid5(FACTS, JSON.stringify([source, concept, sourceId]));

type Said = Omit<Fact, 'digest' | 'provenance' | 'id'> & { readonly from?: FactTarget };

/** SHA-256, hex, of what the source said; where it said it (file, row) is left out. */
export const factDigest = (fact: Said): string =>
  createHash('sha256')
    .update(
      canonicalJson({
        ...fact,
        links: fact.links.map(({ as, to, effect, why }) => ({ as, to: [to.concept, to.id], effect, why })),
        ...(fact.from && { from: [fact.from.concept, fact.from.id] }),
      }),
    )
    .digest('hex');

/**
 * A value as it counts when two copies are compared. A year written otherwise is the same year; “by 2030” and 31 December 2030
 * are the same day to be late on; words that differ in spaces and line breaks alone are the same words.
 */
const plain = (value: unknown): unknown => {
  if (typeof value === 'string') return value.normalize('NFC').replace(/\s+/gu, ' ').trim();
  if (Array.isArray(value)) return value.map(plain);
  return value;
};

/** What is kept of a recorded fact to see later what changed: one keyed digest per field, never the words. */
export type FieldDigests = Readonly<Record<string, string>>;

/**
 * Keyed, because an unkeyed digest of a short personal text can be found by trying. Missing fields have no digest.
 * @param key from the key store; a new key makes every field look changed once.
 */
export const fieldDigests = (fact: Fact, key: Uint8Array): FieldDigests => {
  const parts: Record<string, unknown> = {
    ...fact.fields,
    ...('due' in fact.fields && fact.fields.due !== null && { due: lastDay(fact.fields.due) }),
    '@occurredAt': fact.occurredAt,
    '@authority': fact.authority,
    '@public': fact.public,
    '@language': fact.language,
    '@series': fact.series,
    // What cannot be found yet is not recorded: once it is there, the link is new.
    ...Object.fromEntries(
      fact.links
        .filter(({ to }) => to.resolved)
        .map(({ as, to, effect }) => [`@link ${as} ${to.concept} ${to.id}`, { effect }]),
    ),
  };
  return Object.fromEntries(
    Object.entries(parts)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [
        name,
        createHmac('sha256', key)
          .update(`${name} ${canonicalJson(plain(value))}`)
          .digest('base64url')
          .slice(0, 22),
      ]),
  );
};

/**
 * The fields in which a fact differs from what was recorded. What a later copy does not say is not a retraction, so a field
 * that is missing now is no change.
 */
export const changedFields = (recorded: FieldDigests, now: FieldDigests): readonly string[] =>
  Object.keys(now).filter((name) => now[name] !== recorded[name]);
