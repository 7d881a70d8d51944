import type { Role } from '#kernel/codes';
import { staff } from '../browser/people.js';
import { day, decision, promise } from '../http/bodies.js';
import { Client } from '../http/client.js';
import { encoded, Visitor } from '../http/form-filler.js';
import { startServer, type TestServer } from '../http/server.js';

/** What somebody who works here may do is right each time; what they could get by doing it in another order is tried here. */
describe('somebody who works for a council', () => {
  let server: TestServer;
  let chair: Client;
  beforeAll(async () => {
    server = await startServer();
    chair = await Client.as(server, 'chair');
  });
  afterAll(() => server.close());
  const visitor = async (role: string, authority = 'essex') =>
    new Visitor(server.url, (await staff(server.url, role, authority)).cookies);

  it('is not told who somebody of another council is by writing a view down as theirs', async () => {
    const norfolk = await Client.as(server, 'chair', 'norfolk');
    // The id of a person stands in the public log.
    const theirs = { authority: 'norfolk', name: 'Zebedee Norfolkman', contact: 'zebedee@example.org' };
    const { id: participant } = await norfolk.made('/participants', theirs);
    const { id: team } = await chair.made('/teams', { authority: 'essex', name: 'Form team', stage: 'plan' });
    const startsAt = new Date(Date.now() - 3_600_000).toISOString();
    const { id: meeting } = await chair.made('/meetings', { authority: 'essex', team, title: 'November', startsAt });
    const capture = `/meetings/${meeting}/capture`;
    const note = await visitor('note-taker');
    const said = { words: 'Zebedee waits for the bus', participant, capacity: 'other', revision: '0' };
    expect((await note.send(`${capture}/views/new`, encoded(said))).status).toBe(303);
    const check = await note.send(`${capture}/check`, '');
    expect([check.status, check.html.includes('Choose somebody of this council')]).toEqual([400, true]);
    // Nor whether it is their name that was typed.
    expect(check.html).not.toContain('may be a person');
    expect((await note.get(`/views?meeting=${meeting}`)).html).not.toContain('/team"');
  });

  it('reads what people asked of the team only where it is their work to answer', async () => {
    const view = { authority: 'essex', words: 'x', channel: 'paper', capacity: 'other', voice: 'own', attribution: 'hidden' }; // prettier-ignore
    const { id } = await chair.made('/contributions', view);
    const asked = { contact: '07700 900123', note: 'zanthoxyl at home' };
    const { request } = await Client.card(server, id).made(`/contributions/${id}/call-back`, asked);
    const reads = async (role: Role) => {
      const { body } = await (await Client.as(server, role)).get('/requests');
      const { html } = await (await visitor(role)).get('/requests');
      expect([role, JSON.stringify(body).includes(String(request)), html.includes('Please call me')]).toEqual([role, true, true]); // prettier-ignore
      return [JSON.stringify(body), html].map((said) => said.includes('zanthoxyl'));
    };
    for (const role of ['chair', 'note-taker', 'pledge-lead'] as const) expect(await reads(role)).toEqual([true, true]);
    for (const role of ['owner', 'checker', 'scrutiny-officer', 'data-protection-officer'] as const)
      expect([role, await reads(role)]).toEqual([role, [false, false]]);
    const regional = await Client.everywhere(server, 'scrutiny-officer');
    expect(JSON.stringify((await regional.get('/requests')).body)).not.toContain('zanthoxyl');
  });

  it('moves no date of their own promise: not with a token, and not by stopping and beginning again', async () => {
    const { id } = await chair.made('/service-changes', promise({ owner: { name: 'Sam Taylor', role: 'manager' } }));
    const moved = { due: day(300), reason: 'The printer closed', agreedBy: 'the chair' };
    for (const role of ['owner', 'checker', 'scrutiny-officer'] as const)
      expect((await (await Client.as(server, role)).post(`/service-changes/${id}/due-date`, moved)).status).toBe(403);
    const owner = await visitor('owner');
    const send = (step: string, fields: Record<string, string>) =>
      owner.send(`/service-changes/${id}/${step}`, encoded({ reason: 'The printer closed', ...fields }));
    expect((await send('pause', { lookAgain: day(30) })).status).toBe(303);
    const later = await send('reopen', { due: day(300) });
    expect([later.status, later.html.includes('The team decides about a new one')]).toEqual([400, true]);
    expect((await send('reopen', { due: day(90) })).status).toBe(303);
    expect((await send('pause', { lookAgain: day(30) })).status).toBe(303);
    // The team may, and it stands there as a date that moved.
    await chair.made(`/service-changes/${id}/reopen`, { reason: 'A new printer came', due: day(300) });
    const shown = (await chair.get(`/service-changes/${id}/chain`)).body['serviceChanges'];
    expect(shown).toMatchObject([{ due: day(300), moved: [{ old: day(90), new: day(300), agreedBy: 'the chair' }] }]);
  });

  it('writes down no verdict of other people on what they promised themselves', async () => {
    const { id: view } = await chair.made('/contributions', { authority: 'essex', words: 'x', channel: 'paper', capacity: 'other', voice: 'own', attribution: 'group' }); // prettier-ignore
    const { id: behind } = await chair.made('/decisions', decision({ answers: [{ contribution: view, effect: 'changed' }] })); // prettier-ignore
    const owner = await Client.as(server, 'owner');
    for (const [kind, more] of [['service-changes', { decision: behind }], ['commitments', { pledgePart: 'P1a' }]] as const) {
      const { id } = await chair.made(`/${kind}`, promise(more));
      await owner.made(`/${kind}/${id}/reported-done`, {});
      const said = { verdict: 'done', comment: 'It is wonderful', ...(kind === 'service-changes' && { contribution: view }) };
      expect([kind, (await owner.post(`/${kind}/${id}/verdicts`, said)).problems]).toEqual([kind, ['own-promise /verdict']]);
      expect((await chair.post(`/${kind}/${id}/verdicts`, said)).status).toBe(201);
    }
  }); // prettier-ignore
});
