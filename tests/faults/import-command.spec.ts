import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { start } from './processes.js';

const folder = mkdtempSync(join(tmpdir(), 'import-command-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = async (...args: readonly string[]) => {
  const child = start('../../apps/cli/src/main.ts', args, ['env', `DATA_DIR=${join(folder, 'data')}`, 'LOG_LEVEL=silent']); // prettier-ignore
  const { code, errors } = await child.ended;
  return { code, errors, lines: child.lines };
};
const blocks = new Map(
  [...readFileSync('docs/how-to/import-your-data.md', 'utf8').matchAll(/^```\w+ file=(\S+).*\n([\s\S]*?)^```$/gm)].map(
    ([, name = '', text = '']) => [name, text],
  ),
);
const put = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

/** The first table of the how-to, as a reader of it would go on. */
describe('the commands of "import your data"', () => {
  const tracker = blocks.get('tracker.csv') ?? '';
  const mapping = put('tracker.mapping.json', blocks.get('tracker.mapping.json') ?? '');

  it('try it, import it, mend it, and import it again', async () => {
    const file = put('tracker.csv', tracker);
    const dry = await run('import', file, '--mapping', mapping, '--dry-run', '--json');
    expect(dry.code).toBe(2);
    expect(existsSync(`${file}.rejects.jsonl`)).toBe(false);
    const first = await run('import', file, '--mapping', mapping, '--json');
    expect(first.code).toBe(2);
    const told = JSON.parse(first.lines.at(-1) ?? '') as Record<string, unknown>;
    expect(told).toMatchObject({
      rows: 5,
      rejectedRows: 2,
      concepts: { contribution: { new: 3 }, decision: { new: 2 } },
    });
    // What the dry run foretold is what came.
    expect((JSON.parse(dry.lines.at(-1) ?? '') as typeof told)['concepts']).toEqual(told['concepts']);
    expect(readFileSync(`${file}.rejects.jsonl`, 'utf8').trim().split('\n')).toHaveLength(2);

    put('tracker.csv', tracker.replace('31/02/2024', '28/02/2024').replace('Perhaps', 'Agreed'));
    const mended = await run('import', file, '--mapping', mapping, '--json');
    expect(mended.code).toBe(0);
    expect(JSON.parse(mended.lines.at(-1) ?? '')).toMatchObject({
      rejectedRows: 0,
      concepts: { contribution: { new: 2, unchanged: 3 } },
    });
    const again = await run('import', file, '--mapping', mapping);
    expect([again.code, again.lines.at(-1)]).toEqual([0, 'Recorded 0, changed 0, unchanged 10: 0 events.']);
  }, 60_000);

  it('trace a row by its reference, also as it was', async () => {
    const { code, lines } = await run('trace', '17');
    expect(code).toBe(0);
    expect(lines.join('\n')).toMatch(/^View .*The bus stops too far[\s\S]*Decision .* yes: Move the bus stop[\s\S]*Promise .*by 2024-09-30[\s\S]*Transport manager[\s\S]*Missing: Nobody is named/); // prettier-ignore
    const before = await run('trace', '17', '--as-of', '2024-02-29', '--json');
    expect(JSON.parse(before.lines.at(-1) ?? '')).toMatchObject({ decisions: [], serviceChanges: [] });
    expect((await run('trace', '17', '--as-of', '2024-02-30')).code).toBe(1);
    expect(await run('trace', 'nothing-like-it')).toMatchObject({ code: 1, lines: [] });
  }, 60_000);

  it('say what is wrong and bring nothing when the file, the mapping or its name is not there or broken', async () => {
    const gzip = gzipSync(tracker);
    const cut = put('cut.csv.gz', gzip.subarray(0, gzip.length - 20));
    expect(await run('import', cut, '--mapping', mapping)).toMatchObject({ code: 1, errors: expect.stringContaining('cut.csv.gz') as string }); // prettier-ignore
    expect(await run('import', join(folder, 'none.csv'), '--mapping', mapping)).toMatchObject({ code: 1 });
    expect((await run('import', cut, '--mapping', 'none')).errors).toContain('uk-petitions');
    const { code, errors } = await run('import', cut, '--mapping', put('bad.json', '{"source": 7}'));
    expect([code, errors]).toEqual([1, expect.stringContaining('/source')]);
  }, 60_000);
});
