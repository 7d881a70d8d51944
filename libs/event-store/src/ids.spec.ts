import fc from 'fast-check';
import { commandId, createdId, eventId, randomId, uuid5 } from './ids.js';

const DNS = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

describe('ids', () => {
  it('follow RFC 9562, appendix A.4', () =>
    expect(uuid5(DNS, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2'));

  it('are versions and variants of that standard, whatever the name', () =>
    fc.assert(
      fc.property(fc.string(), (name) =>
        expect(uuid5(DNS, name)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      ),
    ));

  it('the same command makes the same events and things, another makes others', () => {
    const [one, other] = [randomId(), randomId()];
    expect([eventId(one, 3), createdId(one, 'card')]).toEqual([eventId(one, 3), createdId(one, 'card')]);
    expect(new Set([eventId(one, 0), eventId(one, 1), eventId(other, 0), createdId(one, 'card')]).size).toBe(4);
  });

  it('tells actor, route and key apart however they are cut', () =>
    expect(
      new Set([
        commandId('a b', 'c', 'd'),
        commandId('a', 'b c', 'd'),
        commandId('a', 'b', 'c d'),
        commandId('a","b', 'c', 'd'),
      ]).size,
    ).toBe(4));
});
