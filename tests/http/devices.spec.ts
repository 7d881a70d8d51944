import { PersonAccounts } from '#accounts/person-accounts';
import { PERSON_COOKIE } from '../../apps/server/src/edge/session-cookies.js';
import { WhoIsAsking } from '../../apps/server/src/edge/who-is-asking.js';
import { anotherSession, signedIn } from './accounts.js';
import { Device } from './device.js';
import { formsIn } from './html-forms.js';
import { startServer, type TestServer } from './server.js';

const PAGE = '/sign-in/devices';

/** People see where they are signed in, and end one of these sessions or all others. */
describe('where somebody is signed in', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.close());

  const staffOf = async (name: string, devices: number) => {
    const { account } = await signedIn(server, name, 'essex', ['chair']);
    await server.app.get(WhoIsAsking, { strict: false }).staffSessions.endAllOf(account);
    const all = await Promise.all(
      Array.from({ length: devices }, () => anotherSession(server, account, 'essex', 'chair')),
    );
    return all.map(({ cookies }) => new Device(server.url, cookies));
  };
  const personOf = async (address: string, devices: number) => {
    const persons = server.app.get(PersonAccounts, { strict: false });
    const { personSessions } = server.app.get(WhoIsAsking, { strict: false });
    const account = persons.idOf(address);
    await persons.open(account, address, '2026-01-01');
    const secrets = await Promise.all(
      Array.from({ length: devices }, () => personSessions.start(account, { account }, Date.now())),
    );
    return secrets.map((secret) => new Device(server.url, [`${PERSON_COOKIE}=${secret}`]));
  };
  const isIn = async (devices: readonly Device[], page: string) =>
    Promise.all(devices.map(async (device) => (await device.get(page)).status === 200));
  /** The ids that a page offers to end. */
  const offered = async (device: Device): Promise<readonly string[]> =>
    formsIn((await device.get(PAGE)).html)
      .filter(({ action }) => action === `${PAGE}/end`)
      .flatMap(({ fields }) => fields.filter(({ name }) => name === 'session').map(({ value }) => value));

  describe.each([
    ['staff', staffOf, '/my-account'],
    ['people who signed in by e-mail', personOf, '/my-views'],
  ] as const)('%s', (kind, of, page) => {
    it('see each session with its times, and which is here', async () => {
      const [here] = await of(`${kind} 1`, 3);
      const { html, status } = await here!.get(PAGE);
      expect([status, html.match(/Signed in on \d+ \w+ \d{4} at /g)?.length, html.match(/Last used on \d+ \w+ \d{4}\./g)?.length]).toEqual([200, 3, 3]); // prettier-ignore
      expect([html.match(/This is where you are now/g)?.length, (await offered(here!)).length]).toEqual([1, 2]);
      expect((await here!.get(page)).html).toContain(`href="${PAGE}"`);
      // Nothing is kept of a device or of where it is.
      expect(html).not.toMatch(/127\.0\.0\.1|node|Mozilla|Chrome/);
    });

    it('end one of them there, and stay signed in here', async () => {
      const devices = await of(`${kind} 2`, 3);
      const [one] = await offered(devices[0]!);
      expect((await devices[0]!.send(`${PAGE}/end`, { session: one! })).to).toBe(`${PAGE}?done=ended`);
      const still = await isIn(devices, page);
      expect([still[0], still.filter(Boolean).length]).toEqual([true, 2]);
      expect((await devices[0]!.get(`${PAGE}?done=ended`)).html).toContain('You are signed out there.');
    });

    it('end all others at once', async () => {
      const devices = await of(`${kind} 3`, 3);
      const { action } = formsIn((await devices[1]!.get(PAGE)).html).find((form) => form.action.endsWith('-others'))!;
      expect((await devices[1]!.fillIn(PAGE, action, {})).status).toBe(303);
      expect(await isIn(devices, page)).toEqual([false, true, false]);
      expect((await devices[1]!.get(PAGE)).html).toContain('You are signed in nowhere else.');
    });

    it('end nobody else’s, whatever id is sent, and by no form of another page', async () => {
      const [mine, theirs] = [await of(`${kind} 4`, 2), await of(`${kind} 5`, 2)];
      const ids = await offered(theirs[0]!);
      for (const session of [...ids, '', 'x', '00000000-0000-4000-8000-000000000000'])
        expect((await mine[0]!.send(`${PAGE}/end`, { session })).to).toBe(`${PAGE}?done=ended`);
      await mine[0]!.send(`${PAGE}/end-others`, { as: kind === 'staff' ? 'person' : 'staff' });
      await new Device(server.url).send(`${PAGE}/end`, { session: ids[0]! });
      const own = await offered(mine[0]!);
      const foreign = await mine[0]!.send(`${PAGE}/end`, { session: own[0]! }, { 'sec-fetch-site': 'cross-site' });
      expect(foreign.status).toBe(403);
      expect(await isIn([...mine, ...theirs], page)).toEqual([true, true, true, true]);
    });
  });

  it('says so to somebody who is signed in nowhere', async () => {
    const { status, html } = await new Device(server.url).get(PAGE);
    expect([status, html.includes('You are not signed in here.')]).toEqual([200, true]);
  });
});
