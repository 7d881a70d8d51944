import fc from 'fast-check';
import { wordsOf } from './match-text.js';
import { SEARCH_SQL } from './search.queries.js';
import { Library } from './testing/library.js';

describe('search', () => {
  let library: Library;
  beforeEach(() => (library = new Library()));
  afterEach(() => library.close());

  it('finds every kind of thing by the words in it, in any form of the word, without accents', async () => {
    library.view('v1', 'The buses stop at six').decide('d1', 'A later bus', 'Café drivers work late');
    library.tell('p1', 'ServiceChangePromised', { what: library.sealed('A timetable for the bus') });
    library.tell('t1', 'DiscussionHeld', { title: 'Bus times', meeting: 'm1' });
    library.tell('m1', 'MeetingCalled', { title: 'The bus meeting' });
    library.tell('g1', 'TeamFormed', { name: 'Bus team', remit: 'Travel' });
    expect((await library.ids('BUS')).sort()).toEqual(['d1', 'g1', 'm1', 'p1', 't1', 'v1']);
    expect(await library.ids('cafe')).toEqual(['d1']);
    expect(await library.ids('timet')).toEqual(['p1']);
    expect(await library.ids('bus', { kind: 'discussion' })).toEqual(['t1']);
    expect((await library.find('travel')).items[0]).toMatchObject({ kind: 'team', authority: 'essex' });
  });

  it('marks what was found, and leaves every character of the words as words', async () => {
    library.decide('d1', 'Shorter <b>form</b> & "simple"', 'People\u0002 said: <script>form</script>\u0003');
    const [hit] = (await library.find('form')).items;
    expect(hit?.title).toEqual([
      { text: 'Shorter <b>', hit: false },
      { text: 'form', hit: true },
      { text: '</b> & "simple"', hit: false },
    ]);
    expect(hit?.found).toEqual([
      { text: 'People  said: <script>', hit: false },
      { text: 'form', hit: true },
      { text: '</script> ', hit: false },
    ]);
  });

  it('puts the title before the reason, and what holds more of the words first', async () => {
    library.decide('d1', 'Money', 'The form, the form').decide('d2', 'A shorter form', 'Money');
    expect(await library.ids('form')).toEqual(['d2', 'd1']);
  });

  it('shows what holds some of the words only where nothing holds all of them', async () => {
    library.view('v1', 'The form is long').view('v2', 'The bus is late');
    expect(await library.find('long form')).toMatchObject({ some: false, items: [{ id: 'v1' }] });
    const { some, items } = await library.find('why is the bus so bad');
    expect([some, items.map(({ id }) => id)]).toEqual([true, ['v2']]);
    expect(await library.ids('the')).toEqual(expect.arrayContaining(['v1', 'v2']));
  });

  it('narrows to one council inside the index', async () => {
    library.view('v1', 'bus', {}, { authority: 'southend-on-sea' }).view('v2', 'bus a0essex', {}, { authority: 'norfolk' });
    expect(await library.ids('bus', { authority: 'southend-on-sea' })).toEqual(['v1']);
    expect(await library.ids('bus', { authority: 'essex' })).toEqual([]);
    expect(await library.ids('a0norfolk')).toEqual([]);
    expect(await library.ids('bus', { kind: 'nonsense' })).toEqual([]);
  }); // prettier-ignore

  it.each(['"', "'", '*', 'bus*', 'NEAR(bus 5)', 'bus AND', 'NOT bus', 'title:bus', '{title} : bus', '(bus', '^bus', 'bus - form', '--', '🚌', '🚌bus', '\u0000bus', 'الحافلة', '\u202Ebus\u202C', '  ', ''])(
    'reads %j as words, never as a query language',
    async (typed) => {
      library.view('v1', 'The bus 🚌 is late, near the form').view('v2', 'الحافلة متأخرة').view('v3', 'and not');
      const { items } = await library.find(typed);
      if (/bus/.test(typed)) expect(items.map(({ id }) => id)).toContain('v1');
      if (typed === 'الحافلة') expect(items.map(({ id }) => id)).toEqual(['v2']);
      if (wordsOf(typed).length === 0) expect(items).toEqual([]);
    },
  ); // prettier-ignore

  it('never fails, whatever is typed', async () => {
    library.view('v1', 'The bus is late');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 80 }), async (typed) => {
        await library.find(typed, { authority: 'essex', kind: 'view' });
      }),
      { numRuns: 300 },
    );
  });

  it('pages through everything once', async () => {
    for (let n = 0; n < 23; n++) library.view(`v${n}`, n % 2 ? 'bus' : 'the bus and the bus again');
    const seen: string[] = [];
    for (let after: string | null | undefined; after !== null;) {
      const page: Awaited<ReturnType<Library['find']>> = await library.find('bus', { limit: 5, ...(after && { after }) });
      seen.push(...page.items.map(({ id }) => id));
      after = page.next;
    }
    expect([seen.length, new Set(seen).size]).toEqual([23, 23]);
  }); // prettier-ignore

  it('looks words up in the index, and entries by their number', () => {
    const plan = library.rows.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${SEARCH_SQL}`, 'bus', 0, 0, 1);
    expect(plan.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/^SCAN search_text VIRTUAL TABLE INDEX \d+:.*M3/),
      'SEARCH search_entry USING INTEGER PRIMARY KEY (rowid=?)',
      expect.stringContaining('ORDER BY'),
    ]);
  });
});

describe('what must not be found', () => {
  let library: Library;
  beforeEach(() => (library = new Library()));
  afterEach(() => library.close());

  it('holds no words of a view that is hidden, not published, taken back or not yet applied', async () => {
    library.view('v1', 'zebra one', { attribution: 'hidden' }).view('v2', 'zebra two', { published: false });
    library.view('v3', 'zebra three').tell('v3', 'ContributionWithdrawn');
    const recorded = ['noted', 'recording'];
    const words = library.sealed('zebra four', 'v4');
    library.tell('v4', 'ContributionReceived', { words, attribution: 'group' }, { fanOut: true }, recorded);
    expect(await library.ids('zebra')).toEqual([]);
    library.tell('m1', 'OutcomesApplied', { items: 1 }, {}, ['recording']);
    expect(await library.ids('zebra')).toEqual(['v4']);
  });

  it('follows how a person wants to be shown, and the words as they were corrected', async () => {
    library.view('v1', 'zebra').tell('v1', 'AttributionChanged', { attribution: 'hidden' });
    expect(await library.ids('zebra')).toEqual([]);
    library.tell('v1', 'AttributionChanged', { attribution: 'first-name' });
    expect(await library.ids('zebra')).toEqual(['v1']);
    library.tell('v1', 'ContributionCorrected', { words: library.sealed('giraffe', 'v1') });
    expect([await library.ids('zebra'), await library.ids('giraffe')]).toEqual([[], ['v1']]);
  });

  it('shows nothing from the moment a key is destroyed, and keeps none of its bytes', async () => {
    library.view('v1', 'xylophone hospital', { kid: 'gone' }).view('v2', 'xylophone school');
    for (let n = 10; n < 60; n++) library.view(`v${n}`, `filler ${n}`);
    expect(library.bytes()).toContain('hospital');
    library.destroy('gone');
    expect(await library.ids('xylophone')).toEqual(['v2']);
    library.erased.forget(['gone']);
    expect(await library.ids('hospital')).toEqual([]);
    library.rows.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    expect(library.bytes()).toContain('school');
    expect(library.bytes()).not.toContain('hospit');
  });

  it('forgets at the start what was erased while it was not running, and keeps what others said in the same decision', async () => {
    library.tell('d1', 'DecisionMade', {
      statement: library.sealed('A quieter room', 'team'),
      reason: { codes: [], words: library.sealed('Ann cannot bear noise', 'ann') },
      alternatives: [],
    });
    library.destroy('ann');
    library.erased.onApplicationBootstrap();
    expect(library.bytes()).not.toContain('nois');
    expect(await library.ids('quieter')).toEqual(['d1']);
    library.tell('d1', 'DecisionReopened');
    expect(await library.ids('noise')).toEqual([]);
  });
});
