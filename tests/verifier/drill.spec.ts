import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isCaught, type Play, playLines } from '../../apps/cli/src/drill/play.js';

const root = join(import.meta.dirname, '../..');
const PLAYS = ['change', 'delete', 'swap', 'insert', 'truncate', 'transplant-ciphertext', 'swap-keys', 'restore-old-backup', 'fork-two-instances', 'fork-with-copied-signer']; // prettier-ignore

describe('throughline drill', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'drill-'))));
  afterAll(() => rmSync(folder, { recursive: true }));
  /** In an empty folder for everything temporary, beside a record that it must not touch. */
  const drill = (...words: string[]) => run(join(root, 'apps/cli/src/main.ts'), 'drill', ...words);
  const run = (...program: string[]) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--no-warnings', '--import', join(root, 'tests/faults/typescript.mjs'), ...program],
      { encoding: 'utf8', env: { PATH: process.env['PATH'], TMPDIR: folder, DATA_DIR: join(folder, 'real') } },
    ); // prettier-ignore
    return { status, lines: stdout.split('\n').filter(Boolean), errors: stderr };
  };

  it.each(['6962', '7'])(
    'finds and locates all ten tamperings, with seed %s, and leaves nothing behind',
    (seed) => {
      const { status, lines, errors } = drill('--json', '--seed', seed);
      const plays = lines.map((line) => JSON.parse(line) as Play);
      expect({ missed: plays.filter((play) => !isCaught(play)), errors: errors.replace(/^(Making|Tampering).*…\n/gm, '') }).toEqual({ missed: [], errors: '' }); // prettier-ignore
      expect(plays.map(({ id }) => id)).toEqual(PLAYS);
      expect(status).toBe(0);
      for (const { where, by, says } of plays) expect([where, by, says].every((text) => text.length > 5)).toBe(true);
      // The compiler of the tests leaves something there, the drill nothing.
      expect(readdirSync(folder).filter((name) => !name.startsWith('swc-'))).toEqual([]);
    },
    120_000,
  );

  it('says it in words, and where the two servers came apart', () => {
    const { status, lines } = drill();
    expect(status).toBe(0);
    expect(lines.filter((line) => line === '   Found.')).toHaveLength(PLAYS.length);
    expect(lines.at(-1)).toBe('10 tamperings played on a record made for it: 10 found and located.');
    const text = lines.join('\n');
    const [, sealed, old] = /(\d+) entries were sealed\. Then the data was put back .* holds (\d+)\./.exec(text) ?? [];
    expect(Number(sealed)).toBe(Number(old) + 5);
    expect(text).toContain(`Where: entries ${old} to ${Number(sealed) - 1} are gone`);
    expect(text).toContain(`copies of one record of ${sealed} entries`);
    expect(text).toContain(`Where: between entry ${sealed} and entry ${Number(sealed) + 2}\n`);
  }, 120_000);

  it('would say aloud what nobody found, and what was found elsewhere', () => {
    const play: Play = { id: 'x', done: 'Something was done.', found: false, located: false, where: '', by: '', says: '', means: '' }; // prettier-ignore
    const lines = playLines([play, { ...play, found: true }, { ...play, found: true, located: true }]);
    expect(lines.filter((line) => /^ {3}\S/.test(line))).toEqual([
      '   NOT FOUND.',
      '   FOUND, BUT NOT WHERE IT WAS DONE.',
      '   Found.',
    ]);
    expect(lines.at(-1)).toMatch(/: 1 found and located\.$/);
  });

  it('ends with 1 when the verifier misses what was done, and still plays what needs no verifier', () => {
    const { status, lines } = run(join(root, 'tests/verifier/blind-drill.ts'), '--json');
    expect(status).toBe(1);
    const plays = lines.map((line) => JSON.parse(line) as Play);
    expect(plays.map(({ id }) => id)).toEqual(PLAYS);
    expect(plays.filter((play) => !isCaught(play)).map(({ id }) => id)).toEqual(PLAYS.slice(0, 7));
    expect(plays.filter(isCaught).map(({ id }) => id)).toEqual(PLAYS.slice(7));
  }, 120_000);

  it('refuses a seed that is no number', () => expect(drill('--seed', 'x').status).toBe(1));
});
