import { hash } from 'node:crypto';
import type { Leaves } from '#event-store/leaves';
import { eventId, uuid5 } from '#event-store/ids';

/** One event that is ready for the store, and the append that it belongs to. */
export interface MadeEvent {
  readonly stream: string;
  readonly id: string;
  readonly type: string;
  readonly leaf: Uint8Array;
  readonly command: string;
}

type Role = 'event' | 'key' | 'digest' | 'other';

interface Template {
  readonly type: string;
  /** The bytes of a leaf that the product wrote, cut where something differs from copy to copy. */
  readonly text: readonly string[];
  readonly slots: readonly string[];
  readonly id: string;
  readonly stream: string;
  readonly command: string;
  /** Of the event in its command: ids follow from it. */
  readonly place: number;
}

/** Ids, and hashes as leaves write them. */
const SLOTS =
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[A-Za-z0-9+/]{43}=|(?<=")[A-Za-z0-9_-]{22}(?=")/g;
const UUID_LENGTH = 36;
const KEY_LENGTH = 22;
/** What a first start records, once in every log. */
const ONCE = /^(log|authority)-/;

const placeIn = (command: string, id: string): number => {
  for (let place = 0; place < 10_000; place += 1) if (eventId(command, place) === id) return place;
  throw new Error(`the id ${id} does not follow from its command`);
};

/** The worked example as the product has written it: meetings, views, decisions, promises, corrections. */
export const readTemplates = (leaves: Leaves): Template[] =>
  leaves.entries(0, leaves.count()).flatMap(({ leaf }) => {
    const text = Buffer.from(leaf).toString('utf8');
    const { id, stream, type, cause } = JSON.parse(text) as {
      id: string; stream: string; type: string; cause: { command: string };
    }; // prettier-ignore
    if (ONCE.test(stream)) return [];
    const { command } = cause;
    return [
      { type, text: text.split(SLOTS), slots: text.match(SLOTS) ?? [], id, stream, command, place: placeIn(command, id) },
    ];
  }); // prettier-ignore

const made = (role: Role, copy: string, was: string): string => {
  if (role === 'other') return uuid5(copy, was);
  const digest = hash('sha256', copy + was, 'buffer');
  return role === 'key' ? digest.subarray(0, 16).toString('base64url') : digest.toString('base64');
};

/** The same history again and again, each time of other people in other meetings: every id, key and hash is another. */
export function* copiesOf(templates: readonly Template[]): Generator<MadeEvent> {
  const roles = new Map<string, Role>(
    templates.flatMap(({ slots }) =>
      slots.map((slot): [string, Role] => [
        slot,
        slot.length === UUID_LENGTH ? 'other' : slot.length === KEY_LENGTH ? 'key' : 'digest',
      ]),
    ),
  );
  for (const { id } of templates) roles.set(id, 'event');
  for (let at = 0; ; at += 1) {
    const copy = uuid5('8a8f1d7e-1b0e-5a64-8a0e-3f1b7c2d9e55', `copy ${at}`);
    const now = new Map<string, string>();
    for (const [slot, role] of roles) if (role !== 'event') now.set(slot, made(role, copy, slot));
    for (const { id, command, place } of templates) now.set(id, eventId(now.get(command) ?? '', place));
    for (const { type, text, slots, id, stream, command } of templates) {
      const leaf = text.map((part, index) => part + (now.get(slots[index] ?? '') ?? '')).join('');
      const category = stream.slice(0, -UUID_LENGTH);
      const thing = now.get(stream.slice(-UUID_LENGTH)) ?? '';
      yield { stream: category + thing, id: now.get(id) ?? '', type, leaf: Buffer.from(leaf), command: now.get(command) ?? '' };
    } // prettier-ignore
  }
}
