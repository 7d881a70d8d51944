import { memoryFiles } from './bundle-files.js';
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
});
