import type { About, Recorded } from '#kernel/event';
import { nowAt } from '#kernel/time';
import { openReadDatabase } from '#projections/read-database';
import type { Rows } from '#projections/rows';
import { clocksProjection } from '#clocks/clocks.projection';
import { gapsProjection } from './gaps.projection.js';
import {
  CountGaps,
  CountGapsHandler,
  countSql,
  type GapFilter,
  gapsWhere,
  ListGaps,
  ListGapsHandler,
  listSql,
  MEASURE_SQL,
  MeasureCompleteness,
  MeasureCompletenessHandler,
} from './gaps.queries.js';

const CATEGORY: Readonly<Record<string, string>> = { v: 'contribution', t: 'discussion', d: 'decision', p: 'serviceChange', m: 'meeting' }; // prettier-ignore
const sealed = (words: string) => ({ sealed: words });

/** A record told event by event; the first letter of a name says what it is. */
class Told {
  readonly rows: Rows = openReadDatabase(':memory:');
  private count = 0;
  constructor() {
    this.rows.db.exec(gapsProjection.tables);
    this.rows.db.exec(clocksProjection.tables);
  }
  tell(thing: string, type: string, data: object = {}, day = '2026-11-02', about: About = {}, causes: string[] = []) {
    const at = `${day}T09:00:00.000Z`;
    const event: Recorded = {
      id: `e${++this.count}`, stream: `${CATEGORY[thing[0] ?? ''] ?? 'x'}-${thing}`, revision: 0, position: String(this.count).padStart(16, '0'),
      type, data: { authority: 'essex', ...data }, occurredAt: at, recordedAt: about.import ? '2026-11-20T09:00:00.000Z' : at,
      actor: { role: 'chair', ref: 'r' }, about: { authority: 'essex', team: 'team-1', ...about }, cause: { command: 'c', correlation: 'c', events: causes },
    }; // prettier-ignore
    for (const { on } of [gapsProjection, clocksProjection]) on[type]?.(this.rows, event as never, () => undefined);
    return this;
  }
  view(id: string, day?: string, about?: About, more: object = {}) {
    return this.tell(id, 'ContributionReceived', { words: sealed(`words of ${id}`), attribution: 'group', ...more }, day, about);
  } // prettier-ignore
  decide(id: string, answer?: string, more: object = {}, day?: string, about?: About) {
    return this.tell(id, 'DecisionMade', { statement: sealed(id), ...(answer && { answer }), ...more }, day, about);
  }
  link(decision: string, view: string) {
    return this.tell(decision, 'DecisionLinkedToContribution', { contribution: view, effect: 'changed' });
  }
  promise(id: string, decision?: string, more: object = {}, day?: string) {
    const owner = { person: 'x', name: sealed('x'), role: 'manager' };
    return this.tell(id, 'ServiceChangePromised', { what: sealed(id), owner, due: '2026-12-01', decision, ...more }, day);
  } // prettier-ignore
  clock(today: string) {
    return { now: () => nowAt(new Date(`${today}T12:00:00.000Z`)) };
  }
  async list(filter: GapFilter & { after?: string; limit?: number } = {}, today = '2026-11-23') {
    return new ListGapsHandler(this.rows, this.clock(today)).execute(new ListGaps(filter));
  }
  async gaps(filter: GapFilter = {}, today = '2026-11-23') {
    return (await this.list(filter, today)).items.map(({ kind, id }) => `${kind} ${id}`);
  }
  async measure(measure: string, filter: GapFilter = {}) {
    const all = await new MeasureCompletenessHandler(this.rows).execute(new MeasureCompleteness(filter));
    const found = all.find((each) => each.measure === measure);
    return found && [found.have, found.of, found.notRecorded];
  }
}

describe('gaps', () => {
  let told: Told;
  beforeEach(() => (told = new Told()));
  afterEach(() => told.rows.db.close());

  it('follows a view to its reply, and back when the link is taken back or the reply failed', async () => {
    expect(await told.view('v1').gaps()).toEqual(['no-discussion v1']);
    told.tell('v1', 'ContributionConsidered', { discussion: 't1', inTime: true });
    expect(await told.gaps()).toEqual(['no-decision v1']);
    told.decide('d1', 'already').link('d1', 'v1');
    expect(await told.gaps()).toEqual(['no-reply v1']);
    told.tell('v1', 'ReplySent', { channel: 'letter' });
    expect(await told.gaps()).toEqual(['no-reply v1']);
    told.tell('v1', 'ReplySent', { channel: 'letter', about: 'd1' });
    expect(await told.gaps()).toEqual([]);
    told.tell('v1', 'ReplyFailed', { reply: 'e6' });
    expect(await told.gaps()).toEqual(['no-reply v1']);
    told.tell('d1', 'DecisionUnlinked', { contribution: 'v1', why: sealed('w') });
    expect(await told.gaps()).toEqual(['no-decision v1', 'no-contribution d1']);
    told.tell('v1', 'ContributionWithdrawn');
    expect(await told.gaps()).toEqual(['no-contribution d1']);
  });

  it('says that an answer is late after 20 working days, and never so of imported history', async () => {
    told.view('v1', '2026-10-26').view('v2', '2026-10-23').view('v3', '2015-01-05', { import: 'i' });
    const late = (await told.list()).items.map(({ id, late, since }) => [id, since, late]);
    expect(late).toEqual([
      ['v3', '2015-01-05', false],
      ['v2', '2026-10-23', true],
      ['v1', '2026-10-26', false],
    ]);
  });

  it.each([
    ['no', {}, ['refusal-without-text d1']],
    ['later', { lookAgain: '2026-11-22' }, ['look-again-passed d1', 'no-reason d1']],
    ['later', { lookAgain: '2026-11-23', reason: { codes: [], words: sealed('r') } }, []],
    ['passed-on', { reason: { codes: [], words: sealed('r') } }, ['no-word-back d1']],
    ['yes', {}, ['no-promise d1']],
    [undefined, {}, ['no-answer d1']],
  ])('knows what a decision %s %j lacks', async (answer, more, gaps) => {
    told.decide('d1', answer, more).tell('d1', 'DecisionLinkedToContribution', { contribution: 'v1', effect: 'heard' });
    expect(await told.gaps()).toEqual(gaps);
  });

  it('lets days pass without an event: late, not looked at again, not decided by then', async () => {
    told.promise('p1').tell('t1', 'DiscussionHeld', { title: 'Form', contributions: [], decideBy: '2026-12-01' });
    expect(await told.gaps({}, '2026-12-01')).toEqual([]);
    expect(await told.gaps({}, '2026-12-02')).toEqual(['overdue p1', 'decide-by-passed t1']);
    told.tell('p1', 'DueDateChanged', { old: '2026-12-01', new: '2027-01-10' });
    expect(await told.gaps({}, '2026-12-02')).toEqual(['decide-by-passed t1']);
    told.decide('d1', 'already', { discussion: 't1' }, '2026-12-02').link('d1', 'v1');
    expect(await told.gaps({}, '2026-12-02')).toEqual([]);
    told.tell('p1', 'Paused', { reason: sealed('r'), lookAgain: '2027-02-01' });
    expect(await told.gaps({}, '2027-02-02')).toEqual(['pause-passed p1']);
    told.tell('p1', 'Resumed', {});
    expect(await told.gaps({}, '2027-02-02')).toEqual(['overdue p1']);
  });

  it('asks for proof and for a check, and keeps a dispute open until something is done', async () => {
    told.promise('p1').tell('p1', 'ReportedDone', { byRole: 'owner' });
    expect(await told.gaps()).toEqual(['not-confirmed p1', 'no-proof p1']);
    told.tell('p1', 'EvidenceAttached', {}).tell('p1', 'DoneDisputed', { byRole: 'participant' });
    expect(await told.gaps()).toEqual(['disputed p1']);
    told.tell('p1', 'Reopened', { reason: sealed('r'), due: '2026-12-24' });
    expect(await told.gaps()).toEqual([]);
    told
      .tell('p1', 'ReportedDone', { byRole: 'owner' })
      .tell('p1', 'DoneConfirmed', { person: 'y', byRole: 'checker' });
    expect(await told.gaps({}, '2027-12-01')).toEqual([]);
  });

  it('shows nothing of a meeting before all of it is applied, nor lets it mend what people still wait for', async () => {
    const [half, causes] = [{ fanOut: true } as const, ['noted', 'recording']];
    told.view('v0').tell('m1', 'MeetingCalled', { title: 'Team meeting' });
    told.tell('v1', 'ContributionReceived', { words: sealed('w'), attribution: 'group' }, undefined, half, causes);
    told.tell('d1', 'DecisionMade', { statement: sealed('s'), answer: 'yes' }, undefined, half, causes);
    told.tell('d1', 'DecisionLinkedToContribution', { contribution: 'v0', effect: 'heard' }, undefined, half, causes);
    expect(await told.gaps()).toEqual(['no-discussion v0']);
    expect(await told.measure('view-decided')).toEqual([0, 1, 0]);
    told.tell('m1', 'OutcomeNotApplied', { kind: 'decision', item: 'd2' }, undefined, {}, ['recording']);
    told.tell('m1', 'OutcomesApplied', { items: 2 }, undefined, {}, ['recording']);
    expect(await told.gaps()).toEqual(['no-reply v0', 'no-discussion v1', 'no-promise d1', 'not-applied m1']);
    expect(await told.measure('view-decided')).toEqual([1, 2, 0]);
  });

  it('keeps zero, nothing to count, and not recorded apart', async () => {
    expect(await told.measure('view-decided')).toEqual([null, null, 0]);
    told.view('v1').view('v2', '2015-01-05', { import: 'i', authority: 'norfolk', team: 'team-2' });
    expect(await told.measure('view-decided')).toEqual([0, 2, 1]);
    expect(await told.measure('view-decided', { authority: 'essex' })).toEqual([0, 1, 0]);
    expect(await told.measure('view-decided', { team: 'team-2' })).toEqual([null, 1, 1]);
    told.decide('d1', 'no').link('d1', 'v1').link('d1', 'v2');
    expect(await told.measure('view-decided')).toEqual([2, 2, 0]);
    expect(await told.measure('decision-reason')).toEqual([0, 1, 0]);
    expect(await told.measure('view-replied')).toEqual([0, 2, 1]);
    told.tell('v1', 'ContributionWithdrawn');
    expect(await told.measure('view-decided')).toEqual([1, 1, 0]);
  });

  it('hides who does not want to be shown, and counts them', async () => {
    told.view('v1', undefined, {}, { attribution: 'hidden' }).view('v2', undefined, {}, { published: false });
    told.tell('v2', 'AttributionChanged', { attribution: 'name' });
    expect((await told.list()).items.map(({ shown }) => shown)).toEqual([false, false]);
    told.tell('v1', 'AttributionChanged', { attribution: 'name' });
    expect((await told.list()).items.map(({ shown }) => shown)).toEqual([true, false]);
  });

  it('pages through everything once, and counts what it lists', async () => {
    for (let n = 0; n < 25; n++)
      told.view(`v${n}`, `2026-10-${10 + (n % 7)}`, { authority: n % 2 ? 'essex' : 'norfolk' }).decide(`d${n}`, 'no');
    const seen: string[] = [];
    for (let after: string | null = ''; after !== null;) {
      const page: Awaited<ReturnType<Told['list']>> = await told.list({ limit: 4, ...(after && { after }) });
      seen.push(...page.items.map(({ kind, id }) => `${kind} ${id}`));
      after = page.next;
    }
    expect(seen.length).toBe(75);
    expect(new Set(seen).size).toBe(75);
    const count = (filter: GapFilter) =>
      new CountGapsHandler(told.rows, told.clock('2026-11-23')).execute(new CountGaps(filter));
    expect((await count({ authority: 'essex' })).filter(({ count: n }) => n > 0)).toEqual([
      { kind: 'no-discussion', count: 12 },
      { kind: 'refusal-without-text', count: 25 },
      { kind: 'no-contribution', count: 25 },
    ]);
    expect(await count({ kind: 'no-date' })).toEqual([{ kind: 'no-date', count: 0 }]);
    expect(await told.list({ kind: 'nonsense' })).toEqual({ items: [], next: null });
  });

  it.each<[string, GapFilter, RegExp]>([
    ['everything', {}, /gap_by_day \(kind=\? AND .*from_day</],
    ['a council', { authority: 'essex' }, /gap_by_authority \(authority=\? AND kind=\? AND .*from_day</],
    ['a team', { team: 'team-1' }, /gap_by_team \(team=\? AND kind=\? AND .*from_day</],
    ['both', { team: 'team-1', authority: 'essex' }, /gap_by_team \(team=\? AND kind=\? AND .*from_day</],
  ])('reads one range of an index for %s', (_name, filter, index) => {
    const by = gapsWhere(filter);
    const plan = (sql: string) =>
      told.rows.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...Array<null>(sql.split('?').length - 1).fill(null));
    for (const sql of [listSql(by), countSql(by)]) {
      const steps = plan(sql).map(({ detail }) => detail);
      expect(steps[0]).toMatch(index);
      expect(steps.join('\n')).not.toMatch(/SCAN|TEMP B-TREE/);
    }
    expect(plan(MEASURE_SQL).map(({ detail }) => detail)).toEqual(['SEARCH gap_measure USING PRIMARY KEY (scope=?)']);
  }); // prettier-ignore
});
