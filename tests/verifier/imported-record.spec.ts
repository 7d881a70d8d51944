import { openRecording } from '#import/testing/recording';
import { dataPath, describeWithData, shippedMapping } from '#import/testing/real-data';
import { memoryFiles } from '#verifier/bundle-files';
import { verdictLines } from '#verifier/verdict';
import { verifyBundle } from '#verifier/verify-bundle';
import { bundleOfEngine } from './engine-bundle.js';

/** History that our rules never saw: what its source lacks is no fault of the record. */
describeWithData('proposal_traces', 'the record of imported proposals', () => {
  it('breaks no rule, and every word of it opens', async () => {
    const recording = await openRecording();
    try {
      await recording.import(dataPath('proposal_traces'), shippedMapping('proposal-traces'));
      const { files, trust, events, sealed } = await bundleOfEngine(recording.engine);
      const verdict = await verifyBundle(memoryFiles(files), trust);
      expect(events).toBeGreaterThan(1_000);
      expect(verdictLines(verdict).filter((line) => line.startsWith('Found'))).toEqual([]);
      expect(verdict.levels.find(({ id }) => id === 'sealed')?.says).toContain(`${sealed} readable; 0 sealed`);
      process.stdout.write(`${events} imported entries and ${sealed} sealed texts judged, nothing found\n`);
    } finally {
      await recording.close();
    }
  }, 180_000);
});
