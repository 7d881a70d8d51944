import fc from 'fast-check';
import { refusalOfAsync } from '#transparency-log/testing/refusal';
import { type BundleFile, memoryFiles } from './bundle-files.js';
import { testBundle, type TestBundle } from './testing/test-bundle.js';
import { verifyBundle } from './verify-bundle.js';
import { memorySource, openZip } from './zip-reader.js';
import { zipOf } from './zip-writer.js';

const together = async (files: readonly BundleFile[]): Promise<Uint8Array> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of zipOf(files)) pieces.push(piece);
  return Buffer.concat(pieces);
};
/** A second for a small bundle is a hang. */
const LONGEST_MS = 2_000;

describe('a bundle that nobody wrote', () => {
  let bundle: TestBundle;
  let zip: Uint8Array;
  beforeAll(async () => {
    bundle = await testBundle({ views: 2 });
    zip = await together(bundle.files);
  });

  /** Either a verdict or the one typed error; anything else is thrown on and fails. */
  const judge = async (read: () => Promise<ReturnType<typeof memoryFiles>>): Promise<string> => {
    const timed = async (): Promise<{ outcome: string; ms: number }> => {
      // By the processor: on a busy machine a second passes while nothing of this is done.
      const start = process.cpuUsage();
      const outcome = await refusalOfAsync(async () => verifyBundle(await read(), bundle.trust));
      const { user, system } = process.cpuUsage(start);
      return { outcome, ms: (user + system) / 1_000 };
    };
    const { outcome, ms } = await timed();
    // What hangs hangs again; a process full of other tests may just have been clearing its memory.
    if (ms >= LONGEST_MS) expect((await timed()).ms).toBeLessThan(LONGEST_MS);
    return outcome;
  };
  const bytes = fc.uint8Array({ maxLength: 300 });

  it('is refused or judged, whatever the bytes are', () =>
    fc.assert(
      fc.asyncProperty(bytes, async (any) => void (await judge(() => openZip(memorySource(any))))),
      { numRuns: 1_000 },
    ));

  it('is never taken for the good ZIP file when a byte differs, wherever it is', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(zip.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const spoilt = new Uint8Array(zip);
        spoilt[at]! ^= change;
        const states: string[] = [];
        const outcome = await refusalOfAsync(async () => {
          const verdict = await verifyBundle(await openZip(memorySource(spoilt)), bundle.trust);
          states.push(...verdict.levels.map(({ state }) => state));
        });
        expect(outcome !== 'accepted' || states.includes('wrong')).toBe(true);
      }),
      { numRuns: 500 },
    ));

  it('is refused or judged when a file holds anything, or JSON of any shape', () => {
    const content = fc.oneof(
      bytes,
      fc.json({ maxDepth: 4 }).map((json) => Buffer.from(`${json}\n`)),
      fc
        .constantFrom('['.repeat(60_000), '{"a":'.repeat(12_000), '', '\n', '{}\n', 'null\n')
        .map((text) => Buffer.from(text)),
    );
    return fc.assert(
      fc.asyncProperty(fc.nat(bundle.files.length - 1), content, async (which, other) => {
        const files = bundle.files.map((file, at) => (at === which ? { path: file.path, bytes: other } : file));
        await judge(async () => memoryFiles(files));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is refused or judged when a seal counts more entries than there ever were', async () => {
    for (const size of ['99999999999999', '9007199254740993', '18446744073709551615', '0']) {
      const files = bundle.files.map((file) =>
        file.path === 'checkpoint'
          ? {
              ...file,
              bytes: Buffer.from(
                Buffer.from(file.bytes)
                  .toString()
                  .replace(/\n\d+\n/, `\n${size}\n`),
              ),
            }
          : file,
      );
      expect(await judge(async () => memoryFiles(files))).toBe('accepted');
    }
  });

  it('is refused for every path that leads elsewhere, in memory and in a ZIP file', async () => {
    const bad = ['/etc/passwd', '../up', 'a/../b', 'a//b', 'a/', './a', 'a\\b', 'C:/x', 'a\0b', 'é', '', 'a/.', 'x'.repeat(201), '.hidden', 'a.']; // prettier-ignore
    for (const path of bad) {
      expect(await refusalOfAsync(async () => memoryFiles([{ path, bytes: new Uint8Array() }]))).toBe('bad-bundle');
      expect(await refusalOfAsync(() => together([{ path, bytes: new Uint8Array() }]))).toBe('bad-bundle');
      // A name of another length would move all that follows.
      if (path.length > 13) continue;
      const forged = Buffer.from(Buffer.from(zip).toString('latin1').replaceAll('manifest.json', path.slice(0, 13).padEnd(13, '/')), 'latin1'); // prettier-ignore
      expect(await judge(() => openZip(memorySource(forged)))).not.toBe('accepted');
    }
    expect(await refusalOfAsync(() => together([{ path: 'a', bytes: zip }, { path: 'A', bytes: zip }]))).toBe('bad-bundle'); // prettier-ignore
  });

  it('has one form as a ZIP file: the same files are the same bytes, and come out again', async () => {
    expect(Buffer.from(await together(bundle.files)).equals(zip)).toBe(true);
    const again = await openZip(memorySource(zip));
    expect(again.paths).toEqual(bundle.files.map(({ path }) => path));
    for (const { path, bytes: expected } of bundle.files) expect(Buffer.from(await again.read(path)).equals(Buffer.from(expected))).toBe(true); // prettier-ignore
    expect(again.damaged?.size).toBe(0);
  });
});
