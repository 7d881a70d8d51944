import type { LogState } from '#ledger/log-state';
import { sealWords } from './seal-words.js';

const nobody: LogState['witnesses'] = {
  asked: 0, independent: 0, isQuorum: false, newest: null, ageSeconds: null, isFresh: false, each: [], conflicts: 0,
}; // prettier-ignore
const sealed: LogState = {
  origin: 'essex.example/log',
  entries: 120,
  checkpoint: { size: 120, root: 'abc', signedAt: '2026-11-25T20:04:00.000Z' },
  predecessor: null,
  problem: null,
  witnesses: nobody,
};
const seen = { asked: 10, independent: 7, newest: '2026-11-25T20:05:00.000Z', isFresh: true };

describe('how the seal stands, in words', () => {
  it.each<[string, Partial<LogState>, string, string, RegExp]>([
    ['not sealed', { checkpoint: null }, 'wait', 'This record is not sealed yet', /Nobody has checked/],
    ['sealed, seen by nobody', {}, 'good', 'This record is sealed', /^120 entries sealed on 25 November 2026 at 8:04pm.*0 independent witnesses/],
    ['newer entries', { entries: 121 }, 'good', 'This record is sealed', /1 newer entry waits for the next seal/],
    ['seen by others', { witnesses: { ...nobody, ...seen } }, 'good', 'This record is sealed', /7 of 10 independent witnesses.*8:05pm\.$/],
    ['seen long ago', { witnesses: { ...nobody, ...seen, isFresh: false } }, 'good', 'This record is sealed', /more than an hour ago/],
    ['no signer', { problem: { message: 'x', since: 'y' } }, 'bad', 'New entries are not sealed just now', /120 entries/],
    ['two records', { witnesses: { ...nobody, ...seen, conflicts: 1 } }, 'bad', 'Somebody has seen a different record', /Do not rely/],
  ])('%s', (_, change, tone, title, says) => {
    const words = sealWords({ ...sealed, ...change });
    expect(words).toMatchObject({ tone, title });
    expect(words.lines.join(' ')).toMatch(says);
  }); // prettier-ignore
});
