import fc from 'fast-check';
import { parseCount, toCount, toSafeNumber } from './count.js';
import { refusalOf } from './testing/refusal.js';

describe('sizes and indexes', () => {
  it.each(['0', '1', '9007199254740993', '18446744073709551615'])('reads %s and writes it back', (text) =>
    expect(String(parseCount(text, 'size'))).toBe(text),
  );

  it.each([
    ...['', ' ', '-0', '-1', '+1', '00', '01', '1 ', ' 1', '1\n', '1\r', '1_000', '1e3', '0x1', '1.0', '1n', '٣', '１'],
    ...['18446744073709551616', '99999999999999999999', '3438945738945739845734895735', 'NaN', 'Infinity'],
  ])('refuses %j', (text) => expect(refusalOf(() => parseCount(text, 'size'))).toBe('bad-number'));

  it.each([-1, 0.5, 2 ** 53, NaN, Infinity, -1n, 2n ** 64n])('refuses %s as a count', (value) =>
    expect(refusalOf(() => toCount(value, 'size'))).toBe('bad-number'),
  );

  it('refuses to count inexactly', () => {
    expect(toSafeNumber(2n ** 53n - 1n, 'index')).toBe(2 ** 53 - 1);
    expect(() => toSafeNumber(2n ** 53n, 'index')).toThrow('exactly');
  });

  it('reads what it writes', () =>
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 64n - 1n), (count) => expect(parseCount(String(count), 'x')).toBe(count)),
    ));
});
