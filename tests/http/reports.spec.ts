import { join } from 'node:path';
import { nowAt } from '#kernel/time';
import { rebuild } from '#projections/rebuild';
import { reportsProjection } from '#reports/reports.projection';
import { staff } from '../browser/people.js';
import { decision, promise, view, HALF, SAID } from './bodies.js';
import { Client } from './client.js';
import { startServer, type TestServer } from './server.js';

interface Figure {
  readonly measure: string;
  readonly met: number;
  readonly of: number | null;
  readonly notKnown: number;
}
interface Row {
  readonly row: string;
  readonly sameAs?: string;
  readonly people: readonly { readonly statement: string; readonly state: string; readonly says: readonly string[] }[];
  readonly record: readonly Figure[];
  readonly notRecorded: readonly string[];
  readonly gaps: readonly { readonly code: string; readonly says: string }[];
}
interface Shown {
  readonly measure: string;
  readonly as: string;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly notKnown: number | null;
}

describe('reports on the pledge', () => {
  let time = new Date('2026-11-20T10:00:00Z');
  let server: TestServer;
  let chair: Client;
  let anyone: Client;
  let first: string;
  let later: string;
  beforeAll(async () => {
    server = await startServer({}, undefined, { now: () => nowAt(time) });
    chair = await Client.as(server, 'chair');
    anyone = Client.anyone(server);
    first = (await chair.made('/contributions', view('The bus stops at six'))).id;
    await chair.made('/contributions', view('The form is long'));
    const { id } = await chair.made('/decisions', decision({ answers: [{ contribution: first, effect: 'changed' }] }));
    await chair.made('/service-changes', promise({ decision: id }));
    time = new Date('2027-01-15T10:00:00Z');
  });
  afterAll(() => server.close());

  const page = async (path: string, cookie = '') => {
    const answer = await fetch(server.url + path, { headers: { cookie } });
    const html = await answer.text();
    return { status: answer.status, html, text: html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ') };
  };
  const rowsOf = async (query = '') => (await anyone.get(`/how-are-we-doing${query}`)).body['rows'] as Row[];
  const figures = (rows: readonly Row[], code: string): readonly Figure[] =>
    rows.find(({ row }) => row === code)?.record ?? [];
  const published = async (more: object = {}) => {
    const { id } = await chair.made('/reports', { authority: 'essex', ...HALF, ...more });
    await chair.made(`/reports/${id}/publish`, SAID);
    return id;
  };

  it('hold all 9 + 5 + 20 + 5 lines, S12 with the figures of S8 and counted there only', async () => {
    const rows = await rowsOf('?authority=essex&period=2026-H2');
    expect(rows.map(({ row }) => row.replace(/\d.*/, '')).toSorted()).toEqual([
      ...'IIIII'.split(''), ...'OOOOO'.split(''), ...'P'.repeat(9).split(''), ...'S'.repeat(20).split(''),
    ]); // prettier-ignore
    const [s8, s12] = ['S8', 'S12'].map((code) => rows.find(({ row }) => row === code));
    expect(s12).toMatchObject({ sameAs: 'S8', people: s8?.people, record: s8?.record });
    const { html, text } = await page('/how-are-we-doing?authority=essex&period=2026-H2&as=easy');
    // Asked once: one card.
    expect(html.match(/id="card-S\d+"/g)).toHaveLength(19);
    expect(text).toContain('Nobody has been asked.');
  });

  it('say the same numbers as the pages of the lines, for a council, a team and all', async () => {
    const { id: team } = await chair.made('/teams', { authority: 'essex', name: 'Bus team', stage: 'plan' });
    for (const where of ['', '&authority=essex', '&authority=norfolk', `&team=${team}`]) {
      const rows = await rowsOf(`?period=2026-H2${where}`);
      for (const { row, record, notRecorded } of rows) {
        const shown = (await anyone.get(`/evidence/${row}?from=2026-07&to=2026-12${where}`)).body['recordShows'] as (Shown & { withheld: boolean })[]; // prettier-ignore
        const told = shown.filter(({ withheld }) => !withheld);
        expect([row, record.map(({ measure, met, of, notKnown }) => [measure, met, of, notKnown])]).toEqual([
          row,
          told.flatMap(({ measure, as, numerator, denominator, notKnown }) =>
            numerator === null ? [] : [[measure, numerator, as === 'share' ? denominator : null, notKnown]],
          ),
        ]);
        expect(notRecorded).toHaveLength(told.filter(({ numerator }) => numerator === null).length);
      }
    }
  });

  it('put the biggest gaps first, say why, and never rank a council', async () => {
    const rows = await rowsOf('?authority=essex&period=2026-H2');
    expect(rows[0]?.gaps[0]?.code).toBe('nothing-known');
    expect(rows.find(({ row }) => row === 'S18')?.gaps.map(({ code }) => code)).toContain('not-asked');
    const order = rows.map(({ gaps }) => gaps[0]?.code === 'nothing-known');
    expect(order).toEqual(order.toSorted((a, b) => Number(b) - Number(a)));
    const { text } = await page('/how-are-we-doing?period=2026-H2');
    expect(text).toContain('all councils together');
    expect(text).toContain('Nobody was asked, and nothing is recorded This is not zero.');
    const spread = await page('/how-are-we-doing/spread?period=2026-H2');
    expect(spread.status).toBe(200);
    expect(spread.text).toContain('In how many of 11 councils');
    // Apart from the filter of other pages no council is named.
    for (const name of ['Essex', 'Norfolk', 'Luton']) expect(spread.text).not.toContain(name);
  });

  it('say in words that nothing is recorded for a period without data, and never zero', async () => {
    const { html, text } = await page('/how-are-we-doing?authority=luton&period=2025-H1');
    expect(text).toContain('Nobody was asked, and nothing is recorded This is not zero.');
    expect(text).toContain('39 of 39: nobody was asked, and nothing is recorded');
    expect(html).not.toMatch(/\b0 of 0\b|>0</);
    const id = await published({ from: '2025-01-01', to: '2025-06-30', title: 'Early days' });
    const shown = await page(`/reports/${id}`);
    expect(shown.text).toContain('39 of 39: nobody was asked, and nothing is recorded');
    expect(shown.html).not.toMatch(/\b0 of 0\b/);
  });

  it('are frozen when they are published, and what comes later changes nothing in them', async () => {
    const live = await rowsOf('?authority=essex&period=2026-H2');
    const id = await published();
    const report = async () => (await anyone.get(`/reports/${id}`)).body;
    const before = await report();
    expect(before).toMatchObject({ punctuality: 'on-time', madeFromTheRecord: true, checkedByPeople: 'yes', fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) }); // prettier-ignore
    const ours = (rows: unknown) => (rows as Row[]).filter(({ row }) => row !== 'I4' && row !== 'P3a');
    const lean = (rows: unknown) => ours(rows).map(({ row, people, record, notRecorded }) => ({ row, people, record, notRecorded })); // prettier-ignore
    expect(new Map(lean(before['rows']).map((each) => [each.row, each]))).toEqual(
      new Map(lean(live).map((each) => [each.row, each])),
    );
    expect(figures(before['rows'] as Row[], 'S8').find(({ measure }) => measure === 'view-decided')).toMatchObject({ met: 1, of: 2 }); // prettier-ignore

    // A view of that half year is written down only now, and an old link turns out to be wrong.
    later = (await chair.made('/contributions', { ...view('Late news'), occurredAt: '2026-12-01T10:00:00Z' })).id;
    expect(later).not.toBe(first);
    const now = await rowsOf('?authority=essex&period=2026-H2');
    expect(figures(now, 'S8').find(({ measure }) => measure === 'view-decided')).toMatchObject({ met: 1, of: 3 });
    expect(await report()).toEqual(before);
    const { text } = await page(`/reports/${id}`);
    expect(text).toContain('1 of 2 views led to a decision');
    expect(text).not.toContain('1 of 3 views led to a decision');
    expect(text).toContain('Nothing was corrected.');

    await chair.made(`/reports/${id}/corrections`, { row: 'S8', was: '1 of 2 views led to a decision.', now: '1 of 3 views led to a decision.', why: 'A view from December was written down in January.' }); // prettier-ignore
    const corrected = await report();
    expect(corrected).toMatchObject({
      rows: before['rows'],
      corrections: [{ row: 'S8', was: expect.stringContaining('1 of 2'), now: expect.stringContaining('1 of 3'), on: '2027-01-15' }], // prettier-ignore
    });
    const after = (await page(`/reports/${id}`)).text;
    for (const words of ['1 of 2 views led to a decision', '1 of 3 views led to a decision', 'A view from December']) expect(after).toContain(words); // prettier-ignore

    const { store, codec, rows, opener, runner, settings } = server.engine;
    const tables = () => ['report', 'report_part', 'report_correction'].map((table) => rows.all(`SELECT * FROM ${table} ORDER BY 1, 2`)); // prettier-ignore
    const kept = tables();
    await rebuild({ store, codec, live: rows, opener, runner }, reportsProjection, join(settings.dataDir, 'beside.db'));
    expect(tables()).toEqual(kept);
  });

  it('are on time or late, due or overdue, and say which', async () => {
    const { id: waits } = await chair.made('/reports', { authority: 'essex', ...HALF, title: 'Not yet' });
    const late = await published({ due: '2027-01-01', title: 'A late one' });
    const of = async (id: string) => (await anyone.get(`/reports/${id}`)).body['punctuality'];
    expect([await of(waits), await of(late)]).toEqual(['due', 'late']);
    time = new Date('2027-03-01T10:00:00Z');
    expect(await of(waits)).toBe('overdue');
    const { text } = await page('/reports');
    for (const words of ['Late, not published', 'Published late', 'Published on time', '1 correction']) expect(text).toContain(words); // prettier-ignore
    expect(((await anyone.get('/reports?limit=1')).body as unknown as { next: string }).next).toMatch(/^2027/);
  });

  it('are refused: another council’s, twice, for days that are not months, for days to come, corrected where there is no line', async () => {
    const { id } = await chair.made('/reports', { authority: 'essex', ...HALF });
    const norfolk = await Client.as(server, 'chair', 'norfolk');
    expect((await norfolk.post(`/reports/${id}/publish`, SAID)).status).toBe(404);
    expect((await norfolk.post('/reports', { authority: 'essex', ...HALF })).status).toBe(404);
    expect((await anyone.post(`/reports/${id}/publish`, SAID)).status).toBe(401);
    await chair.made(`/reports/${id}/publish`, SAID);
    expect((await chair.post(`/reports/${id}/publish`, SAID)).problems).toEqual(['already-recorded']);
    expect((await chair.post(`/reports/${id}/corrections`, { row: 'S99', was: 'a', now: 'b', why: 'c' })).problems).toEqual(['row-unknown /row']); // prettier-ignore
    expect((await chair.post(`/reports/${id}/corrections`, {})).problems).toHaveLength(3);
    expect((await chair.post('/reports', { authority: 'essex', ...HALF, to: '2026-01-01' })).problems).toEqual(['dates-reversed /to']); // prettier-ignore
    const { id: days } = await chair.made('/reports', { authority: 'essex', ...HALF, from: '2026-07-02' });
    expect((await chair.post(`/reports/${days}/publish`, SAID)).problems).toEqual(['months-not-whole /']);
    const { id: open } = await chair.made('/reports', { authority: 'essex', ...HALF, from: '2027-01-01', to: '2027-06-30', due: '2027-08-31' }); // prettier-ignore
    expect((await chair.post(`/reports/${open}/publish`, SAID)).problems).toEqual(['period-open /occurredAt']);
    for (const path of ['/how-are-we-doing?period=2028-H1', '/how-are-we-doing?period=2026', '/how-are-we-doing?authority=nowhere', '/cqc?team=0'])
      expect([path, [400, 404, 422].includes((await anyone.get(path)).status)]).toEqual([path, true]); // prettier-ignore
  });

  it('are set, published and corrected on pages, by those who record', async () => {
    const cookie = (await staff(server.url, 'chair', 'essex')).cookies.map((each) => each.split(';')[0]).join('; ');
    const send = (path: string, fields: [string, string][]) =>
      fetch(server.url + path, { method: 'POST', redirect: 'manual', headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(fields) }); // prettier-ignore
    expect((await page('/reports/new', cookie)).text).toContain('Set the day of a report');
    const set = await send('/reports', [['authority', 'essex'], ['title', 'By hand'], ['from', '2026-07-01'], ['to', '2026-12-31'], ['due', '2027-04-01']]); // prettier-ignore
    const path = (set.headers.get('location') ?? '').split('?')[0] ?? '';
    expect(path).toMatch(/^\/reports\/[0-9a-f-]{36}$/);
    expect((await page(path, cookie)).text).toContain('Publish this report from the record');
    const empty = await send(`${path}/publish`, [['readability', 'read aloud']]);
    expect([empty.status, (await empty.text()).includes('value="read aloud"')]).toEqual([400, true]);
    expect((await send(`${path}/publish`, [['formats', 'easy-read'], ['readability', 'not checked'], ['checkedByPeople', 'no']])).status).toBe(303); // prettier-ignore
    const { text } = await page(`${path}?as=easy`);
    expect(text).toContain('People with learning disabilities have not checked it yet.');
    expect(
      (
        await send(`${path}/correct`, [
          ['was', 'a'],
          ['now', 'b'],
          ['why', 'c'],
        ])
      ).status,
    ).toBe(303);
    expect((await page(`${path}?as=large`)).html).toContain('tl-size-large');
  });

  it('give the Care Quality Commission nine statements with what is behind each, also as CSV', async () => {
    const { items } = (await anyone.get('/cqc?authority=essex&period=2026-H2')).body as unknown as { items: { title: string; rows: string[]; evidence: Row[] }[] }; // prettier-ignore
    expect(items.map(({ title }) => title)).toEqual([
      'Assessing needs', 'Supporting people to live healthier lives', 'Equity in experience and outcomes', 'Care provision, integration and continuity', 'Partnerships and communities',
      'Safe systems, pathways and transitions', 'Safeguarding', 'Governance, management and sustainability', 'Learning, improvement and innovation',
    ]); // prettier-ignore
    for (const { rows, evidence } of items) expect(evidence.map(({ row }) => row)).toEqual(rows);
    const csv = await page('/cqc.csv?authority=essex&period=2026-H2');
    expect(csv.html).toContain('theme,quality_statement,line,line_text,kind,says,number,out_of,not_known,records');
    expect(csv.html).toContain('/pledge/S18/view-promised?authority=essex&from=2026-07&to=2026-12');
    const { text } = await page('/cqc?authority=essex&period=2026-H2');
    expect(text).toContain('This record shows nothing for this quality statement.');
    expect(text).toContain('nobody at the commission has checked it');
  });

  it('tell what was asked, said and done, a no with its reason, and nothing that is not for everyone', async () => {
    const hidden = (await chair.made('/contributions', { ...view('A secret worry'), attribution: 'hidden' })).id;
    await chair.made('/decisions', decision({ answer: 'no', statement: 'No bus on Sunday', reason: { codes: ['money'], words: 'The council has 3 buses and no driver on Sunday.' }, answers: [{ contribution: hidden, effect: 'heard' }] })); // prettier-ignore
    const { items } = (await anyone.get('/asked-said-did?authority=essex')).body as unknown as { items: Record<string, unknown>[] }; // prettier-ignore
    expect(items[0]).toMatchObject({ answer: 'no', because: 'The council has 3 buses and no driver on Sunday.', said: [], notShown: 1 }); // prettier-ignore
    expect(items[1]).toMatchObject({ answer: 'yes', said: [{ words: 'The bus stops at six', effect: 'changed' }], did: [{ what: 'A form of one page', state: 'promised' }] }); // prettier-ignore
    const { text } = await page('/asked-said-did?authority=essex');
    for (const words of ['We did not, or not yet', 'Because: The council has 3 buses', 'The bus stops at six', '1 view that we do not show here.', 'It is not recorded where this was asked.'])
      expect(text).toContain(words); // prettier-ignore
    expect(text + JSON.stringify(items)).not.toContain('secret');
    expect(text + JSON.stringify(items)).not.toContain(hidden);
    expect((await page('/asked-said-did?authority=norfolk')).text).toContain('Nothing is decided yet.');
  });
});
