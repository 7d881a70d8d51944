import fc from 'fast-check';
import type { SealedField } from '#event-store/leaf';
import type { FieldToSeal } from '#event-store/sealer';
import { openField, sealField } from './sealing.js';

const key = Buffer.alloc(32, 7);
const place: FieldToSeal = { eventId: 'e1', type: 'noted.v1', pointer: '/note', kid: 'k1', value: 'Hello' };
const openAt = (field: SealedField, bytes: Uint8Array, at: Partial<FieldToSeal> = {}, with_ = key) =>
  openField(with_, { ...field, ...place, ...at }, bytes);

describe('a sealed field', () => {
  it('opens where it was sealed, whatever it says', () =>
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const { ciphertext, ...field } = sealField(key, { ...place, value: value });
        expect(openAt(field, ciphertext.bytes)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    ));

  const { ciphertext, ...field } = sealField(key, place);
  it.each([
    ['another event', { eventId: 'e2' }],
    ['another field', { pointer: '/other' }],
    ['another type', { type: 'noted.v2' }],
    ['another key id', { kid: 'k2' }],
  ])('does not open in %s', (_, at) => expect(() => openAt(field, ciphertext.bytes, at)).toThrow());

  it('does not open with another key, also not the one of another stream', () =>
    expect(() => openAt(field, ciphertext.bytes, {}, Buffer.alloc(32, 8))).toThrow());

  it.each([0, 4, 8, 12, 15])('does not open with a tag cut to %i bytes, also when the length says so', (kept) => {
    const cut = ciphertext.bytes.subarray(0, ciphertext.bytes.length - 16 + kept);
    expect(() => openAt(field, cut)).toThrow();
    expect(() => openAt({ ...field, len: cut.length - 16 }, cut)).toThrow();
  });

  it.each([-32, -1, 1, 32])('does not open when its length is said to be %i bytes off', (off) =>
    expect(() => openAt({ ...field, len: field.len + off }, ciphertext.bytes)).toThrow('length'),
  );

  it('does not open when any one bit is another', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: ciphertext.bytes.length * 8 - 1 }), (bit) => {
        const bytes = Buffer.from(ciphertext.bytes);
        bytes[bit >> 3]! ^= 1 << (bit & 7);
        expect(() => openAt(field, bytes)).toThrow();
      }),
    ));

  it('gives the same bytes for the same input, and never one IV for two texts or places', () => {
    expect(sealField(key, place)).toEqual(sealField(key, place));
    const ivs = new Set<string>();
    let sealed = 0;
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 20 }), fc.string(), (values, pointer) => {
        const here = values.map((value) => sealField(key, { ...place, pointer, value }).iv);
        expect(new Set(here).size).toBe(values.length);
        const elsewhere = sealField(key, { ...place, pointer: `${pointer}/x`, value: values[0] ?? '' }).iv;
        expect(here).not.toContain(elsewhere);
        here.forEach((iv) => ivs.add(iv));
        sealed += here.length;
      }),
    );
    expect(sealed).toBeGreaterThan(500);
  });

  it('hides how long it is: in buckets that double', () => {
    const lengthOf = (value: string) => sealField(key, { ...place, value }).ciphertext.bytes.length;
    expect(
      new Set(['yes', 'no', 'not-sure', 'Jo', 'Bartholomew Featherstonehaugh'.slice(0, 29)].map(lengthOf)).size,
    ).toBe(1);
    expect(new Set(Array.from({ length: 10_001 }, (_, n) => lengthOf('x'.repeat(n)))).size).toBe(10);
  });
});
