import { nodeSha256 } from '#transparency-log/node-sha256';
import { memoryFiles } from './bundle-files.js';
import { seededRandom, spoil } from './tamper-drill.js';
import { testBundle } from './testing/test-bundle.js';
import { isWrong, verdictLines } from './verdict.js';
import { verifyBundle } from './verify-bundle.js';

describe('a good bundle', () => {
  it('is good on every level, and says what is not proven', async () => {
    const { files, trust } = await testBundle();
    const verdict = await verifyBundle(memoryFiles(files), trust);
    expect(verdictLines(verdict).filter((line) => line.startsWith('Found'))).toEqual([]);
    expect(verdict.levels.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'signed good',
      'cosigned good',
      'whole good',
      'earlier good',
      'rules good',
      'sealed good',
      'papers good',
    ]);
    expect(isWrong(verdict)).toBe(false);
    expect(verdict.notProven.length).toBeGreaterThan(4);
  });

  it('asked quickly, tells of the seal and the entries what the whole verdict tells, and of the rest that it was not checked', async () => {
    const { files, trust } = await testBundle({ views: 30 });
    for (const kind of ['change an entry', 'delete an entry', 'swap two entries', 'flip a bit of a file']) {
      const spoilt = memoryFiles(spoil(files, kind, nodeSha256, seededRandom(3)).files);
      const [whole, quick] = [await verifyBundle(spoilt, trust), await verifyBundle(spoilt, trust, { quick: true })];
      expect(quick.levels.slice(0, 4)).toEqual(whole.levels.slice(0, 4));
      expect(quick.levels.slice(4).map(({ state }) => state)).toEqual(['not-checked', 'not-checked', 'not-checked']);
    }
  });
});
