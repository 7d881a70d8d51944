import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commitmentsProjection } from '#commitments/commitments.projection';
import { pledgeLogProjection } from '#pledge-log/pledge-log.projection';
import { rebuild } from '#projections/rebuild';
import { CSV_HEADINGS } from '../../apps/server/src/pages/pledge-log/pledge-log.csv.js';
import { day, promise } from './bodies.js';
import { Client } from './client.js';
import { startServer, type TestServer } from './server.js';

interface Log {
  readonly total: number;
  readonly items: readonly Record<string, unknown>[];
  readonly next: string | null;
  readonly counts: Readonly<Record<string, readonly { readonly value: string; readonly count: number }[]>>;
}

/** Six commitments of two councils, in six states. */
describe('the pledge log over HTTP', () => {
  let server: TestServer;
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    server = await startServer();
    const essex = await Client.as(server, 'pledge-lead');
    const luton = await Client.as(server, 'pledge-lead', 'luton');
    const make = async (name: string, client: Client, authority: string, pledgePart: string, more: object = {}) => {
      ids[name] = (await client.made('/commitments', promise({ authority, pledgePart, what: `The ${name} one`, ...more }))).id; // prettier-ignore
    };
    await make('open', essex, 'essex', 'P1a');
    await make('done', essex, 'essex', 'P1a', { owner: { name: 'Ali Khan', role: 'director' } });
    await make('checked', essex, 'essex', 'I3');
    await make('dropped', luton, 'luton', 'I3');
    await make('=cmd', luton, 'luton', 'P2b', { what: '=cmd|" /C calc"!A0, and\nmore' });
    await make('under way', luton, 'luton', 'P2b');
    for (const name of ['done', 'checked']) await essex.made(`/commitments/${ids[name] ?? ''}/reported-done`, {});
    const checker = await Client.as(server, 'checker');
    await checker.made(`/commitments/${ids['checked'] ?? ''}/confirmation`, { confirmed: true });
    await luton.made(`/commitments/${ids['dropped'] ?? ''}/drop`, { reason: 'The money is gone' });
    await luton.made(`/commitments/${ids['under way'] ?? ''}/progress`, { words: 'Three people came' });
  });
  afterAll(() => server.close());
  const log = async (query = '') => (await Client.anyone(server).get(`/pledge-log${query}`)).body as unknown as Log;
  const names = ({ items }: Log) => items.map(({ id }) => Object.keys(ids).find((name) => ids[name] === id));
  const page = async (path: string) => (await fetch(server.url + path)).text();

  it('lists all of them, newest first, with owner, dates, proof, colour and why', async () => {
    const all = await log();
    expect(names(all)).toEqual(['under way', '=cmd', 'dropped', 'checked', 'done', 'open']);
    expect(all.items[5]).toMatchObject({
      authority: 'essex', part: 'P1a', state: 'promised', due: day(90), firstDue: day(90), moved: 0, proofs: 0, late: false, daysLate: null,
      owner: { name: 'Jane Smith', role: 'forms manager' }, rag: { colour: 'amber', why: expect.stringMatching(/^Amber because it is promised by/) as string },
    }); // prettier-ignore
  });

  it.each([
    ['authority=essex', ['checked', 'done', 'open']],
    ['part=I3', ['dropped', 'checked']],
    ['status=reported-done', ['done']],
    ['rag=green', ['checked']],
    ['rag=grey', ['dropped']],
    ['late=yes', []],
    ['late=no&authority=luton', ['under way', '=cmd', 'dropped']],
    ['owner=ali', ['done']],
    ['owner=DIRECTOR', ['done']],
    ['authority=essex&rag=amber&part=P1a', ['done', 'open']],
    ['authority=&part=&rag=', ['under way', '=cmd', 'dropped', 'checked', 'done', 'open']],
  ])('narrowed by %s is %j', async (query, expected) => expect(names(await log(`?${query}`))).toEqual(expected));

  it('counts what each choice would show: following a count leads to as many', async () => {
    const { counts } = await log('?authority=luton');
    expect(counts['status']).toEqual([{ value: 'dropped', count: 1 }, { value: 'promised', count: 1 }, { value: 'under-way', count: 1 }]); // prettier-ignore
    expect(counts['authority']).toEqual([{ value: 'essex', count: 3 }, { value: 'luton', count: 3 }]); // prettier-ignore
    for (const [facet, values] of Object.entries(counts))
      for (const { value, count } of values) {
        const query = new URLSearchParams({ authority: 'luton', [facet]: value }).toString();
        expect([query, (await log(`?${query}`)).total]).toEqual([query, count]);
      }
  });

  it('goes on by a cursor, without a gap and without repeating', async () => {
    const seen: unknown[] = [];
    for (let after: string | null = ''; after !== null;) {
      const next: Log = await log(`?limit=2${after && `&after=${encodeURIComponent(after)}`}`);
      expect(next.total).toBe(6);
      seen.push(...next.items.map(({ id }) => id));
      after = next.next;
    }
    expect(seen).toEqual((await log()).items.map(({ id }) => id));
  });

  it('shows a day before anything was promised as empty, and what is late on a day to come', async () => {
    expect(await log('?asOf=2020-01-01')).toMatchObject({ total: 0, items: [] });
    expect(names(await log(`?late=yes&asOf=${day(91)}`))).toEqual(['open', '=cmd', 'under way']);
    const [late] = (await log(`?late=yes&asOf=${day(91)}`)).items;
    expect(late).toMatchObject({ daysLate: 1, rag: { colour: 'red' } });
  });

  it('refuses a filter that is none, in words', async () => {
    for (const query of ['rag=blue', 'asOf=2026-02-30', 'part=%3Cb%3E', 'late=maybe', 'colour=red'])
      expect([query, (await Client.anyone(server).get(`/pledge-log?${query}`)).status]).toEqual([query, 400]);
  });

  it('is a page whose counts are links, with the same list as a spreadsheet', async () => {
    const html = await page('/pledge-log?authority=luton');
    expect(html).toContain('href="/pledge-log?authority=luton&amp;status=dropped"');
    expect(html).toContain('The under way one');
    expect(html).not.toContain('The open one');
    expect(html).toContain('href="/pledge-log.csv?authority=luton"');
    expect(await page('/pledge-log?late=yes')).toContain('Nothing is late today.');
  });

  it('gives exactly that list as CSV, with the filter and the time, and nothing that a spreadsheet would run', async () => {
    const answer = await fetch(`${server.url}/pledge-log.csv?authority=luton`);
    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect(answer.headers.get('content-disposition')).toMatch(/filename="pledge-log-\d{4}-\d\d-\d\d\.csv"/);
    const text = await answer.text();
    const rows = text.trim().split('\r\n');
    expect(rows).toHaveLength(1 + 3);
    expect(rows[0]).toMatch(/Reference,Council,.*,RAG,Why,.*,As it was on,List,Taken at$/);
    expect(text).toContain(`"'=cmd|"" /C calc""!A0, and\nmore"`);
    for (const row of rows.slice(1)) expect(row).toContain('/pledge-log?authority=luton,');
    expect(rows[3]).toContain('Discontinued,grey');
  });

  it('has columns that the reference explains, all of them, in their order', () => {
    const reference = readFileSync('docs/reference/pledge-log-columns.md', 'utf8');
    const explained = [...reference.matchAll(/^\| ([A-Z][^|]*?) +\|/gm)].map(([, name = '']) => name);
    expect(explained.slice(1)).toEqual(CSV_HEADINGS);
  });

  it('has a page for each: verdict, twelve questions with “Not recorded” in words, every entry, and any day', async () => {
    const html = await page(`/commitments/${ids['done'] ?? ''}`);
    expect(html).toMatch(/Reported complete [^<]*\. <strong>Not confirmed\.<\/strong> Amber because it is reported done and nobody except the owner has checked it/); // prettier-ignore
    const questions = [...html.matchAll(/<section class="tl-question"><h2[^>]*>(\d+)\. /g)].map(([, n]) => Number(n));
    expect(questions).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(html.match(/<p class="govuk-body">Not recorded<\/p>/g)?.length).toBeGreaterThanOrEqual(4);
    expect(html).toContain('Ali Khan, director, by');
    expect(html).toContain('No proof has been added yet.');
    for (const n of [1, 2]) expect(html).toContain(`id="entry-${n}"`);
    expect((await fetch(`${server.url}/commitments/${ids['done'] ?? ''}?asOf=2020-01-01`)).status).toBe(404);
  });

  it('is the same after every read model was built anew', async () => {
    const before = [await log(), await page(`/commitments/${ids['checked'] ?? ''}`)];
    const { store, codec, rows: live, opener, runner, settings } = server.engine;
    for (const projection of [commitmentsProjection, pledgeLogProjection])
      await rebuild({ store, codec, live, opener, runner }, projection, join(settings.dataDir, 'beside.db'));
    expect([await log(), await page(`/commitments/${ids['checked'] ?? ''}`)]).toEqual(before);
  });
});
