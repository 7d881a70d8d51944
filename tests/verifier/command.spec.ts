import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { testBundle, type TestBundle } from '#verifier/testing/test-bundle';
import type { Verdict } from '#verifier/verdict';
import { desk, verifyCommand } from './command.js';

describe('throughline verify', () => {
  const { at, clear, zip, folder, trust } = desk();
  let bundle: TestBundle;
  let given: string[];
  beforeAll(async () => {
    bundle = await testBundle({ views: 20 });
    given = trust(bundle);
    await zip('good.zip', bundle.files);
    await folder('good', bundle.files);
  });
  afterAll(clear);

  it.each(['good.zip', 'good'])('ends with 0 for %s, and says every level in words', (name) => {
    const { code, lines } = verifyCommand(at(name), ...given);
    expect(code).toBe(0);
    expect(lines.filter((line) => line.startsWith('Good: '))).toHaveLength(7);
    expect(lines).toContain('What is not proven');
  });

  it('says what it could not check, and does not call it good, when nothing is trusted', () => {
    const { code, lines } = verifyCommand(at('good.zip'));
    expect(code).toBe(0);
    expect(lines.filter((line) => line.startsWith('Not checked: '))).toHaveLength(3);
    expect(lines.join('\n')).toContain('which anybody can arrange');
  });

  it('ends with 1 for an entry that was changed, and names it', async () => {
    const { path, bytes } = bundle.files.find((file) => file.path.startsWith('entries/'))!;
    const changed = new Uint8Array(bytes);
    changed[changed.length - 40]! ^= 1;
    await zip('changed.zip', [{ path, bytes: changed }, ...bundle.files.filter((file) => file.path !== path)]);
    const { code, lines } = verifyCommand(at('changed.zip'), ...given, '--json');
    expect(code).toBe(1);
    const verdict = JSON.parse(lines[0]!) as Verdict;
    const last = verdict.size! - 1;
    expect(verdict.levels.find(({ id }) => id === 'whole')?.findings).toMatchObject([
      { code: 'entry-changed', leaf: last },
    ]);
  });

  it.each([
    ['nothing', () => at('nowhere.zip')],
    ['something else', () => (writeFileSync(at('text.zip'), 'a text'), at('text.zip'))],
    [
      'half a ZIP file',
      () => (writeFileSync(at('half.zip'), readFileSync(at('good.zip')).subarray(0, 5_000)), at('half.zip')),
    ],
    ['a folder with a link in it', () => (symlinkSync('/etc/hosts', at('good/link')), at('good'))],
  ])('ends with 2 for %s', (_, make) => {
    const { code, lines, errors } = verifyCommand(make(), ...given);
    expect({ code, lines }).toEqual({ code: 2, lines: [] });
    expect(errors).toMatch(/^This cannot be read: .*\.\n$/);
  });

  it('drills on a good bundle, with and without personal words, and misses nothing', async () => {
    const bare = await testBundle({ views: 5, keys: false, streams: [] });
    await zip('bare.zip', bare.files);
    for (const name of ['good.zip', 'bare.zip']) {
      const { code, lines } = verifyCommand(at(name), ...given.slice(0, 4), '--drill', '60');
      expect({ code, lines: lines.slice(1) }).toEqual({ code: 0, lines: [] });
      expect(lines[0]).toMatch(/^60 tamperings of 15 kinds: 60 found, 60 located, \d+ of them exactly\.$/);
    }
  });

  it('ends with 2 for a key, a policy or a checkpoint that is none', () => {
    expect(verifyCommand(at('good.zip'), '--key', 'x').code).toBe(2);
    expect(verifyCommand(at('good.zip'), '--policy', at('earlier.txt')).code).toBe(2);
    expect(verifyCommand(at('good.zip'), '--earlier', at('policy.txt')).code).toBe(2);
    expect(verifyCommand().code).toBe(2);
  });
});
