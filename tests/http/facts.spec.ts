import { join } from 'node:path';
import { rebuild } from '#projections/rebuild';
import { factsProjection } from '#facts/facts.projection';
import { everyKind } from '#facts/every-kind';
import { type FactKind, type FactStep, stepsOf } from '#facts/fact-kind';
import { called, day, promise } from './bodies.js';
import { Client } from './client.js';
import { bodyOf, stepBody, type Things, wayTo } from './fact-bodies.js';
import { startServer, type TestServer } from './server.js';

const requiredOf = ({ fields }: FactStep): readonly string[] =>
  Object.entries(fields).flatMap(([name, { missing }]) => (missing === undefined ? [] : [name]));
const without = (body: object, name: string): object =>
  Object.fromEntries(Object.entries(body).filter(([each]) => each !== name));

/** Made from the list of kinds: a new kind is tested by being there. */
describe('facts of the pledge over HTTP', () => {
  let server: TestServer;
  let chair: Client;
  let anyone: Client;
  let lead: Client;
  let things: Things;
  const born = (kind: FactKind) => ({
    authority: 'essex',
    ...(kind.needsTeam && { team: things['team'] }),
    ...bodyOf(kind.birth.fields, things),
  });
  const record = async (kind: FactKind) => (await chair.made(`/facts/${kind.code}`, born(kind))).id;

  beforeAll(async () => {
    server = await startServer();
    anyone = Client.anyone(server);
    chair = await Client.as(server, 'chair');
    lead = await Client.as(server, 'pledge-lead');
    const [owner, checker] = await Promise.all([Client.as(server, 'owner'), Client.as(server, 'checker')]);
    const { team, meeting } = await called(chair);
    const { id } = await chair.made('/commitments', promise({ what: 'Ten people are trained', pledgePart: 'P1a' }));
    await owner.made(`/commitments/${id}/evidence`, { kind: 'photo', title: 'The list of days' });
    await owner.made(`/commitments/${id}/reported-done`, { words: 'Ten people came' });
    await checker.made(`/commitments/${id}/confirmation`, { confirmed: true, name: 'Joy Bell', words: 'I count ten' });
    things = { team, meeting, commitment: id, serviceChange: id };
    const contract = everyKind.find(({ code }) => code === 'contract');
    if (contract) things = { ...things, contract: await record(contract) };
  });
  afterAll(() => server.close());

  it('record every kind and every step of it', async () => {
    let steps = 0;
    for (const kind of everyKind) {
      const recorded = await record(kind);
      for (const step of kind.steps) {
        // A fact of its own: some steps shut each other out.
        const id = await record(kind);
        for (const each of wayTo(kind, step))
          await (each.byOther ? lead : chair).made(`/facts/${kind.code}/${id}/${each.code}`, stepBody(each, things));
        const { body } = await chair.get(`/facts/${kind.code}/${id}`);
        const types = (body['entries'] as { type: string }[]).map(({ type }) => type);
        expect(types).toEqual([kind.birth.event, ...wayTo(kind, step).map(({ event }) => event)]);
        steps += 1;
      }
      const { status } = await anyone.get(`/facts/${kind.code}/${recorded}`);
      expect([kind.code, status]).toEqual([kind.code, kind.isPrivate ? 404 : 200]);
    }
    process.stdout.write(`facts: ${everyKind.length} kinds and ${steps} steps recorded\n`);
    expect(steps).toBe(everyKind.reduce((sum, kind) => sum + kind.steps.length, 0));
  }, 120_000);

  it('say of every field that must be there that it is missing, and of a strange one that it is strange', async () => {
    const before = await server.engine.store.head();
    let fields = 0;
    const refused = async (path: string, body: object, step: FactStep) => {
      for (const name of requiredOf(step)) {
        const answer = await chair.post(path, without(body, name));
        expect([path, answer.status, answer.problems]).toEqual([path, 400, [`missing /${name}`]]);
        fields += 1;
      }
      const strange = await chair.post(path, { ...body, colour: 'red' });
      expect([path, strange.status, strange.problems]).toEqual([path, 400, ['unknown /colour']]);
    };
    for (const kind of everyKind) await refused(`/facts/${kind.code}`, born(kind), kind.birth);
    expect(await server.engine.store.head()).toBe(before);
    for (const kind of everyKind.filter(({ steps }) => steps.length > 0)) {
      const id = await record(kind);
      const head = await server.engine.store.head();
      for (const step of kind.steps)
        await refused(`/facts/${kind.code}/${id}/${step.code}`, stepBody(step, things), step);
      expect(await server.engine.store.head()).toBe(head);
    }
    process.stdout.write(`facts: ${fields} fields left out, each refused with its pointer\n`);
    expect(fields).toBe(everyKind.flatMap(stepsOf).flatMap(requiredOf).length);
  }, 120_000);

  it('are not there for another council', async () => {
    const norfolk = await Client.as(server, 'chair', 'norfolk');
    for (const kind of everyKind) {
      const id = await record(kind);
      const head = await server.engine.store.head();
      for (const step of kind.steps) {
        const { status } = await norfolk.post(`/facts/${kind.code}/${id}/${step.code}`, stepBody(step, things));
        expect([kind.code, step.code, status]).toEqual([kind.code, step.code, 404]);
      }
      if (kind.isPrivate) expect((await norfolk.get(`/facts/${kind.code}/${id}`)).status).toBe(404);
      expect((await norfolk.post(`/facts/${kind.code}`, born(kind))).status).toBe(404);
      expect(await server.engine.store.head()).toBe(head);
    }
  }, 120_000);

  it('list nothing that is private, and show no private words to anyone', async () => {
    const hidden = everyKind.filter(({ isPrivate }) => isPrivate);
    expect(hidden.length).toBeGreaterThan(0);
    for (const kind of hidden) {
      await record(kind);
      expect((await anyone.get(`/facts?kind=${kind.code}`)).body['items']).toEqual([]);
    }
    const invitation = everyKind.find(({ code }) => code === 'invitation') as FactKind;
    const id = await record(invitation);
    const [answered] = invitation.steps as [FactStep];
    await chair.made(`/facts/invitation/${id}/answered`, { ...stepBody(answered, things), why: 'A secret of mine' });
    const seen = async (who: Client) => JSON.stringify((await who.get(`/facts/invitation/${id}`)).body);
    expect(await seen(chair)).toContain('A secret of mine');
    expect(await seen(anyone)).not.toContain('A secret of mine');
  });

  it('are mended by a further entry: the wrong one stays and no longer counts', async () => {
    const training = everyKind.find(({ code }) => code === 'training') as FactKind;
    const id = await record(training);
    const people = (count: number) => [{ capacity: 'uses-services', count }];
    await chair.made(`/facts/training/${id}/booked`, { people: people(1) });
    await chair.made(`/facts/training/${id}/attended`, { people: people(1), occurredAt: day(0) });
    const entries = async () =>
      (await chair.get(`/facts/training/${id}`)).body['entries'] as { id: string; type: string; takenBackAt: string | null }[]; // prettier-ignore
    const counted = async () =>
      (await anyone.get('/evidence/P1a?authority=essex')).body['recordShows'] as {
        measure: string;
        numerator: number;
      }[];
    const came = async () => (await counted()).find(({ measure }) => measure === 'training-lived')?.numerator ?? 0;
    const before = await came();
    const [first, , third] = await entries();
    const mend = (entry: string | undefined, body: object) =>
      chair.post(`/facts/training/${id}/entries/${entry ?? ''}/mended`, body);

    expect((await mend(third?.id, {})).problems).toEqual(['isString /why']);
    expect((await mend(third?.id, { why: 'One too few', instead: { people: people(2) } })).problems).toEqual(['more-than-booked /walkIns']); // prettier-ignore
    expect((await mend(third?.id, { why: 'One too few', instead: { people: people(3), walkIns: 2 } })).status).toBe(
      201,
    );
    expect(await came()).toBe(before + 2);
    expect((await mend(third?.id, { why: 'Again' })).problems).toEqual(['already-taken-back']);

    const born = { ...bodyOf(training.birth.fields, things), spaces: 9 };
    expect((await mend(first?.id, { why: 'There were nine places', instead: born })).status).toBe(201);
    const now = await entries();
    expect(now.filter(({ takenBackAt }) => takenBackAt !== null).map(({ type }) => type)).toEqual(['TrainingOffered', 'TrainingAttended']); // prettier-ignore
    expect(await came()).toBe(before + 2);

    const again = now.find((each) => each.type === 'TrainingOffered' && each.takenBackAt === null);
    expect((await mend(again?.id, { why: 'It was never held' })).status).toBe(201);
    expect(await came()).toBe(before - 1);
    expect((await chair.post(`/facts/training/${id}/booked`, { people: people(1) })).status).toBe(404);
    expect((await lead.get(`/facts/training/${id}`)).status).toBe(200);
  });

  it('are the same after the read model is built again', async () => {
    const { store, codec, rows: live, opener, runner, settings } = server.engine;
    const all = () => [
      live.all('SELECT * FROM fact ORDER BY id'),
      live.all('SELECT * FROM fact_event ORDER BY position'),
    ];
    const before = all();
    expect(before[0]?.length).toBeGreaterThan(everyKind.length);
    await rebuild({ store, codec, live, opener, runner }, factsProjection, join(settings.dataDir, 'beside.db'));
    expect(all()).toEqual(before);
  });
});
