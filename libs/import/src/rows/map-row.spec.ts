import { decide, give, type Json, run } from '../testing/one-row.js';

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
