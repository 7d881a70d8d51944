import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { formatVerifierKey, KEY_TYPES } from '#transparency-log/key';
import { signerNamed } from '#transparency-log/testing/signers';

/** A key of the same name that has signed nothing here. */
const otherKey = async (): Promise<string> =>
  formatVerifierKey((await signerNamed('example.org/log', KEY_TYPES.ed25519)).key);

const root = join(import.meta.dirname, '../..');

/** The commands as an operator types them, each in a process of its own. */
describe('the commands of the log', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'log-commands-'))));
  afterAll(() => rmSync(folder, { recursive: true }));
  const throughline = (...words: string[]) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--no-warnings', '--import', join(root, 'tests/faults/typescript.mjs'), join(root, 'apps/cli/src/main.ts'), ...words],
      { encoding: 'utf8', env: { PATH: process.env['PATH'], DATA_DIR: join(folder, 'data'), LOG_ORIGIN: 'example.org/log' } },
    ); // prettier-ignore
    return { status, out: stdout, errors: stderr };
  };

  it('says that there is no record, and makes none', () => {
    const { status, out, errors } = throughline('verify');
    expect([status, out]).toEqual([2, '']);
    expect(errors).toMatch(/^This cannot be read: .*there is no record in .*data/);
    expect(existsSync(join(folder, 'data', 'events.db'))).toBe(false);
  });

  it('seal a record, check it, find what was changed, and open the next log', async () => {
    // Makes the first entries.
    expect(throughline('rebuild', 'gaps')).toMatchObject({ status: 0 });
    const sealed = throughline('checkpoint');
    expect(sealed).toMatchObject({ status: 0 });
    expect(sealed.out).toMatch(/^example\.org\/log\n13\n.{44}\n\n— example\.org\/log /);
    // Nothing has changed: the same note.
    expect(throughline('checkpoint').out).toBe(sealed.out);

    const sound = throughline('fsck', '--json');
    expect([sound.status, JSON.parse(sound.out)]).toMatchObject([0, { sound: true, entries: 13, sealedAndSound: 13, findings: [] }]); // prettier-ignore
    expect(throughline('fsck', '--rebuild')).toMatchObject({ status: 0, out: expect.stringContaining('Nothing is wrong.') as string }); // prettier-ignore

    // The same for people who did not build it: with the key from elsewhere, without one, and with another one.
    const key = `${/key that this server.*elsewhere: (\S+)/s.exec(throughline('verify').out)?.[1]}`;
    const judged = throughline('verify', '--key', key);
    expect(judged.status).toBe(0);
    expect(judged.out.match(/^Good: /gm)).toHaveLength(3);
    expect(judged.out).toContain('Each of the 13 entries was hashed again');
    expect(judged.out).toContain('This server judged itself.');
    const other = throughline('verify', '--json', '--key', await otherKey());
    expect([other.status, JSON.parse(other.out)]).toMatchObject([1, { sound: false, levels: [{ state: 'wrong' }, { state: 'good' }, { state: 'good' }] }]); // prettier-ignore
    expect(throughline('verify', '--key', 'no key').status).toBe(2);
    expect(throughline('verify', '--policy', 'policy.txt')).toMatchObject({ status: 2, errors: expect.stringContaining('say which bundle') as string }); // prettier-ignore

    const events = new DatabaseSync(join(folder, 'data', 'events.db'));
    events.exec("DROP TRIGGER event_no_update; UPDATE event SET leaf = CAST(replace(leaf, 'essex', 'xesse') AS BLOB)");
    events.close();
    const broken = throughline('fsck');
    expect(broken.status).toBe(1);
    expect(broken.out).toMatch(/^event: Entry \d+ does not have the hash that was stored with it\.$/m);
    expect(throughline('fsck', '--json').status).toBe(1);
    const told = throughline('verify', '--key', key);
    expect(told.status).toBe(1);
    expect(told.out).toMatch(/^WRONG: Every entry is the one that was signed$/m);
    expect(told.out).toMatch(/^Where: entry \d+$/m);
    expect(told.out).toContain('What it means: What is stored is not what was recorded');

    const asked = throughline('signer', 'new-origin');
    expect(asked).toMatchObject({ status: 1, out: '', errors: expect.stringContaining('add --yes') as string });
    const opened = throughline('signer', 'new-origin', '--yes', '--json');
    expect(JSON.parse(opened.out)).toEqual({
      closed: 'example.org/log',
      opened: 'example.org/log/2',
      note: sealed.out,
    });
    // The new log does not make wrong hashes right.
    expect(throughline('checkpoint')).toMatchObject({
      status: 1,
      errors: expect.stringMatching(/Entry \d+/) as string,
    });
  }, 120_000);
});
