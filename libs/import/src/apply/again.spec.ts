import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spoken } from '#traceability/show';
import { openRecording, type Recording } from '../testing/recording.js';
import { chainOf, eventsOf, idOf, TRACKER, trackerFile, type TrackerRow } from '../testing/tracker.js';

describe('a source that is imported again', () => {
  let recording: Recording;
  beforeEach(async () => (recording = await openRecording()));
  afterEach(() => recording.close());

  const bring = async (...rows: TrackerRow[]) =>
    (await recording.import(trackerFile(recording, 'tracker.csv', ...rows), TRACKER)).applied!;
  const view = (Ref: string, more: TrackerRow = {}): TrackerRow => ({ Ref, Said: `View ${Ref}`, ...more });
  const wordsOf = async (ref: string) =>
    spoken((await chainOf(recording, 'contribution', ref)).contributions[0]?.words);
  const index = (end: string) => join(recording.engine.settings.dataDir, `imports.db${end}`);

  it('makes a link once its other end is there, whichever file brought that', async () => {
    const repeats = [view('2', { 'Same as': '1', Answer: 'No', Also: '1' })];
    const first = await recording.import(trackerFile(recording, 'a.csv', ...repeats), TRACKER);
    expect(first.report.links.first.map(({ as, to }) => `${as} ${to.sourceId}`)).toEqual([
      'duplicate-of 1',
      'answers 1',
    ]);
    await bring(view('1'));
    const later = await recording.import(trackerFile(recording, 'a.csv', ...repeats), TRACKER);
    expect(later.report.links.unresolved).toBe(0);
    expect(later.applied).toMatchObject({ recorded: 0, changed: 2, events: 2 });
    const chain = await chainOf(recording, 'contribution', '1');
    expect(chain.decisions.map(({ id }) => id)).toEqual([idOf('decision', '2')]);
    expect((await chainOf(recording, 'contribution', '2')).links.map(({ kind }) => kind)).toContain('duplicate-of');
    expect((await recording.import(trackerFile(recording, 'a.csv', ...repeats), TRACKER)).applied?.events).toBe(0);
  });

  it('adds only what changed, and both stay visible, also when it changes back and forth', async () => {
    await bring(view('1'), view('2'));
    for (const words of ['Other words', 'View 1', 'Other words']) {
      expect(await bring(view('1', { Said: words }), view('2'))).toMatchObject({ changed: 1, unchanged: 1, events: 1 });
      expect(await wordsOf('1')).toBe(words);
      expect((await bring(view('1', { Said: words }), view('2'))).events).toBe(0);
    }
    expect((await eventsOf(recording, 'contribution', '1')).map(({ type }) => type)).toEqual(['ContributionReceived', 'ContributionCorrected', 'ContributionCorrected', 'ContributionCorrected']); // prettier-ignore
  });

  it('moves the date of a promise, and keeps what no event can say', async () => {
    const promise = { Answer: 'Yes', Change: 'A ramp', Due: '2024-06' };
    await bring(view('1', promise));
    const applied = await bring(view('1', { ...promise, Due: '2024-09', Answer: 'Yes, at last' }));
    expect(applied.concepts.serviceChange).toMatchObject({ changed: 1, kept: 0 });
    expect(applied.concepts.decision).toMatchObject({ changed: 0, kept: 1 });
    const chain = await chainOf(recording, 'decision', '1');
    expect(chain.serviceChanges[0]).toMatchObject({ due: '2024-09-30', moved: [{ old: '2024-06-30' }] });
    expect(spoken(chain.decisions[0]?.statement)).toBe('Yes');
    // It is told every time, until the source says the same again.
    const again = await bring(view('1', { ...promise, Due: '2024-09', Answer: 'Yes, at last' }));
    expect([again.events, again.differing]).toEqual([0, 1]);
  });

  it('goes on when the index is gone, and does not trust an index that belongs to another record', async () => {
    const rows = [view('1', { Answer: 'No' }), view('2', { 'Same as': '1' })];
    const path = trackerFile(recording, 'tracker.csv', ...rows);
    await recording.import(path, TRACKER);
    const [before, kept] = [await recording.events(), readFileSync(index(''))];
    for (const end of ['', '-wal', '-shm']) rmSync(index(end), { force: true });
    expect((await recording.import(path, TRACKER)).applied).toMatchObject({ recorded: 0, changed: 0, events: 0 });
    expect(await recording.events()).toBe(before);
    // An index from elsewhere says that all is there; nothing of it is.
    const other = await openRecording();
    writeFileSync(join(other.engine.settings.dataDir, 'imports.db'), kept);
    expect((await other.import(path, TRACKER)).applied).toMatchObject({ recorded: 3 });
    await other.close();
  });

  it('foretells in a dry run what becomes of each thing, and records nothing', async () => {
    await bring(view('1'), view('2'));
    const before = await recording.events();
    const path = trackerFile(recording, 'tracker.csv', view('1'), view('2', { Said: 'Else' }), view('3'));
    const { concepts, applied } = await recording.import(path, TRACKER, { dryRun: true });
    expect(concepts.contribution).toMatchObject({ new: 1, changed: 1, unchanged: 1 });
    expect(applied).toBeUndefined();
    expect(await recording.events()).toBe(before);
  });
});
