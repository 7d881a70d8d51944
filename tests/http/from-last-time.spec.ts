import { type Example, loadExample } from '../browser/example.js';
import { type Someone, staff } from '../browser/people.js';
import { startServer, type TestServer } from './server.js';

/** What a team owes from earlier meetings is taken up in the next one, by forms alone. */
describe('from last time', () => {
  let server: TestServer;
  let example: Example;
  let chair: Someone;
  let capture: string;
  beforeAll(async () => {
    server = await startServer();
    example = await loadExample(server);
    chair = await staff(server.url, 'chair', 'example-council');
    capture = `/meetings/${example.nextMeeting}/capture`;
  }, 60_000);
  afterAll(() => server.close());

  const ask = async (path: string, fields?: Readonly<Record<string, string>>) => {
    const answer = await fetch(server.url + path, {
      headers: { cookie: chair.cookies.join('; ') },
      redirect: 'manual',
      ...(fields && { method: 'POST', body: new URLSearchParams(fields) }),
    });
    return { status: answer.status, html: await answer.text(), to: answer.headers.get('location') };
  };
  const boxOf = (html: string) => (/<textarea[^>]*>\n?([^<]*)/.exec(html)?.[1] ?? '').replaceAll('&gt;', '>');

  it('counts as late what “My work” counts as late, and names a disputed promise for what it is', async () => {
    const { html } = await ask(capture);
    const late = await ask('/service-changes?status=late');
    const [form, swimming] = [example.promises['d-form'] ?? '', example.promises['d-swimming'] ?? ''];
    expect(html).toContain('1 late promise,');
    expect([late.html.includes(form), late.html.includes(swimming)]).toEqual([true, false]);
    expect(html).toMatch(new RegExp(`Someone says it is not done</strong> <a [^>]*${swimming}`));
    for (const id of [form, swimming]) expect(html).toContain(`name="promise" value="${id}"`);
  });

  it('keeps what is typed and not saved, and puts the promise there as a question on its view', async () => {
    const promise = example.promises['d-swimming'] ?? '';
    const pressed = await ask(`${capture}/talk`, { lines: 'view 1: The door is heavy\nask about the lift', promise });
    expect(pressed).toMatchObject({ status: 303, to: `${capture}?done=draft#lines` });
    const { html } = await ask(capture);
    expect(boxOf(html)).toMatch(/^view 1: The door is heavy\nview 2: .*\nundecided 2: From last time, we promised: “.*pool.*”\nask about the lift$/); // prettier-ignore
    expect(html).not.toContain(`name="promise" value="${promise}"`);
    await ask(`${capture}/talk`, { promise });
    expect(boxOf((await ask(capture)).html)).toBe(boxOf(html));
  });

  it('shows what somebody else saved meanwhile, and loses no word', async () => {
    const promise = example.promises['d-form'] ?? '';
    const { status, html } = await ask(`${capture}/talk`, { lines: 'view 1: Mine', revision: '0', promise });
    expect(status).toBe(400);
    expect(boxOf(html)).toBe('view 1: Mine');
    expect(html).toContain('What somebody else saved');
  });

  it('finds nothing that is not there', async () => {
    for (const kind of ['view', 'promise', 'decision'])
      expect((await ask(`${capture}/talk`, { [kind]: '00000000-0000-4000-8000-00000000beef' })).status).toBe(404);
    expect((await ask(`${capture}/talk`, {})).status).toBe(404);
  });

  it('is recorded as something the team talked about', async () => {
    const check = await ask(`${capture}/check`);
    const fields = Object.fromEntries(
      [...check.html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]), // prettier-ignore
    ) as Record<string, string>;
    expect((await ask(`${capture}/check`, fields)).status).toBe(303);
    await server.engine.caughtUp(await server.engine.store.head());
    const { html } = await ask(`/meetings/${example.nextMeeting}`);
    expect(html).toMatch(/From last time, we promised: “.*pool/);
  });
});
