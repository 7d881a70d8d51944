import { hostileTexts, regexesIn } from './regexes.js';
import { sourceFiles } from './source-files.js';

/** Milliseconds of the processor, which a busy machine does not take for others; what is near it is tried again. */
const MOST = 50;

const slowest = (regex: RegExp): { ms: number; text: string } => {
  let worst = { ms: 0, text: '' };
  for (const text of hostileTexts(regex)) {
    let best = Infinity;
    for (let turn = 0; turn < 3 && best > MOST && (turn === 0 || best < 4 * MOST); turn++) {
      const from = process.cpuUsage();
      text.replace(regex, '');
      const { user, system } = process.cpuUsage(from);
      best = Math.min(best, (user + system) / 1_000);
    }
    if (best > worst.ms) worst = { ms: best, text: text.slice(0, 12) };
    if (best > MOST) break;
  }
  return worst;
};

describe('regular expressions', () => {
  it('finds one that is known to be slow', () => expect(slowest(/\s+$/).ms).toBeGreaterThan(MOST));

  it('each answers 100 kB of hostile text within 50 ms', () => {
    const found = sourceFiles().flatMap(regexesIn);
    const slow = found
      .map(({ where, regex }) => ({ where, ...slowest(regex) }))
      .filter(({ ms }) => ms > MOST)
      .map(({ where, ms, text }) => `${where} took ${Math.round(ms)} ms on ${JSON.stringify(text)}…`);
    console.log(JSON.stringify({ figure: 'security.regexes', expressions: found.length, slow: slow.length }));
    expect(found.length).toBeGreaterThan(100);
    expect(slow).toEqual([]);
  });
});
