import { randomId } from '#event-store/ids';
import { nowAt } from '#kernel/time';
import { audit } from '#scrutiny/audit';
import type { AuditEvent } from '#scrutiny/audit.events';
import { redrawn } from '../../apps/cli/src/commands/sample.js';
import { start } from '../faults/processes.js';
import { day, promise, view } from './bodies.js';
import { Client } from './client.js';
import { startServer, type TestServer } from './server.js';

interface Sample {
  readonly id: string;
  readonly ids: readonly string[];
  readonly population: number;
  readonly seed: string;
  readonly position: string;
}

describe('scrutiny over HTTP', () => {
  let server: TestServer;
  let officer: Client;
  let norfolk: Client;
  let regional: Client;
  let lead: Client;
  let auditId: string;
  const promises: string[] = [];
  beforeAll(async () => {
    server = await startServer();
    [officer, norfolk, regional, lead] = await Promise.all([
      Client.as(server, 'scrutiny-officer'),
      Client.as(server, 'scrutiny-officer', 'norfolk'),
      Client.everywhere(server, 'scrutiny-officer'),
      Client.as(server, 'pledge-lead'),
    ]);
    for (let n = 0; n < 12; n++)
      promises.push((await lead.made('/commitments', promise({ pledgePart: 'P1a', what: `Form ${n} of one page` }))).id); // prettier-ignore
    auditId = (await officer.made('/audits', { authority: 'essex', title: 'Forms', body: 'Overview Committee' })).id;
  }, 30_000);
  afterAll(() => server.close());

  const draw = async (asked: number, of = 'promises') =>
    (await officer.made(`/audits/${auditId}/samples`, { of, asked, filter: { authority: 'essex' } })) as unknown as Sample; // prettier-ignore
  const finding = (thing: string) => ({ about: 'commitment', thing, found: 'cannot-tell', reason: 'There is no proof.' }); // prettier-ignore

  it('is work of scrutiny officers: nobody else opens an audit, draws or finds', async () => {
    const body = { authority: 'essex', title: 'x', body: 'y' };
    expect((await Client.anyone(server).post('/audits', body)).status).toBe(401);
    for (const role of ['chair', 'pledge-lead', 'owner', 'administrator'] as const)
      expect([role, (await (await Client.as(server, role)).post('/audits', body)).status]).toEqual([role, 403]);
  });

  it('draws from the record as it stands, and draws the same again after more was recorded', async () => {
    const drawnOnce = await draw(5);
    expect(drawnOnce).toMatchObject({ population: 12, ids: expect.any(Array) as string[] });
    expect(new Set(drawnOnce.ids).size).toBe(5);
    expect(promises).toEqual(expect.arrayContaining([...drawnOnce.ids]));
    await lead.made('/commitments', promise({ pledgePart: 'P1a', what: 'A form that came later' }));
    await lead.made(`/commitments/${drawnOnce.ids[0] ?? ''}/drop`, { reason: 'The money is gone' });
    expect(await redrawn(server.engine, drawnOnce.id)).toMatchObject({ isSame: true, population: { recorded: 12, redrawn: 12 } }); // prettier-ignore
  });

  it('draws all there are when more are asked for, and views as well as promises', async () => {
    const chair = await Client.as(server, 'chair');
    for (const words of ['One', 'Two', 'Three']) await chair.made('/contributions', view(words));
    const views = await draw(20, 'views');
    expect([views.population, views.ids.length]).toEqual([3, 3]);
    expect((await redrawn(server.engine, views.id))?.isSame).toBe(true);
    const none = { of: 'promises', asked: 3, filter: { authority: 'essex', rag: 'green' } };
    expect((await officer.post(`/audits/${auditId}/samples`, none)).problems).toEqual(['nothing-to-draw']);
    const every = { of: 'promises', asked: 3 };
    expect((await officer.post(`/audits/${auditId}/samples`, every)).problems).toEqual(['other-council /authority']);
  });

  it('is drawn again by the command: exit code 0 the same, 1 different, 2 there is none', async () => {
    const honest = await draw(4);
    const forged = randomId();
    const now = nowAt(new Date());
    const context = { commandId: randomId(), actor: { role: 'scrutiny-officer', ref: 'x' }, now };
    // Somebody who can write to the log picks what they like to see, under an honest seed.
    const ids = promises.filter((id) => !honest.ids.includes(id)).slice(0, 4);
    await server.engine.recorder.act(audit, auditId, context, () => [
      { type: 'SampleDrawn', data: { sample: forged, method: 'sha256-order.v1', seed: honest.seed, of: 'promises', filter: { authority: 'essex' }, asked: 4, population: honest.population, position: honest.position, day: now.today, ids } } as unknown as AuditEvent,
    ]); // prettier-ignore
    const { dataDir } = server.engine.settings;
    const command = async (id: string) => {
      const child = start('../../apps/cli/src/main.ts', ['sample', '--redraw', id], ['env', `DATA_DIR=${dataDir}`, 'LOG_LEVEL=silent']); // prettier-ignore
      const { code } = await child.ended;
      return [code, child.lines[0]];
    };
    expect(await command(honest.id)).toEqual([0, `Sample ${honest.id}: the same.`]);
    expect(await command(forged)).toEqual([1, `Sample ${forged}: different.`]);
    expect(await command(randomId())).toEqual([2, undefined]);
  }, 60_000);

  it('does not let an officer of another council in: 404', async () => {
    const [thing = ''] = promises;
    const body = { of: 'promises', asked: 3, filter: { authority: 'norfolk' } };
    expect((await norfolk.post(`/audits/${auditId}/samples`, body)).status).toBe(404);
    expect((await norfolk.post(`/audits/${auditId}/findings`, finding(thing))).status).toBe(404);
    expect((await norfolk.post('/audits', { authority: 'essex', title: 'x', body: 'y' })).status).toBe(404);
    expect((await norfolk.post('/audits', { title: 'x', body: 'y' })).status).toBe(404);
    expect((await norfolk.post(`/audits/${auditId}/closing`, {})).status).toBe(404);
  });

  it('shows what was found to its council and to regional scrutiny at once, to everyone when it is published', async () => {
    const { id } = await officer.made(`/audits/${auditId}/findings`, finding(promises[1] ?? ''));
    const seen = async (client: Client) => {
      const { findings } = (await client.get(`/audits/${auditId}`)).body as unknown as { findings: { id: string; found: unknown; reason: unknown }[] }; // prettier-ignore
      const one = findings.find((each) => each.id === id);
      return [one?.found, one?.reason];
    };
    const all = ['cannot-tell', 'There is no proof.'];
    for (const insider of [officer, lead, regional]) expect(await seen(insider)).toEqual(all);
    for (const outsider of [norfolk, Client.anyone(server)]) expect(await seen(outsider)).toEqual([null, null]);
    expect((await norfolk.post(`/findings/${id}/publication`, { decidedBy: 'Me' })).status).toBe(404);
    await officer.made(`/findings/${id}/publication`, { decidedBy: 'Overview Committee, 1 May' });
    for (const outsider of [norfolk, Client.anyone(server)]) expect(await seen(outsider)).toEqual(all);
  });

  it('lets regional scrutiny read across councils, and write in none', async () => {
    expect((await regional.post('/audits', { title: 'Of all councils', body: 'Regional panel' })).status).toBe(403);
    expect((await regional.post(`/audits/${auditId}/findings`, finding(promises[2] ?? ''))).status).toBe(403);
    expect((await regional.get(`/audits/${auditId}`)).status).toBe(200);
  });

  it('asks for an answer within two months, and keeps each', async () => {
    const body = { authority: 'essex', what: 'Print the timetable in large type.', to: 'The cabinet' };
    const { id } = await officer.made(`/audits/${auditId}/recommendations`, body);
    expect((await officer.get(`/recommendations/${id}`)).body).toMatchObject({ standing: 'waiting', responses: [] });
    const answer = { answer: 'accepted', words: 'We agree.', action: 'Printed by May.' };
    const theirs = await Client.as(server, 'pledge-lead', 'norfolk');
    expect((await theirs.post(`/recommendations/${id}/responses`, answer)).status).toBe(404);
    expect((await officer.post(`/recommendations/${id}/responses`, answer)).status).toBe(403);
    expect((await lead.post(`/recommendations/${id}/responses`, { ...answer, action: '' })).problems).toEqual(['action-missing /action']); // prettier-ignore
    await lead.made(`/recommendations/${id}/responses`, answer);
    await lead.made(`/recommendations/${id}/responses`, { ...answer, action: 'Printed today.', executiveDate: day(0) });
    const { body: told } = await Client.anyone(server).get(`/recommendations/${id}`);
    expect(told).toMatchObject({ standing: 'answered', actionTaken: 'Printed today.', responses: [{ action: 'Printed by May.' }, { action: 'Printed today.' }] }); // prettier-ignore
  });
});
