import { tamperDrill } from './tamper-drill.js';
import { testBundle } from './testing/test-bundle.js';

const TAMPERINGS = 1_000;

describe('1,000 random tamperings', () => {
  it('are all found, and each is located', async () => {
    const { files, trust } = await testBundle({ views: 150 });
    const missed: unknown[] = [];
    const located = { exactly: 0, within: 0, no: 0 };
    for await (const result of tamperDrill(files, trust, { count: TAMPERINGS, seed: 20261125 })) {
      located[result.located] += 1;
      if (!result.found || result.located === 'no') missed.push(result);
    }
    process.stdout.write(`${TAMPERINGS} tamperings: ${TAMPERINGS - missed.length} found and located, ${located.exactly} exactly, ${located.within} within a stretch of entries\n`); // prettier-ignore
    expect(missed).toEqual([]);
  }, 240_000);
});
