import { events } from '#kernel/event';
import { personal } from '#kernel/personal';
import { fields, list, optional, sealedWhole, text, words } from '#kernel/shape';
import { Codec, UnknownEventType } from './codec.js';
import type { StoredEvent } from './event-store.js';
import { encodeLeaf, type Leaf, parseSealedRef, type SealedField } from './leaf.js';

const map = events({
  ThingSaid: { topic: text, words: optional(words), media: optional(list(fields({ kind: text, description: words }))) },
  AnswersGiven: { answer: sealedWhole<string[]>('answers') },
});
const field = (h: string): SealedField => ({ alg: 'A256GCM', kid: 'k1', iv: 'aXY=', len: 32, h });
const stored = (type: string, data: object, sealed: Leaf['sealed'] = {}): StoredEvent => {
  const leaf: Leaf = {
    v: 1,
    id: '00000000-0000-5000-8000-000000000001',
    stream: 'thing-1',
    rev: 4,
    type,
    occurredAt: '2026-11-22T00:00:00.000Z',
    recordedAt: '2026-11-23T12:00:00.000Z',
    actor: { role: 'chair', ref: 'r' },
    about: { authority: 'essex' },
    cause: { command: 'c', correlation: 'x', events: [] },
    data,
    sealed,
  };
  return { id: leaf.id, stream: leaf.stream, revision: 4, type, leaf: encodeLeaf(leaf), position: '0000000000000009' };
};

describe('the codec', () => {
  const codec = new Codec([map]);

  it('takes personal fields out, also inside lists, and puts references back in their places', () => {
    const data = {
      topic: 'bus',
      words: personal('p1', 'Hello'),
      media: [
        { kind: 'photo', description: personal('p1', 'a bus') },
        { kind: 'audio', description: personal('p2', 'a voice') },
      ],
    };
    const split = codec.split('ThingSaid', data);
    expect(split.data).toEqual({
      topic: 'bus',
      words: null,
      media: [
        { kind: 'photo', description: null },
        { kind: 'audio', description: null },
      ],
    });
    expect([...split.personal]).toEqual([
      ['/words', data.words],
      ['/media/0/description', data.media[0]?.description],
      ['/media/1/description', data.media[1]?.description],
    ]);

    const sealed = Object.fromEntries(
      [...split.personal.keys()].map((pointer, index) => [pointer, field(`h${index}`)]),
    );
    const decoded = codec.decode(stored('thing-said.v1', split.data, sealed));
    const back = decoded.data as {
      words: { sealed: string };
      media: { kind: string; description: { sealed: string } }[];
    };
    expect(back.media.map(({ kind, description }) => [kind, parseSealedRef(description.sealed).pointer])).toEqual([
      ['photo', '/media/0/description'],
      ['audio', '/media/1/description'],
    ]);
    expect(parseSealedRef(back.words.sealed)).toEqual({
      ...field('h0'),
      eventId: decoded.id,
      type: 'thing-said.v1',
      pointer: '/words',
    });
    expect(decoded).toMatchObject({ type: 'ThingSaid', revision: 4, about: { authority: 'essex' }, stream: 'thing-1' });
  });

  it('seals a whole value as one', () => {
    const { data, personal: found } = codec.split('AnswersGiven', { answer: personal('p', ['yes', 'no']) });
    expect([data, found.get('/answer')?.open]).toEqual([{ answer: null }, ['yes', 'no']]);
  });

  it('leaves the given data alone', () => {
    const data = { topic: 'bus', words: personal('p1', 'Hello') };
    codec.split('ThingSaid', data);
    expect(data).toEqual({ topic: 'bus', words: { of: 'p1', open: 'Hello' } });
  });

  it('refuses what does not have the shape', () =>
    expect(() => codec.split('ThingSaid', { topic: 'bus', words: 'open' })).toThrow('/words'));

  it('names stream, revision and position of a type it does not know', () => {
    expect(() => codec.decode(stored('thing-forgotten.v9', {}))).toThrow(UnknownEventType);
    expect(() => codec.decode(stored('thing-forgotten.v9', {}))).toThrow(
      'thing-1 revision 4 (position 0000000000000009): this release does not know thing-forgotten.v9',
    );
    expect(() => codec.storedType('ThingForgotten')).toThrow('ThingForgotten');
  });

  it('refuses two slices that declare one name', () =>
    expect(() => new Codec([map, events({ ThingSaid: { other: text } })])).toThrow('ThingSaid'));

  it('lifts older shapes step by step and writes the newest', () => {
    const lifting = new Codec([map], {
      'thing-said.v1': (old) => ({ ...old, topic: (old as { about: string }).about, about: undefined }),
      'thing-said.v2': (old) => ({ ...old, topic: `lifted ${(old as { topic: string }).topic}` }),
    });
    expect(lifting.storedType('ThingSaid')).toBe('thing-said.v3');
    const topics = [
      stored('thing-said.v1', { about: 'bus' }),
      stored('thing-said.v2', { topic: 'bus' }),
      stored('thing-said.v3', { topic: 'bus' }),
    ].map((event) => (lifting.decode(event).data as { topic: string }).topic);
    expect(topics).toEqual(['lifted bus', 'lifted bus', 'bus']);
    const old = lifting.decode(stored('thing-said.v1', { about: 'bus', words: null }, { '/words': field('h') }));
    expect(parseSealedRef((old.data as { words: { sealed: string } }).words.sealed).type).toBe('thing-said.v1');
    expect(() => codec.decode(stored('thing-said.v2', {}))).toThrow(UnknownEventType);
  });
});

describe('a leaf', () => {
  it('is canonical JSON, byte for byte, without line breaks, and comes back whole', () => {
    const { leaf } = stored('thing-said.v1', { topic: 'Ünï 🚌' });
    expect(Buffer.from(leaf).toString('utf8')).toBe(
      '{"about":{"authority":"essex"},"actor":{"ref":"r","role":"chair"},"cause":{"command":"c","correlation":"x","events":[]},' +
        '"data":{"topic":"Ünï 🚌"},"id":"00000000-0000-5000-8000-000000000001","occurredAt":"2026-11-22T00:00:00.000Z",' +
        '"recordedAt":"2026-11-23T12:00:00.000Z","rev":4,"sealed":{},"stream":"thing-1","type":"thing-said.v1","v":1}',
    );
  });
});
