import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contributionsProjection } from '#contributions/contributions.projection';
import { ListContributions, ListContributionsHandler } from '#contributions/contributions.queries';
import { decisionsProjection } from '#decisions/decisions.projection';
import { ListDecisions, ListDecisionsHandler } from '#decisions/decisions.queries';
import type { Recorded } from '#kernel/event';
import { openReadDatabase } from '#projections/read-database';
import type { Rows } from '#projections/rows';
import { serviceChangesProjection } from '#service-changes/service-changes.projection';
import { ListServiceChanges, ListServiceChangesHandler } from '#service-changes/service-changes.queries';
import { chainProjection } from '#traceability/chain.projection';
import { CarriedOverHandler, FindCarriedOver } from './carried-over.js';
import { discussionsProjection } from './discussions.projection.js';
import { meetingsProjection } from './meetings.projection.js';
import { FindMeeting, FindMeetingHandler, ListDiscussions, ListDiscussionsHandler } from './meetings.queries.js';
import { MEETING, TEAM, TWO } from './testing/bodies.js';
import { codec, Hall } from './testing/hall.js';

const all = [meetingsProjection, discussionsProjection, contributionsProjection, decisionsProjection, serviceChangesProjection, chainProjection]; // prettier-ignore

const seenIn = async (rows: Rows) => {
  const meeting = await new FindMeetingHandler(rows).execute(new FindMeeting(MEETING));
  const carried = await new CarriedOverHandler(rows).execute(new FindCarriedOver(TEAM, '2026-11-23', '2027-12-31'));
  return {
    status: meeting?.status,
    outcomes: meeting?.outcomes.length,
    views: (await new ListContributionsHandler(rows).execute(new ListContributions({ authority: 'essex' }))).items
      .length,
    discussions: (await new ListDiscussionsHandler(rows).execute(new ListDiscussions(MEETING))).length,
    decisions: (await new ListDecisionsHandler(rows).execute(new ListDecisions({}))).items.length,
    promises: (await new ListServiceChangesHandler(rows).execute(new ListServiceChanges({}))).items.length,
    due: carried.due.length,
  };
};

describe('what readers see of a meeting while it is carried on', () => {
  it('is nothing at every event of the way, and then all of it', async () => {
    const keys = mkdtempSync(join(tmpdir(), 'keys-'));
    const hall = await Hall.build(join(keys, 'k'));
    const process = hall.start(join(keys, 'k'));
    await process.record(TWO);
    const events: Recorded[] = [];
    for await (const stored of process.store.readAll()) events.push(codec.decode(stored));
    await process.stop();
    hall.remove();
    rmSync(keys, { recursive: true });

    const rows = openReadDatabase(':memory:');
    for (const { tables } of all) rows.db.exec(tables);
    const seen = new Map<string, number>();
    for (const event of events) {
      for (const { on } of all) on[event.type]?.(rows, event as never, () => undefined);
      const now = JSON.stringify(await seenIn(rows));
      seen.set(now, (seen.get(now) ?? 0) + 1);
    }
    const nothing = { outcomes: 0, views: 1, discussions: 0, decisions: 0, promises: 0, due: 0 };
    expect([...seen.keys()].slice(-3).map((each) => JSON.parse(each) as object)).toEqual([
      { status: 'called', ...nothing },
      { status: 'recorded', ...nothing },
      { status: 'applied', outcomes: 8, views: 3, discussions: 2, decisions: 2, promises: 2, due: 2 },
    ]);
    expect([...seen.values()].at(-2)).toBeGreaterThan(20);
  });
});
