import fc from 'fast-check';
import { commitmentsProjection } from '#commitments/commitments.projection';
import type { About, Recorded } from '#kernel/event';
import { endOfLondonDay } from '#kernel/time';
import { openReadDatabase } from '#projections/read-database';
import type { Rows } from '#projections/rows';
import type { Vault } from '#vault/vault';
import { knownAt, pledgeLogProjection } from './pledge-log.projection.js';
import type { LogFilter } from './pledge-log.js';
import { AuditCommitment, AuditCommitmentHandler, ListPledgeLog, ListPledgeLogHandler } from './pledge-log.queries.js';

const sealed = (text: string) => ({ sealed: text });
const vault = { open: (ref: string) => ({ state: 'readable', value: ref }) } as unknown as Vault;
const clock = (today: string) => ({ now: () => ({ instant: `${today}T12:00:00.000Z`, today }) });
const START = Date.parse('2026-03-20T09:00:00.000Z');
const ALL = { limit: 1_000 };

interface Turn {
  readonly what: number;
  readonly which: number;
  readonly hours: number;
  readonly back: number;
  readonly told: 'now' | 'later' | 'imported';
  readonly days: number;
}

/** Whatever a council and its source may have written down, in any order, at once, late, or by an import. */
const historyOf = (turns: readonly Turn[]): Recorded[] => {
  const events: Recorded[] = [];
  const begun = new Set<string>();
  let now = START;
  for (const { what, which, hours, back, told, days } of turns) {
    now += hours * 3_600_000;
    const recordedAt = new Date(now).toISOString();
    const occurredAt = told === 'now' ? recordedAt : new Date(now - back * 3_600_000).toISOString();
    const day = new Date(now + days * 86_400_000).toISOString().slice(0, 10);
    const id = `c${which}`;
    const about: About = { authority: which % 2 ? 'essex' : 'luton', ...(told === 'imported' && { import: 'i1' }) };
    const tell = (type: string, data: object) => {
      events.push({ id: `e${events.length}`, stream: `commitment-${id}`, revision: 0, position: String(events.length + 1).padStart(16, '0'), type, data, occurredAt, recordedAt, actor: { role: 'owner', ref: 'r' }, about, cause: { command: 'c', correlation: 'c', events: [] } });
    }; // prettier-ignore
    if (!begun.has(id)) {
      begun.add(id);
      const owner = { person: 'p1', name: sealed('Jane'), role: 'head of care' };
      tell('CommitmentMade', { authority: about.authority, pledge: 'ours', part: which % 3 ? 'P1a' : 'I3', what: sealed(id), ...(which !== 3 && { owner, due: day }) }); // prettier-ignore
      continue;
    }
    const turn: readonly (readonly [string, object])[] = [
      ['OwnerAccepted', {}],
      ['ProgressReported', { words: sealed('w') }],
      ['EvidenceAttached', { evidence: 'x', kind: 'photo', hash: 'h', title: sealed('t'), suppliedByRole: 'owner' }],
      ['DueDateChanged', { new: day, reason: sealed('r'), agreedBy: sealed('a') }],
      ['Paused', { reason: sealed('r'), lookAgain: day }],
      ['Resumed', {}],
      ['ReportedDone', { byRole: 'owner' }],
      ['DoneConfirmed', { person: 'p2', byRole: 'checker' }],
      ['DoneDisputed', { byRole: 'checker' }],
      ['Reopened', { reason: sealed('r'), due: day }],
      ['Dropped', { reason: sealed('r') }],
      ['OwnerChanged', { old: { person: 'p1', name: sealed('Jane'), role: 'head of care' }, new: { person: 'p3', name: sealed('Ali'), role: 'director' }, reason: sealed('r') }],
      ['EffectObserved', { what: sealed('e'), forWhom: 'all', source: 'data' }],
      ['CommitmentTransferred', { from: about.authority, to: which % 2 ? 'north-essex' : 'bedford', on: day, succession: 's1' }],
    ]; // prettier-ignore
    const [type, data] = turn[what % turn.length] ?? ['OwnerAccepted', {}];
    tell(type, data);
  }
  return events;
};

const project = (events: readonly Recorded[]): Rows => {
  const rows = openReadDatabase(':memory:');
  for (const { tables } of [commitmentsProjection, pledgeLogProjection]) rows.db.exec(tables);
  for (const event of events)
    for (const { on } of [commitmentsProjection, pledgeLogProjection])
      on[event.type]?.(rows, event as never, () => undefined);
  return rows;
};

const FILTERS: readonly LogFilter[] = [
  {},
  { late: true },
  { authority: 'essex', part: 'P1a' },
  { authority: 'north-essex' },
  { rag: 'red' },
  { status: 'paused' },
  { owner: 'JANE' },
];

const turn: fc.Arbitrary<Turn> = fc.record({
  what: fc.integer({ min: 0, max: 13 }),
  which: fc.integer({ min: 1, max: 4 }),
  hours: fc.integer({ min: 0, max: 40 }),
  back: fc.integer({ min: 0, max: 500 }),
  told: fc.constantFrom('now', 'later', 'imported'),
  days: fc.integer({ min: -20, max: 60 }),
});

describe('the pledge log as of a day', () => {
  it('equals a log that was built from no more than what was known by then, on 1,000 random days', async () => {
    const [seen, late] = [{ rows: 0 }, { rows: 0 }];
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(turn, { minLength: 8, maxLength: 50 }),
        fc.array(fc.integer({ min: -25, max: 80 }), { minLength: 4, maxLength: 4 }),
        async (turns, offsets) => {
          const events = historyOf(turns);
          const whole = project(events);
          for (const offset of offsets) {
            const day = new Date(START + offset * 86_400_000).toISOString().slice(0, 10);
            const cut = project(events.filter((event) => knownAt(event) <= endOfLondonDay(day)));
            const numberless = ({ number: _, ...row }: { number: string }) => row;
            for (const filter of FILTERS) {
              const then = await new ListPledgeLogHandler(whole, vault, clock('2030-01-01')).execute(new ListPledgeLog(filter, { ...ALL, asOf: day })); // prettier-ignore
              const replayed = await new ListPledgeLogHandler(cut, vault, clock(day)).execute(new ListPledgeLog(filter, ALL)); // prettier-ignore
              expect({ ...then, items: then.items.map(numberless) }).toEqual({ ...replayed, items: replayed.items.map(numberless) }); // prettier-ignore
              if (filter === FILTERS[0]) seen.rows += then.total;
              if (filter.late) late.rows += then.total;
            }
            for (const id of ['c1', 'c4']) {
              const then = await new AuditCommitmentHandler(whole, clock('2030-01-01')).execute(new AuditCommitment(id, day)); // prettier-ignore
              const replayed = await new AuditCommitmentHandler(cut, clock(day)).execute(new AuditCommitment(id));
              expect(then?.story).toEqual(replayed?.story);
              expect(then && numberless(then.row)).toEqual(replayed && numberless(replayed.row));
            }
            compared += 1;
            cut.db.close();
          }
          whole.db.close();
        },
      ),
      { numRuns: 250 },
    );
    expect(compared).toBeGreaterThanOrEqual(1_000);
    // Not all of them of nothing.
    expect(seen.rows).toBeGreaterThan(1_000);
    expect(late.rows).toBeGreaterThan(50);
  }, 180_000);

  const one = (type: string, data: object, recordedAt: string, more: Partial<Recorded> = {}): Recorded => ({
    id: 'e', stream: 'commitment-c1', revision: 0, position: recordedAt, type, data, occurredAt: recordedAt, recordedAt,
    actor: { role: 'owner', ref: 'r' }, about: { authority: 'essex' }, cause: { command: 'c', correlation: 'c', events: [] }, ...more,
  }); // prettier-ignore
  const made = { authority: 'essex', pledge: 'ours', part: 'P1a', what: sealed('w'), due: '2026-06-01' };
  const on = async (rows: Rows, day: string) =>
    (await new ListPledgeLogHandler(rows, vault, clock('2030-01-01')).execute(new ListPledgeLog({}, { asOf: day })))
      .items;

  it('ends with the day in London, not in UTC', async () => {
    const rows = project([one('CommitmentMade', made, '2026-06-30T23:30:00.000Z')]);
    expect(await on(rows, '2026-06-30')).toEqual([]);
    expect(await on(rows, '2026-07-01')).toHaveLength(1);
  });

  it('knows what was written down late from that day on, and imported history from when it happened', async () => {
    const back = { occurredAt: '2025-01-01T00:00:00.000Z' };
    const at = '2026-11-02T09:00:00.000Z';
    const late = project([one('CommitmentMade', made, at, back)]);
    expect(await on(late, '2025-06-01')).toEqual([]);
    const imported = project([one('CommitmentMade', made, at, { ...back, about: { authority: 'essex', import: 'i' } })]); // prettier-ignore
    expect(await on(imported, '2025-06-01')).toMatchObject([{ number: 'CM-2025-0001', rag: { colour: 'amber' } }]);
  });

  it('counts the colour and the days of that day', async () => {
    const rows = project([one('CommitmentMade', made, '2026-03-01T09:00:00.000Z')]);
    expect(await on(rows, '2026-06-01')).toMatchObject([{ daysLate: null, rag: { colour: 'amber' } }]);
    expect(await on(rows, '2026-06-11')).toMatchObject([
      { daysLate: 10, rag: { colour: 'red', why: 'Red because the date was 1 June 2026 and no proof was added.' } },
    ]);
  });

  it('keeps the number that the whole record gave', async () => {
    const imported = { about: { authority: 'essex', import: 'i' }, stream: 'commitment-c2', occurredAt: '2026-01-01T00:00:00.000Z' }; // prettier-ignore
    const rows = project([
      one('CommitmentMade', made, '2026-03-01T09:00:00.000Z'),
      one('CommitmentMade', made, '2026-11-02T09:00:00.000Z', imported),
    ]);
    expect(await on(rows, '2026-02-01')).toMatchObject([{ id: 'c2', number: 'CM-2026-0002' }]);
  });
});
