import { readFileSync } from 'node:fs';
import { openRecording, type Recording } from '../testing/recording.js';
import { chainOf, eventsOf, idOf, TRACKER, trackerFile } from '../testing/tracker.js';
import { spoken } from '#traceability/show';

describe('history that today’s rules would not allow', () => {
  let recording: Recording;
  beforeAll(async () => (recording = await openRecording()));
  afterAll(() => recording.close());

  const bring = (name: string, ...rows: Parameters<typeof trackerFile>[2][]) =>
    recording.import(trackerFile(recording, name, ...rows), TRACKER);
  const types = async (ref: string) => (await eventsOf(recording, 'serviceChange', ref)).map(({ type }) => type);

  it('keeps the life of every promise in its order, with what the source leaves out left out', async () => {
    const life = '2023-02-10|accepted;2023-03-01|under-way;2023-04-01|due-date-changed>2023-07-31;2023-05-01|paused;2023-05-20|resumed;2023-06-01|reported-done;2023-06-10|disputed;2023-06-20|reported-done;2023-06-25|confirmed'; // prettier-ignore
    const rows = Array.from({ length: 12 }, (_, n) => ({
      Ref: `l${n}`, Said: 'View', Answer: 'Yes', Change: 'A change', Owner: 'Manager', Due: '2023-06', State: 'Done!', Steps: life,
    })); // prettier-ignore
    const { applied } = await bring('life.csv', ...rows);
    expect(applied?.refused).toEqual([]);
    for (const { Ref } of rows)
      expect(await types(Ref)).toEqual(['ServiceChangePromised', 'OwnerAccepted', 'ProgressReported', 'DueDateChanged', 'Paused', 'Resumed', 'ReportedDone', 'DoneDisputed', 'ReportedDone', 'DoneConfirmed']); // prettier-ignore
    const chain = await chainOf(recording, 'serviceChange', 'l0');
    expect(chain.serviceChanges[0]).toMatchObject({
      state: 'confirmed',
      owner: null,
      ownerRole: 'Manager',
      due: '2023-07-31',
    });
    // By June means by the end of June, and what the source calls it stays to the letter.
    expect(chain.serviceChanges[0]?.moved[0]).toMatchObject({ old: '2023-06-30', reason: null, agreedBy: null });
    expect(spoken(chain.serviceChanges[0]?.sourceStatus)).toBe('Done!');
    expect(chain.gaps.map(({ code }) => code)).toContain('no-owner');
  });

  it('keeps a date that slipped twenty times in the order of time, whatever the order of the source', async () => {
    const day = (n: number) => new Date(Date.UTC(2023, n, 10)).toISOString().slice(0, 10);
    const slips = Array.from({ length: 20 }, (_, n) => `${day(n)}|due-date-changed>${day(n + 2)}`);
    const shuffled = slips.map((slip, n) => ({ slip, at: (n * 7) % 20 })).sort((a, b) => a.at - b.at).map(({ slip }) => slip); // prettier-ignore
    const { applied } = await bring('slips.csv', { Ref: 's20', Said: 'View', Answer: 'Yes', Change: 'A change', Due: '2023-02', Steps: shuffled.join(';') }); // prettier-ignore
    expect(applied?.refused).toEqual([]);
    const moved = (await chainOf(recording, 'serviceChange', 's20')).serviceChanges[0]?.moved ?? [];
    expect(moved.map((move) => move.new)).toEqual(slips.map((_, n) => day(n + 2)));
    // Each move names the date that the one before had given.
    expect(moved.map(({ old }) => old)).toEqual(['2023-02-28', ...slips.slice(1).map((_, n) => day(n + 2))]);
    const before = await recording.events();
    await bring('slips.csv', { Ref: 's20', Said: 'View', Answer: 'Yes', Change: 'A change', Due: '2023-02', Steps: shuffled.join(';') }); // prettier-ignore
    expect(await recording.events()).toBe(before);
  });

  it('takes a view that somebody helped with, though the source does not say who', async () => {
    const { applied } = await bring(
      'voices.csv',
      { Ref: 'v1', Said: 'A', Voice: 'helped' },
      { Ref: 'v2', Said: 'B', Voice: 'proxy' },
    );
    expect(applied?.concepts.contribution).toMatchObject({ new: 2, rejected: 0 });
    expect((await chainOf(recording, 'contribution', 'v2')).contributions[0]).toMatchObject({
      voice: 'proxy',
      helper: null,
    });
  });

  it('answers a view first and hears that it was taken back after', async () => {
    const { applied } = await bring('back.csv', { Ref: 'b1', Said: 'A', Answer: 'No', 'Taken back': '2023-01-20' });
    expect(applied?.refused).toEqual([]);
    const chain = await chainOf(recording, 'contribution', 'b1');
    expect(chain.decisions).toHaveLength(1);
    expect(chain.contributions[0]?.withdrawnOn).toMatch(/^2023-01-20/);
  });

  it('notes that one view repeats another, beside the chain and not in it', async () => {
    await bring('same.csv', { Ref: 's1', Said: 'A' }, { Ref: 's2', Said: 'A too', 'Same as': 's1' });
    const chain = await chainOf(recording, 'contribution', 's2');
    expect(chain.links).toMatchObject([{ kind: 'duplicate-of', to: idOf('contribution', 's1') }]);
    expect(chain.contributions).toHaveLength(1);
  });

  it('refuses what it cannot keep, by row, and puts it aside; what points at it is not tied to nothing', async () => {
    const path = trackerFile(
      recording,
      'odd.csv',
      { Ref: 'o1', Said: 'A', Answer: 'Yes', Change: 'C', Steps: '2023-03-01|due-date-changed' },
      { Ref: 'o2', Said: 'B', Council: 'nowhere' },
    );
    const rejects = `${path}.rejects.jsonl`;
    const { applied, report, concepts } = await recording.import(path, TRACKER, { rejectsPath: rejects });
    expect([concepts.contribution, concepts.progress]).toMatchObject([{ new: 1, rejected: 1 }, { new: 0, rejected: 1 }]); // prettier-ignore
    expect(applied?.refused).toMatchObject([
      { file: 'odd.csv', row: 2, concept: 'progress', code: 'new-date-missing' },
    ]);
    expect(report.problems.byCode).toEqual({ 'authority-unknown': 1 });
    const aside = readFileSync(rejects, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { row: number; reasons: { code: string }[] });
    expect(aside.map(({ row, reasons }) => [row, reasons[0]?.code])).toEqual([[3, 'authority-unknown'], [2, 'new-date-missing']]); // prettier-ignore
  });

  it('keeps very long words whole, line breaks and all', async () => {
    const words = 'é😀 <b>line</b>\r\n'.repeat(20_000);
    const { applied } = await bring('long.csv', { Ref: 'x1', Said: words });
    expect(applied?.refused).toEqual([]);
    expect(spoken((await chainOf(recording, 'contribution', 'x1')).contributions[0]?.words)).toBe(words);
  });

  it('records one answer to very many views', async () => {
    const refs = Array.from({ length: 1_500 }, (_, n) => `m${n}`);
    const answered = { Ref: 'm', Said: 'First', Answer: 'Yes to all', Also: refs.join(';') };
    const { applied } = await bring('many.csv', ...refs.map((Ref) => ({ Ref, Said: `View ${Ref}` })), answered);
    expect(applied?.refused).toEqual([]);
    const types = (await eventsOf(recording, 'decision', 'm')).map(({ type }) => type);
    expect(types.filter((type) => type === 'DecisionLinkedToContribution')).toHaveLength(1_501);
    expect((await chainOf(recording, 'contribution', 'm1499')).decisions).toHaveLength(1);
  }, 60_000);
});
