import { createHash } from 'node:crypto';
import type { Draft } from '#meetings/draft';
import type { ItemKind } from './items-draft.js';

/** The hidden field that says which item a form was made from. */
export const SEEN_FIELD = 'seen';

/**
 * Which item this is, whatever its place: while somebody types, another may take out the one before it, and what they
 * typed must not land on its neighbour.
 */
export const seenOf = (draft: Draft, kind: ItemKind, at: number | undefined): string => {
  const item = itemsOf(draft, kind).find((each) => each.at === at);
  return item ? item.seen : '';
};

/** The place where the item stands now; undefined when it is gone or reads differently: then what was typed is a new one. */
export const placeNow = (draft: Draft, kind: ItemKind, seen: unknown): number | undefined =>
  itemsOf(draft, kind).find((each) => each.seen === seen)?.at;

const itemsOf = (draft: Draft, kind: ItemKind): { at: number; seen: string }[] =>
  kind === 'views'
    ? draft.views.map(({ number, words, existing }) => ({ at: number, seen: digest(number, words, existing) }))
    : draft[kind].map((item, index) => ({
        at: index + 1,
        seen: 'statement' in item ? digest(item.views, item.statement) : digest(item.views, item.what),
      }));

const digest = (...parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
