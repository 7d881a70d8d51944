import { formatVerifierKey } from '#transparency-log/key';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { signerFromSeed } from '#transparency-log/signing-key';
import { grown } from '#transparency-log/testing/grown-tree';
import { signerNamed } from '#transparency-log/testing/signers';
import { memoryFiles } from './bundle-files.js';
import { council, ORIGIN, testBundle, type BundleWish } from './testing/test-bundle.js';
import { exampleLog, idOf, streamOf, type TestLog } from './testing/test-log.js';
import { readTrust, type GivenTrust } from './trust.js';
import { verifyBundle } from './verify-bundle.js';
import type { LevelId } from './words.js';

/** Each level by itself; what a council that signs anything could do. */
const judge = async (wish: BundleWish, change: GivenTrust = {}) => {
  const { files, given } = await testBundle({ views: 10, ...wish });
  const { key, policy, earlier } = given;
  const verdict = await verifyBundle(
    memoryFiles(files),
    readTrust({ keys: [key], policy, earlier, ...change }, nodeSha256),
  );
  const level = (id: LevelId) => verdict.levels.find((each) => each.id === id)!;
  return { level, codes: (id: LevelId) => level(id).findings.map(({ code }) => code), verdict };
};

const vkey = async (name: string): Promise<string> => formatVerifierKey((await signerNamed(name, 1)).key);

describe('who signed', () => {
  it('is wrong for the key of another record', async () => {
    const { level, codes } = await judge({}, { keys: [await vkey('ledger.norfolk.example/record')] });
    expect([level('signed').state, codes('signed')]).toEqual(['wrong', ['not-signed']]);
  });
  it('is wrong for another key of the same name', async () => {
    const { key } = await signerFromSeed(ORIGIN, 1, new Uint8Array(32).fill(7), nodeSha256);
    const { level, codes } = await judge({}, { keys: [formatVerifierKey(key)] });
    expect([level('signed').state, codes('signed')]).toEqual(['wrong', ['not-signed']]);
  });
  it('is not known without a key', async () => {
    const { level } = await judge({}, { keys: [], policy: undefined });
    expect([level('signed').state, level('cosigned').state]).toEqual(['not-checked', 'not-checked']);
  });
});

describe('witnesses', () => {
  it.each([
    [3, 'good', '3 of 3'],
    [2, 'good', '2 of 3'],
    [1, 'wrong', '1 of 3'],
    [0, 'wrong', '0 of 3'],
  ])('%i of 3 are %s where two are asked for', async (cosigners, state, says) => {
    const { level } = await judge({ cosigners });
    expect(level('cosigned').state).toBe(state);
    expect(level('cosigned').says).toContain(says);
  });
  it('are told with the time of the last one', async () =>
    expect((await judge({})).level('cosigned').says).toContain('the last at 2026-11-25T09:46:40Z'));
});

describe('an earlier checkpoint', () => {
  const noteOver = async (log: TestLog, size: number): Promise<string> =>
    (await council()).note(size, grown(log.leaves).roots[size]!);

  it('of another history proves that the council signed two records', async () => {
    const other = new TestLogOfLies();
    const { level, codes } = await judge({}, { earlier: await noteOver(other.log, 5) });
    expect([level('earlier').state, codes('earlier')]).toEqual(['wrong', ['earlier-differs']]);
    expect(level('whole').state).toBe('good');
  });
  it('that is newer shows that entries were taken back, or an old bundle', async () => {
    const longer = exampleLog(50).log;
    const { codes } = await judge({}, { earlier: await noteOver(longer, longer.leaves.length) });
    expect(codes('earlier')).toEqual(['earlier-newer']);
  });
  it('that somebody else signed says nothing', async () => {
    const { note } = await council('ledger.norfolk.example/record');
    const { codes } = await judge({}, { earlier: await note(5, grown(exampleLog(1).log.leaves).roots[5]!) });
    expect(codes('earlier')).toEqual(['earlier-bad']);
  });
});

class TestLogOfLies {
  readonly log = exampleLog(3).log;
  constructor() {
    this.log.leaves[2] = this.log.leaves[3]!;
  }
}

describe('sealed words', () => {
  const view = streamOf('contribution', 'view 3');
  const kidOf = (log: TestLog): string => {
    const leaf = log.leaves.map((bytes) => JSON.parse(Buffer.from(bytes).toString()) as { stream: string; data: { kid?: string } }).find(({ stream, data }) => stream === view && data.kid); // prettier-ignore
    return leaf!.data.kid!;
  };
  const forget = (log: TestLog): void => {
    const kid = kidOf(log);
    log.keys.delete(kid);
    for (const bytes of log.leaves) {
      const { sealed } = JSON.parse(Buffer.from(bytes).toString()) as {
        sealed: Record<string, { kid: string; h: string }>;
      };
      for (const field of Object.values(sealed)) if (field.kid === kid) log.ciphertexts.delete(field.h);
    }
  };
  const erase = (log: TestLog, more: object = { basis: 'art-17', authorisedBy: 'data-protection-officer' }): void => {
    log.append(view, [{ type: 'subject-erased.v1', data: { kids: [kidOf(log)], ...more } }], 'data-protection-officer');
  };

  it('are lawfully erased where an entry says so, with its ground', async () => {
    const { level, verdict } = await judge({ before: (log) => (erase(log), forget(log)) });
    expect(level('sealed')).toMatchObject({ state: 'good', findings: [] });
    expect(level('sealed').says).toContain('1 lawfully erased; 0 missing');
    expect(verdict.levels.map(({ state }) => state)).not.toContain('wrong');
  });
  it('are missing without erasure where none does', async () => {
    const { level } = await judge({ before: forget });
    expect(level('sealed').findings).toMatchObject([{ code: 'words-missing', stream: view, revision: 1 }]);
    expect(level('sealed').says).toContain('1 missing without erasure');
  });
  it('are missing where the erasure names no ground', async () => {
    const { codes } = await judge({ before: (log) => (erase(log, {}), forget(log)) });
    expect([codes('rules'), codes('sealed')]).toEqual([['erasure-unexplained'], ['words-missing']]);
  });
  it('show a key that was said to be destroyed and was not', async () =>
    expect((await judge({ before: (log) => erase(log) })).codes('sealed')).toEqual(['erased-key-kept']));
  it('may not be sealed with a destroyed key', async () => {
    const again = (log: TestLog): void => {
      erase(log);
      log.append(view, [{ type: 'contribution-corrected.v1', data: { words: null }, words: { '/words': 'New' } }]);
    };
    expect((await judge({ before: again })).codes('rules')).toEqual(['sealed-after-erasure']);
  });
  it('are told apart by who may read them, and by what the bundle is about', async () => {
    expect((await judge({ keys: false })).level('sealed').says).toMatch(
      /^Personal words: 0 readable; 14 sealed, and you/,
    );
    const { level } = await judge({ streams: [streamOf('decision', 'first')] });
    expect(level('sealed').says).toBe('Personal words: 1 readable; 0 sealed, and you were given no key; 0 lawfully erased; 0 missing without erasure; 13 left out, because the bundle is not about them.'); // prettier-ignore
  });
});

describe('rules of the record', () => {
  const promise = streamOf('serviceChange', 'first');
  const decision = streamOf('decision', 'first');
  it.each<[string, (log: TestLog) => void, string]>([
    ['a confirmation by the owner', (log) => log.append(promise, [{ type: 'reopened.v1' }, { type: 'reported-done.v1' }, { type: 'done-confirmed.v1', data: { person: idOf('owner') } }]), 'by the owner of the promise'],
    ['a confirmation that nobody asked for', (log) => log.append(promise, [{ type: 'reopened.v1' }, { type: 'done-confirmed.v1', data: { person: idOf('x') } }]), 'nobody has reported done'],
    ['a date moved from another date', (log) => log.append(promise, [{ type: 'due-date-changed.v1', data: { old: '2026-01-01', new: '2028-01-01', reason: null }, words: { '/reason': 'x' } }]), 'moves the date from 2026-01-01, but it was 2027-03-01'],
    ['a decision replaced by one that there is not', (log) => log.append(decision, [{ type: 'decision-superseded.v1', data: { by: idOf('nothing') } }]), 'names a new decision that is not in the record'],
    ['a decision that replaces itself', (log) => log.append(decision, [{ type: 'decision-superseded.v1', data: { by: idOf('first') } }]), 'replaces itself'],
    ['a link that is taken back but was not there', (log) => log.append(decision, [{ type: 'decision-unlinked.v1', data: { contribution: idOf('x') } }]), 'takes back a link'],
    ['a no without a reason', (log) => log.append(streamOf('decision', 'no'), [{ type: 'decision-made.v1', data: { answer: 'no', statement: null, decidedBy: [{ role: 'Chair' }] }, words: { '/statement': 'No.' } }]), 'without a reason in plain words'],
    ['something that was never recorded', (log) => log.append(streamOf('decision', 'ghost'), [{ type: 'decision-reopened.v1', data: { status: 'open' } }]), 'was never recorded'],
    ['a second beginning', (log) => log.append(streamOf('log', 'two'), [{ type: 'log-created.v1' }]), 'says again which record this is'],
    ['outcomes that were recorded twice', (log) => log.append(streamOf('meeting', 'm'), [{ type: 'meeting-called.v1' }, { type: 'outcomes-recorded.v1', data: { by: 'a' } }, { type: 'outcomes-recorded.v1', data: { by: 'b' } }]), 'for the second time'],
    ['outcomes confirmed by whoever recorded them', (log) => log.append(streamOf('meeting', 'm'), [{ type: 'meeting-called.v1' }, { type: 'outcomes-recorded.v1', data: { by: 'ref-chair' } }, { type: 'outcomes-confirmed.v1' }]), 'by the person who recorded the outcomes'],
    ['an entry that an unknown one led to', (log) => log.append(streamOf('team', 't'), [{ type: 'team-formed.v1' }], 'chair', { cause: { command: idOf('c'), correlation: idOf('c'), events: [idOf('x')] } }), 'no entry before it has that number'],
    ['an id that does not follow from its command', (log) => log.append(streamOf('team', 't'), [{ type: 'team-formed.v1' }], 'chair', { id: idOf('x') }), 'does not follow from the command'],
    ['a gap in a history', (log) => log.append(streamOf('team', 't'), [{ type: 'team-formed.v1' }], 'chair', { rev: 2 }), 'but number 0 should come next'],
    ['words that also stand open', (log) => log.append(streamOf('contribution', 'open'), [{ type: 'contribution-received.v1', data: { words: 'Told to all' }, words: { '/words': 'x' } }]), 'also stands open'],
  ])('%s is named, although it was signed', async (_, before, says) => {
    const { level } = await judge({ before });
    expect(level('whole').state).toBe('good');
    expect(level('rules').state).toBe('wrong');
    expect(level('rules').findings.map((each) => each.says).join('\n')).toContain(says);
  }); // prettier-ignore
});
