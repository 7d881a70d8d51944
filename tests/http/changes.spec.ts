import { nowAt } from '#kernel/time';
import { decision, promise, view } from './bodies.js';
import { Client } from './client.js';
import { startServer, type TestServer } from './server.js';

interface Pack {
  readonly since: string;
  readonly sections: readonly { readonly code: string; readonly count: number; readonly items: readonly Record<string, string>[] }[]; // prettier-ignore
}

describe('what changed since the last committee', () => {
  let server: TestServer;
  let now = Date.parse('2026-01-05T10:00:00Z');
  const to = (day: string): void => void (now = Date.parse(`${day}T10:00:00Z`));
  beforeAll(async () => {
    server = await startServer({}, undefined, { now: () => nowAt(new Date(now)) });
    const [lead, officer, checker, chair] = await Promise.all([Client.as(server, 'pledge-lead'), Client.as(server, 'scrutiny-officer'), Client.as(server, 'checker'), Client.as(server, 'chair')]); // prettier-ignore
    const make = async (what: string, due: string) => (await lead.made('/commitments', promise({ pledgePart: 'P1a', what, due }))).id; // prettier-ignore
    const [late, moved, done, dropped] = [await make('Late', '2026-02-10'), await make('Moved', '2026-02-12'), await make('Done', '2026-04-01'), await make('Dropped', '2026-04-01')]; // prettier-ignore
    const early = (await officer.made('/audits', { authority: 'essex', title: 'First look', body: 'Panel' })).id;
    await lead.made(`/commitments/${moved}/due-date`, { due: '2026-02-13', reason: 'The hall is shut', agreedBy: 'chair' }); // prettier-ignore
    to('2026-02-01');
    await officer.made(`/audits/${early}/closing`, {});
    to('2026-02-20');
    await make('New', '2026-06-01');
    await lead.made(`/commitments/${moved}/due-date`, { due: '2026-05-01', reason: '=The builder left', agreedBy: 'the chair' }); // prettier-ignore
    await lead.made(`/commitments/${done}/reported-done`, { words: 'It is there.' });
    await checker.made(`/commitments/${done}/confirmation`, { confirmed: false, name: 'Al Bee', words: 'Not on the shelf.' }); // prettier-ignore
    await lead.made(`/commitments/${dropped}/drop`, { reason: 'The money is gone.' });
    const audit = (await officer.made('/audits', { authority: 'essex', title: 'Second look', body: 'Panel' })).id;
    const found = { about: 'commitment', thing: late, found: 'not-satisfied', reason: 'Nothing was done.' };
    const finding = (await officer.made(`/audits/${audit}/findings`, found)).id;
    await officer.made(`/audits/${audit}/findings`, { ...found, thing: done, reason: 'Kept back.' });
    const recommend = (what: string, due: string) => officer.made(`/audits/${audit}/recommendations`, { authority: 'essex', what, to: 'Cabinet', due }); // prettier-ignore
    const asked = (await recommend('Answer me.', '2026-02-25')).id;
    await recommend('Nobody answers this.', '2026-02-25');
    await chair.made('/decisions', decision({ statement: 'Decided alone' }));
    const said = (await chair.made('/contributions', view())).id;
    await chair.made('/decisions', decision({ statement: 'Decided with people', answers: [{ contribution: said, effect: 'changed' }] })); // prettier-ignore
    to('2026-02-24');
    await officer.made(`/findings/${finding}/publication`, { decidedBy: 'Panel, 24 February' });
    await lead.made(`/recommendations/${asked}/responses`, { answer: 'not-accepted', words: 'There is no money.' });
    to('2026-03-01');
  }, 60_000);
  afterAll(() => server.close());

  const text = async (path: string) => (await fetch(`${server.url}${path}`)).text();
  const pack = async (query = '?authority=essex') => JSON.parse(await text(`/scrutiny/changes.json${query}`)) as Pack;
  const of = ({ sections }: Pack, code: string) => sections.find((each) => each.code === code)?.items ?? [];

  it('counts from the last audit that was closed, and has every kind of change', async () => {
    const got = await pack();
    expect(got.since).toBe('2026-02-01');
    const counts = Object.fromEntries(got.sections.map(({ code, count }) => [code, count]));
    expect(counts).toEqual({ new: 1, moved: 1, late: 1, silent: 0, reported: 1, confirmed: 0, disputed: 1, stopped: 1, findings: 1, recommended: 2, due: 2, responses: 1, 'without-people': 1 }); // prettier-ignore
    expect(of(got, 'new')[0]).toMatchObject({ what: 'New', change: 'Jane Smith, forms manager, by 1 June 2026' });
    expect(of(got, 'moved')[0]).toMatchObject({ what: 'Moved', change: 'Moved after it had passed', old: '13 February 2026', new: '1 May 2026', reason: '=The builder left', agreedBy: 'the chair' }); // prettier-ignore
    expect(of(got, 'late')[0]).toMatchObject({ what: 'Late', change: expect.stringContaining('Late by 19 days') as string }); // prettier-ignore
    expect(of(got, 'findings')[0]).toMatchObject({ what: 'Late', change: 'Not satisfied' });
    expect(of(got, 'due').map(({ what, change }) => `${what ?? ''} ${change ?? ''}`).sort()).toEqual(['Answer me. Answered on 24 February 2026', 'Nobody answers this. No response. Overdue']); // prettier-ignore
    expect(of(got, 'without-people')[0]).toMatchObject({ what: 'Decided alone' });
  });

  it('keeps what is not published out of it, also for the council', async () => {
    for (const format of ['', '.csv', '.json'])
      expect(await text(`/scrutiny/changes${format}?authority=essex`)).not.toContain('Kept back.');
  });

  it('tells of the days that are asked for, of one council, and says so where nothing happened', async () => {
    expect(of(await pack('?since=2026-01-01&until=2026-01-31'), 'moved')[0]).toMatchObject({ change: 'Moved before it had passed' }); // prettier-ignore
    expect((await pack('?since=2026-02-20&until=2026-02-23')).sections.every(({ count }) => count === 0)).toBe(true); // prettier-ignore
    expect((await pack('?authority=luton&since=2026-01-01')).sections.every(({ count }) => count === 0)).toBe(true);
    expect(await text('/scrutiny/changes?authority=luton&since=2026-01-01')).toContain('None in this time.');
    const wrong = await fetch(`${server.url}/scrutiny/changes?since=2026-03-01&until=2026-01-01`, { headers: { accept: 'text/html' } }); // prettier-ignore
    expect([wrong.status < 500, wrong.status >= 400]).toEqual([true, true]);
  });

  it('is the same as a spreadsheet, in which nothing is run', async () => {
    const csv = await text('/scrutiny/changes.csv?authority=essex');
    expect(csv).toContain("'=The builder left");
    expect(csv.trim().split('\r\n')).toHaveLength(1 + 13);
    expect(csv).toContain('/scrutiny/changes?authority=essex&since=2026-02-01&until=2026-03-01');
  });
});
