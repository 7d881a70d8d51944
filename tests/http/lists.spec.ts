import { loadExample } from '../browser/example.js';
import { startServer, type TestServer } from './server.js';

describe('lists of the JSON API', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
    await loadExample(server);
  });
  afterAll(() => server.close());

  const list = async (path: string) => {
    const answer = await fetch(`${server.url}/api/v1/${path}`);
    expect(answer.status).toBe(200);
    return (await answer.json()) as { items: Record<string, unknown>[]; next: string | null };
  };

  it('say what was decided and promised in words, not in references to them', async () => {
    const decisions = (await list('decisions')).items;
    expect(decisions.map(({ statement }) => statement)).toContain('The bus will stop at 6pm for now.');
    const late = decisions.find(({ answer }) => answer === 'later');
    expect(late?.['reason']).toMatchObject({ codes: ['money'], words: expect.stringContaining('£41,000') as string });
    const [first] = (await list('service-changes?limit=1')).items;
    expect(first).toMatchObject({ owner: { role: 'Kitchen lead' }, state: 'promised' });
  });

  it.each(['teams', 'meetings', 'decisions', 'service-changes'])(
    'of %s hold no id of a person and nothing sealed',
    async (path) => {
      const text = JSON.stringify(await list(path));
      const people = server.engine.rows
        .all<{ id: string }>(
          'SELECT id FROM participant UNION SELECT owner_person FROM service_change UNION SELECT recorded_by FROM meeting WHERE recorded_by IS NOT NULL',
        )
        .map(({ id }) => id);
      expect(people.length).toBeGreaterThan(4);
      expect(people.filter((id) => text.includes(id))).toEqual([]);
      expect(text).not.toMatch(/\.v1 \//);
    },
  );

  it('go on by a cursor, without a gap and without repeating', async () => {
    const all = (await list('decisions')).items.map(({ id }) => id);
    const seen: unknown[] = [];
    for (let after: string | null = ''; after !== null;) {
      const page: Awaited<ReturnType<typeof list>> = await list(`decisions?limit=3${after && `&after=${after}`}`);
      seen.push(...page.items.map(({ id }) => id));
      after = page.next;
    }
    expect(seen).toEqual(all);
  });

  it('do not count a meeting of which nothing is recorded', async () => {
    const meetings = (await list('meetings')).items;
    expect(meetings.map(({ counts }) => counts)).toContainEqual(null);
    expect(meetings.map(({ counts }) => counts)).toContainEqual(expect.objectContaining({ views: 10, decisions: 8 }));
  });
});
