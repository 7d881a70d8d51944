import { contribution, decide, give, type Json, run } from '../testing/one-row.js';

describe('a value', () => {
  it.each<[string, Json, unknown, unknown]>([
    ['is a column, kept to the letter', { a: ' x\r\ny ' }, 'a', ' x\r\ny '],
    ['is a nested place', { a: { b: [{ c: 'x' }] } }, 'a.b.0.c', 'x'],
    ['is a column whose name has dots', { 'a.b': 'x' }, 'a.b', 'x'],
    ['is a number or a truth as text', { a: 2.5 }, { all: ['a', { constant: 'z' }], separator: '-' }, '2.5-z'],
    ['is the first that is there', { a: ' ', b: null, c: 'x' }, { first: ['a', 'b', 'c'] }, 'x'],
    ['joins what is there', { a: 'x', b: '', c: 'y' }, { all: ['a', 'b', 'c'], separator: '|' }, 'x|y'],
    ['fills a template', { a: ' x ', b: 7 }, { template: '{a}/{b}{c?} {{}}' }, 'x/7 {}'],
    ['has none when a template lacks a place', { a: 'x' }, { template: '{a} {b}' }, ['required-missing']],
    ['is cleaned', { a: '<p>a&amp;b</p>' }, { from: 'a', clean: ['html-to-text'] }, 'a&b'],
    ['is what a pattern finds', { a: 'no. 12, no. 13' }, { from: 'a', pattern: 'no\\. (\\d+)' }, '12'],
    ['is missing when a pattern finds nothing', { a: 'x' }, { from: 'a', pattern: '\\d+' }, ['required-missing']],
    [
      'is refused when the mapping wants the pattern',
      { a: 'x' },
      { from: 'a', pattern: '\\d+', otherwise: 'reject' },
      ['pattern-not-found'],
    ],
    ['is mapped', { a: ' Ja ' }, { from: 'a', map: { Ja: 'yes' } }, 'yes'],
    ['is refused when it is not in the map', { a: 'Nein' }, { from: 'a', map: { Ja: 'yes' } }, ['value-not-mapped']],
    [
      'can be missing when it is not in the map',
      { a: 'n' },
      { first: [{ from: 'a', map: { Ja: 'yes' }, otherwise: 'keep-as-missing' }, { constant: '?' }] },
      '?',
    ],
    [
      'can be something else when it is not in the map',
      { a: 'n' },
      { from: 'a', map: {}, otherwise: { value: 'other' } },
      'other',
    ],
    [
      'is missing when it is a word for nothing',
      { a: ' k.A. ' },
      { from: 'a', noValue: ['k.A.'] },
      ['required-missing'],
    ],
    [
      'is missing when its condition does not hold',
      { a: 'x', b: '1' },
      { from: 'a', when: { from: 'b', is: 2 } },
      ['required-missing'],
    ],
    ['is refused when it is a list', { a: ['x'] }, 'a', ['not-a-text']],
    ['is refused when it holds half a character', { a: 'x\ud800' }, 'a', ['half-character']],
    ['is refused when it is a million characters long', { a: 'x'.repeat(1_000_001) }, 'a', ['too-long']],
    ['is the same text when it looks like a formula', { a: '=HYPERLINK("x")' }, 'a', '=HYPERLINK("x")'],
    ['is not a property that every object has', {}, 'constructor', ['required-missing']],
  ])('%s', (_, record, words, expected) => {
    expect(give(record, words)).toEqual(expected);
  });

  it('is missing for every word that the whole mapping lists', () => {
    expect(give({ a: 'n/a', b: 'x' }, { first: ['a', 'b'] }, { root: { noValue: ['n/a'] } })).toBe('x');
  });

  it('can be a date, whose exactness is kept', () => {
    expect(decide({ a: '18/07/2019' }, { lookAgain: { from: 'a', formats: ['DD/MM/YYYY'] } })).toMatchObject({
      lookAgain: { at: '2019-07-18', precision: 'day' },
    });
    expect(decide({ a: 'soon' }, { lookAgain: 'a' })).toEqual(['date-unreadable a']);
    expect(decide({ a: 'soon' }, { lookAgain: { from: 'a', otherwise: 'keep-as-missing' } })).not.toHaveProperty(
      'lookAgain',
    );
    expect(decide({ a: 'TBC' }, { lookAgain: { from: 'a', noDate: ['TBC'] } })).not.toHaveProperty('lookAgain');
    expect(decide({ a: '2020-02-01', b: '2019' }, { lookAgain: { earliest: ['a', 'b', 'c'] } })).toMatchObject({
      lookAgain: { at: '2019' },
    });
  });

  it('can be a number or a truth', () => {
    const size = (a: unknown, more = {}): unknown =>
      run({ a }, { concept: 'contribution', fields: { ...contribution, groupSize: { from: 'a', ...more } } }).facts[0]
        ?.fields['groupSize'];
    expect([size('1,200'), size('1.200,5', { decimal: ',' }), size(12), size('many')]).toEqual([
      1200,
      1200.5,
      12,
      undefined,
    ]);
    const harm = (a: unknown, more = {}): unknown =>
      run(
        { a },
        {
          concept: 'effect',
          fields: { what: 'id', harm: { from: 'a', ...more } },
          links: [{ as: 'about', to: { concept: 'decision', id: '{id}' } }],
        },
      ).facts[0]?.fields['harm'];
    expect([harm(true), harm('false'), harm('ja', { map: { ja: true } }), harm('ja')]).toEqual([
      true,
      false,
      true,
      undefined,
    ]);
  });

  it('can be a list', () => {
    expect(decide({ a: 'money; law' }, { reasonCodes: { from: 'a', split: ';' } })).toMatchObject({
      reasonCodes: ['money', 'law'],
    });
    expect(decide({ a: ['Geld'] }, { reasonCodes: { from: 'a', map: { Geld: ['money', 'staff'] } } })).toMatchObject({
      reasonCodes: ['money', 'staff'],
    });
    expect(decide({ a: 'dup' }, { reasonCodes: { from: 'a', map: { dup: [] } } })).toMatchObject({ reasonCodes: [] });
    expect(decide({ a: 'x' }, { reasonCodes: 'a' })).toEqual(['value-not-mapped a']);
    expect(decide({ a: 'x', b: 'y' }, { alternatives: { all: ['a', 'b', 'c'] } })).toMatchObject({
      alternatives: ['x', 'y'],
    });
    expect(decide({ a: ' ' }, { reasonCodes: 'a', alternatives: 'a' })).toEqual({ statement: 's' });
  });

  it('maps what the first of several columns says', () => {
    expect(decide({ a: '', b: 'Rejected' }, { answer: { first: ['a', 'b'], map: { Rejected: 'no' } } })).toMatchObject({
      answer: 'no',
    });
  });
});
