import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runImport } from '#import/apply/run-import';
import { factId } from '#import/fact-id';
import { readMapping } from '#import/mapping/read-mapping';
import { startServer, type TestServer } from './server.js';

const WORDS = 'First <b>bold</b> & "quoted" <script>alert(1)</script>\r\n\r\nSecond line: é 😀 עברית =1+1';
const MAPPING = {
  source: 'odd', public: true, authority: { constant: 'essex' }, dates: { formats: ['YYYY-MM-DD'], zone: 'Europe/London' },
  files: [{ yields: [
    { concept: 'contribution', id: '{Ref}', occurredAt: 'Day', fields: { words: 'Said', channel: { constant: 'survey' }, capacity: { constant: 'other' }, voice: { constant: 'own' }, attribution: { constant: 'group' } } },
    { concept: 'decision', id: '{Ref}', occurredAt: 'Day', fields: { statement: 'Said', answer: { constant: 'no' }, reasonSource: 'Code', reasonWords: 'Why' }, links: [{ as: 'answers', to: { concept: 'contribution', id: '{Ref}' } }] },
  ] }],
}; // prettier-ignore

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const withoutSpace = (text: string): string => text.replace(/\s+/g, ' ');

describe('imported history on pages and in JSON', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
    const { engine } = server;
    const path = join(engine.settings.dataDir, 'odd.csv');
    const row = (ref: string, why: string) => [ref, '2024-03-01', WORDS, 'irrelevant', why].map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','); // prettier-ignore
    writeFileSync(path, ['Ref,Day,Said,Code,Why', row('1', WORDS), row('2', '')].join('\n'));
    const target = {
      recorder: engine.recorder,
      clock: engine.clock,
      dataDir: engine.settings.dataDir,
      key: engine.vault.database.master.derive('import-fields'),
      isAuthority: () => true,
      holds: { isPart: () => true, isPledge: () => true },
    };
    const request = { path, mapping: readMapping(MAPPING), mappingText: JSON.stringify(MAPPING), rejectsPath: null };
    const { applied } = await runImport(target, request);
    await engine.caughtUp(applied?.last ?? null);
  });
  afterAll(() => server.close());

  const page = async (path: string, accept = 'text/html') =>
    (await fetch(`${server.url}${path}`, { headers: { accept } })).text();
  const decision = (ref: string) => factId('odd', ref, 'decision');

  it('show every character of the words, as text and never as markup', async () => {
    const html = await page(`/decisions/${decision('1')}`);
    expect(html).not.toContain('<script>alert(1)');
    expect(withoutSpace(html)).toContain(withoutSpace(escaped(WORDS)));
  });

  it('keep line breaks in JSON to the byte', async () => {
    const chain = JSON.parse(await page(`/api/v1/decisions/${decision('1')}/chain`, 'application/json')) as {
      contributions: { words: string }[];
      decisions: { statement: string; reason: { source: string; words: string } }[];
    };
    expect(chain.contributions[0]?.words).toBe(WORDS);
    expect(chain.decisions[0]).toMatchObject({ statement: WORDS, reason: { source: 'irrelevant', words: WORDS } });
  });

  it('show a refusal without a text as a gap, and invent none', async () => {
    const chain = JSON.parse(await page(`/api/v1/decisions/${decision('2')}/chain`, 'application/json')) as {
      decisions: { reason: { source: string; words: string | null } }[];
      gaps: { code: string }[];
    };
    expect(chain.decisions[0]?.reason).toMatchObject({ source: 'irrelevant', words: null });
    expect(chain.gaps.map(({ code }) => code)).toContain('no-reason');
  });
});
