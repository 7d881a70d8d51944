import 'reflect-metadata';
import { memoryFiles } from '#verifier/bundle-files';
import { isWrong, verdictLines } from '#verifier/verdict';
import { verifyBundle } from '#verifier/verify-bundle';
import { loadExample } from '../browser/example.js';
import { Client } from '../http/client.js';
import { startServer, type TestServer } from '../http/server.js';
import { bundleOfEngine } from './engine-bundle.js';

/** A fact whose first entry was wrong, which is there a second time: that is no broken rule. */
const mendedFact = async (server: TestServer): Promise<void> => {
  const chair = await Client.as(server, 'chair', 'example-council');
  const lesson = { from: 'worked', by: 'people', lesson: 'Ask first' };
  const { id } = await chair.made('/facts/lesson', { authority: 'example-council', ...lesson });
  const { entries } = (await chair.get(`/facts/lesson/${id}`)).body as unknown as { entries: { id: string }[] };
  const instead = { ...lesson, by: 'staff' };
  await chair.made(`/facts/lesson/${id}/entries/${entries[0]?.id ?? ''}/mended`, { why: 'It was staff', instead });
};

/** The rules of the verifier against what the product itself writes: a rule that the product breaks is a wrong rule. */
describe('the record of the worked example', () => {
  it('is good on every level, with every word readable', async () => {
    const server = await startServer();
    try {
      await loadExample(server);
      await mendedFact(server);
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
