import fc from 'fast-check';
import type { DraftFact } from '../rows/draft.js';
import { addCopy, firstCopy, isConflict, type Merged } from './merge.js';

const fact = (fields: DraftFact['fields'], more: Partial<DraftFact> = {}): DraftFact => ({
  concept: 'contribution',
  sourceId: '1',
  occurredAt: { at: '2020-01-01', precision: 'day' },
  authority: 'essex',
  public: true,
  language: null,
  series: null,
  fields,
  links: [],
  from: null,
  ...more,
});
const copies = (...all: (readonly [DraftFact, string | null])[]): Merged | null => {
  const [first, ...rest] = all;
  let known = firstCopy(first![0], first![1], 'a.csv', 2);
  for (const [copy, at] of rest) {
    const outcome = addCopy(known, copy, at);
    if (isConflict(outcome)) return null;
    known = outcome;
  }
  return known;
};

describe('copies of a row', () => {
  it('are put together; what a later copy does not say is not taken back', () => {
    const all = copies([fact({ words: 'a', url: 'u' }), '2020'], [fact({ words: 'a', status: 's' }), '2021']);
    expect(all?.fact.fields).toEqual({ words: 'a', url: 'u', status: 's' });
    expect(all?.copies).toBe(2);
  });

  it('that differ: the later one counts, also when it comes first', () => {
    expect(copies([fact({ words: 'new' }), '2021'], [fact({ words: 'old', url: 'u' }), '2020'])?.fact.fields).toEqual({
      words: 'new',
      url: 'u',
    });
    expect(copies([fact({}, { public: true }), '2020'], [fact({}, { public: false }), '2021'])?.fact.public).toBe(
      false,
    );
  });

  it('that differ without a word about which is later are a conflict, and it says where', () => {
    for (const at of [null, '2020'])
      expect(
        addCopy(firstCopy(fact({ words: 'a', url: 'u' }), at, 'a.csv', 7), fact({ words: 'b', url: 'u' }), at),
      ).toEqual({ fields: ['words'], file: 'a.csv', row: 7 });
  });

  it('keep every link, each once', () => {
    const link = (name: string, effect: 'heard' | null = null) =>
      ({ as: 'answers', to: { concept: 'contribution', by: 'id', name }, effect, why: null }) as const;
    const all = copies(
      [fact({}, { links: [link('1')] }), null],
      [fact({}, { links: [link('1', 'heard'), link('2')] }), null],
    );
    expect(all?.fact.links).toEqual([link('1', 'heard'), link('2')]);
  });

  it('give the same whatever their order, when each has a time of its own', () => {
    const copy = fc.record(
      { words: fc.constantFrom('a', 'b', 'c'), url: fc.constantFrom('u', 'v'), status: fc.constantFrom('s', 't') },
      { requiredKeys: [] },
    );
    const several = fc.array(copy, { minLength: 1, maxLength: 5 }).chain((list) => {
      const timed = list.map((fields, index) => [fact(fields), String(2000 + index)] as const);
      return fc.tuple(fc.constant(timed), fc.shuffledSubarray(timed, { minLength: timed.length }));
    });
    fc.assert(
      fc.property(several, ([inOrder, shuffled]) => {
        expect(copies(...shuffled)?.fact.fields).toEqual(copies(...inOrder)?.fact.fields);
      }),
    );
  });

  it('told again change nothing', () => {
    const once = [fact({ words: 'a' }), '2020'] as const;
    expect(copies(once, once)?.fact).toEqual(copies(once)?.fact);
  });
});
