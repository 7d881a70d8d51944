import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomId } from '#event-store/ids';
import { Refusal } from '#kernel/refusal';
import { closeMeeting, meeting, openMeeting } from './meeting.js';
import { emptyDraft } from './draft.js';
import { bodyOf, MEETING, TWO } from './testing/bodies.js';
import { Hall, type Process } from './testing/hall.js';

/** "outcomes are recorded once; a repeated submit answers 'already recorded'" */
describe('recording a meeting', () => {
  let keys: string;
  let hall: Hall;
  let process: Process;
  beforeEach(async () => {
    keys = mkdtempSync(join(tmpdir(), 'keys-'));
    hall = await Hall.build(join(keys, 'k'));
    process = hall.start(join(keys, 'k'));
  });
  afterEach(async () => {
    await process.stop();
    hall.remove();
    rmSync(keys, { recursive: true });
  });
  const types = async () => (await process.log()).map(({ type }) => type);
  const once = async () => {
    const all = await types();
    const count = (type: string) => all.filter((each) => each === type).length;
    return ['outcomes-recorded.v1', 'outcomes-applied.v1', 'decision-made.v1', 'service-change-promised.v1'].map(count);
  };

  it('50 times at once with one command id records once and answers everyone the same', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, () => process.record(TWO, 'send')));
    expect(await once()).toEqual([1, 1, 2, 2]);
    expect(new Set(all.map(({ repeated: _, ...answer }) => JSON.stringify(answer))).size).toBe(1);
  });

  it('50 times at once with 50 command ids records once; the other 49 hear that it is recorded already', async () => {
    const all = await Promise.allSettled(Array.from({ length: 50 }, () => process.record(TWO)));
    expect(await once()).toEqual([1, 1, 2, 2]);
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const reasons = all.flatMap((each) => (each.status === 'rejected' ? [each.reason as Refusal] : []));
    expect(new Set(reasons.map((reason) => reason instanceof Refusal && reason.code))).toEqual(new Set(['already-recorded']));
  }); // prettier-ignore

  it('from two processes at once records once', async () => {
    const other = hall.start(join(keys, 'k'));
    const both = [process, other];
    const all = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => both[index % 2]!.record(TWO)));
    await other.stop();
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await once()).toEqual([1, 1, 2, 2]);
  });

  it('once recorded, another body with another command id changes nothing, whatever is wrong in it', async () => {
    await process.record(TWO, 'send');
    const before = await types();
    await expect(process.record({ attendance: [], discussions: [] })).rejects.toMatchObject({ code: 'already-recorded' });
    expect(await types()).toEqual(before);
  }); // prettier-ignore

  it('is all or nothing: one wrong item and nothing of the meeting is recorded', async () => {
    const before = await types();
    const wrong = bodyOf({ decisions: [] });
    await expect(process.record(wrong)).rejects.toMatchObject({ all: [{ pointer: '/discussions/0/serviceChanges/0/decision' }] });
    expect(await types()).toEqual(before);
  }); // prettier-ignore

  it('forgets the draft only when everything stands, and keeps it when it was refused', async () => {
    await process.drafts.save(MEETING, emptyDraft, 0);
    await expect(process.record(bodyOf({ decisions: [] }))).rejects.toThrow();
    expect(process.drafts.get(MEETING).revision).toBe(1);
    await process.record(TWO);
    expect(process.drafts.get(MEETING).revision).toBe(0);
  });

  it('needs a meeting of the own council', async () => {
    const foreign = { ...process.context(), within: 'norfolk' };
    await expect(process.recordAs(foreign, MEETING, TWO)).rejects.toMatchObject({ kind: 'missing' });
    await expect(process.recordAs(process.context(), randomId(), TWO)).rejects.toMatchObject({ kind: 'missing' });
  });

  it('may come before the meeting was opened and after it was closed: paper comes late', async () => {
    await process.recorder.act(meeting, MEETING, process.context(), openMeeting);
    await process.recorder.act(meeting, MEETING, process.context(), closeMeeting);
    await process.record(TWO);
    expect(await once()).toEqual([1, 1, 2, 2]);
  });
});
