import { staff } from '../browser/people.js';
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
});
