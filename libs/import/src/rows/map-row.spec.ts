import { readMapping } from '../mapping/read-mapping.js';
import { mapRow } from './map-row.js';
import type { RowResult } from './draft.js';

type Json = Record<string, unknown>;
const contribution = {
  words: { constant: 'x' },
  channel: { constant: 'survey' },
  capacity: { constant: 'other' },
  voice: { constant: 'own' },
  attribution: { constant: 'group' },
};

/** Runs one yield over one row. */
const run = (
  record: Json,
  yielded: Json,
  more: { file?: Json; root?: Json; join?: (name: string, key: string) => Json | null } = {},
): RowResult => {
  const mapping = readMapping({
    source: 's',
    public: true,
    authority: { constant: 'essex' },
    ...more.root,
    files: [{ file: 'a.csv', ...more.file, yields: [{ id: '{id}', occurredAt: { constant: '2020' }, ...yielded }] }],
  });
  const join = more.join ?? (() => null);
  return mapRow(mapping.files[0]!, { record: { id: '1', ...record }, row: 2, file: 'a.csv', join, authority: null });
};
const give = (record: Json, words: unknown, more = {}): unknown => {
  const { facts, problems } = run(
    record,
    { concept: 'contribution', fields: { ...contribution, words, reference: 'id' } },
    more,
  );
  return facts[0]?.fields['words'] ?? problems.map(({ code }) => code);
};
const decide = (record: Json, fields: Json, more = {}): unknown => {
  const { facts, problems } = run(
    record,
    { concept: 'decision', fields: { statement: { constant: 's' }, ...fields } },
    more,
  );
  return problems.length > 0 ? problems.map(({ code, column }) => `${code} ${column}`) : facts[0]?.fields;
};

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

describe('a row', () => {
  it('keeps a missing answer and a missing reason missing', () => {
    expect(decide({ a: '' }, { answer: { from: 'a', map: { Yes: 'yes' } }, reasonWords: 'a' })).toEqual({
      statement: 's',
    });
  });

  it('yields nothing where the condition does not hold', () => {
    const when = (condition: unknown, record: Json): number =>
      run(record, { concept: 'discussion', fields: { title: 'id' }, when: condition }).facts.length;
    const r = { a: ' rejected ', n: 3, list: [], nothing: null, b: 'rejected' };
    expect(when({ from: 'a', is: ['x', 'rejected'] }, r)).toBe(1);
    expect(when({ from: 'a', isNot: 'rejected' }, r)).toBe(0);
    expect(when({ from: 'n', is: 3 }, r)).toBe(1);
    expect(
      when(
        [
          { from: 'list', present: false },
          { from: 'nothing', present: false },
          { from: 'c', present: false },
        ],
        r,
      ),
    ).toBe(1);
    expect(
      when(
        {
          any: [
            { from: 'c', present: true },
            { from: 'a', matches: '^\\s*re' },
          ],
        },
        r,
      ),
    ).toBe(1);
    expect(when({ not: { from: 'a', doesNotMatch: 'zz' } }, r)).toBe(0);
    expect(when({ from: 'a', sameAs: 'b' }, r)).toBe(1);
    expect(when({ all: [{ from: 'a', notSameAs: 'b' }] }, r)).toBe(0);
  });

  it('yields one for each thing in it', () => {
    const each = (value: unknown, record: Json, id = '{id}-{@index}-{@item}'): unknown => {
      const { facts, problems } = run(record, { concept: 'discussion', id, fields: { title: 'id' }, each: value });
      return problems.length > 0 ? problems.map(({ code }) => code) : facts.map(({ sourceId }) => sourceId);
    };
    expect(each('a', { a: ['x', 'y'] })).toEqual(['1-0-x', '1-1-y']);
    expect(each({ from: 'a', parse: 'json' }, { a: '[{"n":"x"}]' }, '{@item.n}')).toEqual(['x']);
    expect(each({ from: 'a', split: ',' }, { a: ' x,, y ' })).toEqual(['1-0-x', '1-1-y']);
    expect(each({ from: 'a', pattern: 'p/(\\d+)' }, { a: 'p/1 and p/22' })).toEqual(['1-0-1', '1-1-22']);
    expect(each('a', {})).toEqual([]);
    expect(each('a', { a: 'x' })).toEqual(['not-a-list']);
    expect(each({ from: 'a', parse: 'json' }, { a: '{"x"' })).toEqual(['cell-not-json']);
    expect(each({ from: 'a', parse: 'json' }, { a: '{}' })).toEqual(['not-a-list']);
    expect(each({ from: 'a', split: ',' }, { a: 'x,'.repeat(5_001) })).toEqual(['too-many-items']);
  });

  it('links by column, by list and by pattern, and leaves out a link to nothing', () => {
    const links = (link: Json, record: Json): unknown =>
      run(record, { concept: 'decision', fields: { statement: 'id' }, links: [link] }).facts[0]?.links;
    const answers = {
      as: 'answers',
      to: { concept: 'contribution', id: 'c{view}' },
      effect: { from: 'e', map: { y: 'changed' } },
    };
    expect(links(answers, { view: 5, e: 'y' })).toEqual([
      { as: 'answers', to: { concept: 'contribution', by: 'id', name: 'c5' }, effect: 'changed', why: null },
    ]);
    expect(links(answers, { view: '' })).toEqual([]);
    const several = {
      as: 'answers',
      each: { from: 'views', split: ';' },
      to: { concept: 'contribution', id: '{@item}' },
      when: { from: '@item', isNot: '0' },
    };
    expect(links(several, { views: '1;0;2' })).toMatchObject([{ to: { name: '1' } }, { to: { name: '2' } }]);
    expect(links({ as: 'superseded-by', to: { concept: 'decision', series: '{s}' } }, { s: 'q' })).toMatchObject([
      { to: { by: 'series', name: 'q' } },
    ]);
  });

  it('goes in whole or not at all, and every reason is given', () => {
    const { facts, problems } = run(
      { id: '', a: 'x' },
      { concept: 'decision', fields: { statement: 'b', lookAgain: 'a' }, occurredAt: 'a' },
    );
    expect(facts).toEqual([]);
    expect(problems.map(({ code }) => code)).toEqual([
      'id-missing',
      'date-unreadable',
      'required-missing',
      'date-unreadable',
    ]);
  });

  it('needs a date, an authority by code, and something to be about', () => {
    expect(run({ d: '' }, { concept: 'discussion', fields: { title: 'id' }, occurredAt: 'd' }).problems).toMatchObject([
      { code: 'date-missing' },
    ]);
    expect(run({}, { concept: 'discussion', fields: { title: 'id' }, authority: 'c' }).problems).toMatchObject([
      { code: 'authority-missing' },
    ]);
    expect(
      run({ c: 'Essex County Council' }, { concept: 'discussion', fields: { title: 'id' }, authority: 'c' }).problems,
    ).toMatchObject([{ code: 'authority-code' }]);
    const about = { concept: 'progress', links: [{ as: 'about', to: { concept: 'serviceChange', id: '{x}' } }] };
    expect(run({ x: '' }, about).problems).toMatchObject([{ code: 'link-missing' }]);
  });

  it('is private, or in another language, as its columns say', () => {
    const { facts } = run(
      { m: '-1', l: 'de' },
      { concept: 'discussion', fields: { title: 'id' }, public: { from: 'm', isNot: '-1' }, language: 'l' },
    );
    expect(facts).toMatchObject([{ public: false, language: 'de' }]);
  });

  it('can be left out on purpose', () => {
    const file = { ignore: [{ when: { from: 'a', is: 'test' }, because: 'tests of the form' }] };
    const result = run({ a: 'test' }, { concept: 'discussion', fields: { title: 'b' } }, { file });
    expect(result).toMatchObject({ ignored: 'tests of the form', facts: [], problems: [] });
  });

  it('can use what another file says, and names of its own', () => {
    const file = {
      joins: { who: { file: 'a.csv', key: 'id', on: 'person' } },
      let: { kind: { from: 'id', pattern: '^([A-Z]+)' } },
    };
    const join = (name: string, key: string): Json | null =>
      name === 'who' && key === '7' ? { name: 'Team 7' } : null;
    const words = { template: '{@kind}: {@who.name}' };
    expect(give({ id: 'PEP-1', person: 7 }, words, { file, join })).toBe('PEP: Team 7');
    expect(give({ id: 'PEP-1', person: 8 }, words, { file, join })).toEqual(['required-missing']);
  });
});
