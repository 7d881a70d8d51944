import 'reflect-metadata';
import { memoryFiles } from '#verifier/bundle-files';
import { isWrong, verdictLines } from '#verifier/verdict';
import { verifyBundle } from '#verifier/verify-bundle';
import { loadExample } from '../browser/example.js';
import { startServer } from '../http/server.js';
import { bundleOfEngine } from './engine-bundle.js';

/** The rules of the verifier against what the product itself writes: a rule that the product breaks is a wrong rule. */
describe('the record of the worked example', () => {
  it('is good on every level, with every word readable', async () => {
    const server = await startServer();
    try {
      await loadExample(server);
      const { files, trust, events, sealed } = await bundleOfEngine(server.engine);
      const verdict = await verifyBundle(memoryFiles(files), trust);
      expect(verdictLines(verdict).filter((line) => line.startsWith('Found'))).toEqual([]);
      expect(isWrong(verdict)).toBe(false);
      expect(events).toBeGreaterThan(50);
      expect(verdict.levels.find(({ id }) => id === 'sealed')?.says).toContain(`${sealed} readable; 0 sealed`);
    } finally {
      await server.close();
    }
  }, 60_000);
});
