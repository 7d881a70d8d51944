import { randomId } from '#event-store/ids';
import { changeAttribution, contribution } from '#contributions/contribution';
import { nowAt } from '#kernel/time';
import { called, day, decision, outcomes, view } from './bodies.js';
import { Client } from './client.js';
import { startServer, type TestServer } from './server.js';

type Body = Record<string, unknown>;

describe('chains over HTTP', () => {
  let server: TestServer;
  let chair: Client;
  let anyone: Client;
  beforeAll(async () => {
    server = await startServer();
    chair = await Client.as(server, 'chair');
    anyone = Client.anyone(server);
  });
  afterAll(() => server.close());
  const held = async () => {
    const { id: earlier } = await chair.made('/contributions', view('Bigger print'));
    const { meeting } = await called(chair);
    const made = await chair.made(`/meetings/${meeting}/outcomes`, outcomes(earlier));
    const first = (list: string) => Object.values(made[list] as Record<string, string>)[0] ?? '';
    return { earlier, meeting, v1: first('contributions'), d1: first('decisions'), p1: first('serviceChanges') };
  };
  const chain = async (path: string, who = anyone) => (await who.get(path)).body as Body;
  const ids = (body: Body, list: string) => (body[list] as { id: string }[]).map(({ id }) => id).sort();

  it('tell the same graph from each of its ends', async () => {
    const { earlier, v1, d1, p1 } = await held();
    const views = [earlier, v1].sort();
    for (const [path, own] of [
      [`/contributions/${v1}/chain`, [v1]],
      [`/contributions/${earlier}/chain`, [earlier]],
      [`/decisions/${d1}/chain`, views],
      [`/service-changes/${p1}/chain`, views],
    ] as const) {
      const body = await chain(path);
      expect([path, ids(body, 'contributions'), ids(body, 'decisions'), ids(body, 'serviceChanges')]).toEqual([path, own, [d1], [p1]]);
    }
    expect(await chain(`/contributions/${v1}/chain`)).toMatchObject({
      status: 'yes', contribution: { id: v1, words: 'Page 3 is never read' }, replies: [],
      gaps: [{ code: 'no-reply', node: v1 }], decisions: [{ statement: 'The form gets shorter' }],
      serviceChanges: [{ what: 'A form of one page', owner: { name: 'Jane Smith', role: 'forms manager' } }],
    });
  }); // prettier-ignore

  it('tell words that are not for everyone to those who record, and to no other role', async () => {
    const { id } = await chair.made('/contributions', { ...view('Between us'), attribution: 'hidden' });
    expect(await chain(`/contributions/${id}/chain`, chair)).toMatchObject({ contribution: { words: 'Between us' } });
    for (const role of ['owner', 'checker', 'participant'] as const)
      expect([role, (await (await Client.as(server, role)).get(`/contributions/${id}/chain`)).status]).toEqual([
        role,
        404,
      ]);
  });

  it('say the steps in order, each with when, by what role, and the words', async () => {
    const { v1 } = await held();
    const steps = (await chain(`/contributions/${v1}/chain`))['steps'] as { kind: string; by: string; text: unknown; occurredAt: string }[];
    expect(steps.map(({ kind }) => kind).sort()).toEqual([
      'ContributionConsidered', 'ContributionReadBack', 'ContributionReceived', 'DecisionLinkedToContribution', 'DecisionLinkedToContribution',
      'DecisionMade', 'DiscussionHeld', 'ServiceChangePromised',
    ]);
    expect(new Set(steps.map(({ by }) => by))).toEqual(new Set(['chair']));
    expect([...steps].sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1)).map(({ occurredAt }) => occurredAt)).toEqual(steps.map(({ occurredAt }) => occurredAt));
    expect(steps.find(({ kind }) => kind === 'ContributionReceived')?.text).toBe('Page 3 is never read');
  }); // prettier-ignore

  it('as of yesterday there was nothing; as of today there is everything', async () => {
    const { v1, d1 } = await held();
    const [yesterday, today] = [day(-2), day(1)];
    expect((await anyone.get(`/contributions/${v1}/chain?asOf=${yesterday}`)).status).toBe(404);
    expect(ids(await chain(`/contributions/${v1}/chain?asOf=${today}`), 'decisions')).toEqual([d1]);
  });

  it.each(['2026-02-30', 'yesterday', '2026-13-01', '0000-00-00'])('refuse a day that is none: %s', async (asOf) => {
    const { v1 } = await held();
    expect((await anyone.get(`/contributions/${v1}/chain?asOf=${asOf}`)).status).toBe(400);
  });

  it('a wrong recorded meeting is mended by events; the wrong and the right stay visible', async () => {
    const { v1, d1, p1, meeting } = await held();
    // What was written down wrongly: the words, the effect, the answer, the promise.
    await chair.made(`/contributions/${v1}/corrections`, { words: 'Page 4 is never read', why: 'Misheard' });
    await chair.made(`/decisions/${d1}/links`, { contribution: v1, effect: 'heard', why: 'It was not followed', meeting });
    const { id: right } = await chair.made('/decisions', decision({ answer: 'no', statement: 'The form stays', reason: { codes: ['law'], words: 'The law asks for each page.' }, answers: [{ contribution: v1, effect: 'heard' }] }));
    await chair.made(`/decisions/${d1}/supersede`, { by: right, why: 'Recorded wrongly' });
    await chair.made(`/service-changes/${p1}/drop`, { reason: 'Recorded wrongly' });
    const mended = await chain(`/contributions/${v1}/chain`);
    expect(mended).toMatchObject({ status: 'no', contribution: { words: 'Page 4 is never read', corrected: true } });
    expect(ids(mended, 'decisions')).toEqual([d1, right].sort());
    const texts = (mended['steps'] as { text: unknown }[]).map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['Page 3 is never read', 'Page 4 is never read', 'The form gets shorter', 'The form stays', 'Recorded wrongly', 'It was not followed']));
    const links = (mended['links'] as { kind: string; to: string; effect: string; until: string | null }[]).filter(({ kind, to }) => kind === 'answered' && to === d1);
    expect(links.map(({ effect, until }) => [effect, until === null])).toEqual([['changed', false], ['heard', true]]);
    // The meeting itself cannot be recorded over.
    expect((await chair.post(`/meetings/${meeting}/outcomes`, outcomes())).problems).toEqual(['already-recorded']);
  }); // prettier-ignore

  it('show everyone no more than the person chose; the person and staff read it whole', async () => {
    const { id: ann } = await chair.made('/participants', { authority: 'essex', name: 'Ann Webb' });
    const { id } = await chair.made('/contributions', { ...view('About me'), participant: ann, voice: 'helped', helper: 'Jo Bell' });
    const path = `/contributions/${id}/chain`;
    const open = JSON.stringify(await chain(path));
    expect(open).toContain('About me');
    for (const secret of [ann, 'Webb', 'Jo Bell']) expect(open).not.toContain(secret);
    expect(await chain(path, Client.card(server, id))).toMatchObject({ contribution: { words: 'About me', helper: 'Jo Bell' } });
    const { position } = await server.engine.recorder.act(
      contribution, id, { commandId: randomId(), actor: { role: 'participant', ref: id }, now: nowAt(new Date()) },
      (state) => changeAttribution(state, 'hidden'),
    );
    await server.engine.caughtUp(position);
    expect((await anyone.get(path)).status).toBe(404);
    expect(await chain(path, chair)).toMatchObject({ contribution: { words: 'About me' } });
    expect((await (await Client.as(server, 'chair', 'norfolk')).get(path)).status).toBe(404);
    const { id: decided } = await chair.made('/decisions', decision({ answers: [{ contribution: id, effect: 'heard' }] }));
    const told = JSON.stringify(await chain(`/decisions/${decided}/chain`));
    expect(told).not.toContain('About me');
    expect(told).toContain('withheld');
  }); // prettier-ignore

  it('answer 404 for what is not there or is of another kind, 400 for what is no id', async () => {
    const { v1, d1 } = await held();
    for (const path of [`/contributions/${randomId()}/chain`, `/contributions/${d1}/chain`, `/decisions/${v1}/chain`, `/service-changes/${d1}/chain`])
      expect([path, (await anyone.get(path)).status]).toEqual([path, 404]);
    expect((await anyone.get('/contributions/x/chain')).status).toBe(400);
  }); // prettier-ignore
});
