import { chainFrom, Story, type Told } from './testing/story.js';

/** "a crash half-way leaves all or nothing visible": whatever of the fan-out stands already, no chain tells half a meeting. */
describe('a meeting that is being carried on', () => {
  const told: Told = { at: '2026-11-03T09:00:00.000Z', about: { fanOut: true }, causes: ['item', 'recorded'] };
  const story = new Story()
    .view('v1')
    .view('v2', { meeting: 'm1' }, told)
    .talk('t1', ['v1', 'v2'], told)
    .decide('d1', 'yes', { discussion: 't1', meeting: 'm1' }, told)
    .link('d1', 'v1', 'changed', told)
    .link('d1', 'v2', 'helped', told)
    .promise('p1', 'd1', { meeting: 'm1' }, told)
    .tell('m1', 'OutcomesApplied', { items: 4 }, { at: '2026-11-05T09:00:00.000Z', causes: ['recorded'] });
  const now = { reader: 'public', today: '2026-11-23' } as const;
  const told1 = (events: number) => {
    const kept = new Set(story.events.slice(0, events));
    const rows = story.rows((event) => kept.has(event));
    return ['v1', 'v2', 't1', 'd1', 'p1'].map((root) => chainFrom(rows, root, now));
  };

  it('shows nothing of it at any cut, not even on a view that was given before, and then everything', () => {
    const before = told1(1);
    const after = told1(story.events.length);
    expect(before.map((chain) => chain?.steps.length)).toEqual([1, undefined, undefined, undefined, undefined]);
    expect(after.map((chain) => chain?.contributions.length)).toEqual([1, 1, 2, 2, 2]);
    for (let events = 1; events < story.events.length; events++) expect(told1(events)).toEqual(before);
  });

  it('was not known before it was all there, also as of a day in between', () => {
    expect(story.chain('d1', { asOf: '2026-11-04' })).toBeUndefined();
    expect(story.chain('v1', { asOf: '2026-11-04' })).toMatchObject({ status: 'heard', links: [] });
    expect(story.chain('v1', { asOf: '2026-11-05' })).toMatchObject({ status: 'yes' });
    expect(story.chain('d1')?.decisions).toMatchObject([{ imported: false }]);
  });

  it('does not reveal another meeting that is still being carried on', () => {
    const other = new Story()
      .view('v1')
      .decide('d1', 'yes', { meeting: 'm1' }, told)
      .decide('d2', 'yes', { meeting: 'm1' }, { ...told, causes: ['item', 'another recording'] })
      .tell('m1', 'OutcomesApplied', { items: 1 }, { causes: ['recorded'] });
    expect([other.chain('d1')?.root, other.chain('d2')]).toEqual(['d1', undefined]);
  });
});
