import fc from 'fast-check';
import type { Recorded } from '#kernel/event';
import { endOfLondonDay } from '#kernel/time';
import { chainOf } from './chain.js';
import { consentOf, graphOf } from './graph.js';
import { chainFrom, readable, sealed, Story, type Told, usual } from './testing/story.js';

/** What may happen next in a random history: which thing, which other thing, how long after, and how it was told. */
interface Turn {
  readonly what: number;
  readonly a: number;
  readonly b: number;
  readonly hours: number;
  readonly back: number;
  readonly told: 'now' | 'later' | 'imported';
}

const VIEWS = ['v1', 'v2', 'v3'];
const DECISIONS = ['d1', 'd2'];
const PROMISES = ['p1', 'p2'];
const START = Date.parse('2026-03-20T09:00:00.000Z');

/** Any order of facts that the rules would let happen, and some that they would not; told at once, late, or by an import. */
const historyOf = (turns: readonly Turn[]): Story => {
  const story = new Story();
  const begun = new Set<string>();
  let clock = START;
  for (const { what, a, b, hours, back, told: how } of turns) {
    clock += hours * 3_600_000;
    const at = new Date(clock).toISOString();
    const before = new Date(clock - back * 3_600_000).toISOString();
    const told: Told = {
      at,
      ...(how !== 'now' && { occurredAt: before }),
      ...(how === 'imported' && { about: { import: 'i1' } }),
    };
    const [view, decision, promise] = [VIEWS[a % 3]!, DECISIONS[b % 2]!, PROMISES[a % 2]!];
    const once = (id: string, begin: () => unknown) => begun.has(id) || (begun.add(id), begin());
    const onView = (type: string, data: object) => begun.has(view) && story.tell(view, type, data, told);
    const onPromise = (type: string, data: object) => begun.has(promise) && story.tell(promise, type, data, told);
    const turn: Record<number, () => unknown> = {
      0: () => once(view, () => story.view(view, {}, told)),
      1: () => once(`t${b}`, () => story.tell(`t${b}`, 'DiscussionHeld', { authority: 'essex', title: 't', contributions: VIEWS.slice(a % 3) }, told)),
      2: () => once(decision, () => story.decide(decision, (['yes', 'no', undefined] as const)[a % 3], { discussion: `t${b}` }, told)),
      3: () => once(promise, () => story.promise(promise, decision, a % 3 ? {} : { due: '2026-04-10' }, told)),
      4: () => story.link(decision, view, b ? 'changed' : 'heard', told),
      // What an import brings is added to a record; it takes nothing back that people linked here.
      5: () => story.unlink(decision, view, { at }),
      6: () => onView('ContributionWithdrawn', {}),
      7: () => onView('ContributionCorrected', { words: sealed(`corrected ${at}`) }),
      8: () => onView('AttributionChanged', { attribution: a % 2 ? 'hidden' : 'name' }),
      9: () => onView('ReplySent', { channel: 'letter', format: 'plain', givenAt: before, byRole: 'chair', ...(b && { about: decision }) }),
      10: () => onView('ContributionConsidered', { discussion: `t${b}`, inTime: true }),
      11: () => begun.has(decision) && story.tell(decision, b ? 'DecisionReopened' : 'DecisionSuperseded', { status: 'open', by: 'd2' }, told),
      12: () => onPromise('ReportedDone', { byRole: 'owner' }),
      13: () => onPromise(b ? 'DoneConfirmed' : 'DoneDisputed', { person: 'x', byRole: 'checker' }),
      14: () => onPromise('DueDateChanged', { old: '2026-04-10', new: '2026-05-01', reason: sealed('r'), agreedBy: sealed('chair'), afterDue: false }),
      15: () => onPromise('EvidenceAttached', { evidence: 'x', kind: 'photo', hash: 'h', title: sealed('t'), suppliedByRole: 'owner' }),
      16: () => onPromise('VerdictGiven', { verdict: 'not-done', contribution: view }),
      17: () => onPromise('ReplySent', {}),
      18: () => fanOut(story, at, new Date(clock + back * 3_600_000).toISOString(), begun, view, a),
    }; // prettier-ignore
    turn[what]?.();
  }
  return story;
};

/** A meeting recorded at `at` whose fan-out was cut off and finished at `applied`. */
const fanOut = (story: Story, at: string, applied: string, begun: Set<string>, view: string, a: number): void => {
  const meeting = `m${story.events.length}`;
  const told: Told = { at, about: { fanOut: true }, causes: ['item', `r-${meeting}`] };
  const made = `v9-${meeting}`;
  story.view(made, { meeting }, told).talk(`t-${meeting}`, begun.has(view) ? [made, view] : [made], told);
  story.decide(`d-${meeting}`, 'yes', { meeting, discussion: `t-${meeting}` }, told);
  story.link(`d-${meeting}`, view, 'changed', told).link(`d-${meeting}`, made, 'heard', told);
  if (a !== 0) story.tell(meeting, 'OutcomesApplied', { items: 3 }, { at: applied, causes: [`r-${meeting}`] });
};

const turn: fc.Arbitrary<Turn> = fc.record({
  what: fc.integer({ min: 0, max: 18 }),
  a: fc.integer({ min: 0, max: 2 }),
  b: fc.integer({ min: 0, max: 1 }),
  hours: fc.integer({ min: 0, max: 30 }),
  back: fc.integer({ min: 0, max: 100 }),
  told: fc.constantFrom('now', 'later', 'imported'),
});

describe('the chain as of a day', () => {
  it('built from the whole log equals the chain built from the log cut at that day', () => {
    let compared = 0;
    fc.assert(
      fc.property(
        fc.array(turn, { minLength: 10, maxLength: 60 }),
        fc.integer({ min: 0, max: 30 }),
        fc.constantFrom('public' as const, 'own' as const, 'staff' as const),
        (turns, days, reader) => {
          const story = historyOf(turns);
          const day = new Date(START + days * 86_400_000).toISOString().slice(0, 10);
          const end = endOfLondonDay(day);
          const wasKnown = ({ about, occurredAt, recordedAt }: Recorded) =>
            (about.import === undefined ? recordedAt : occurredAt) <= end;
          const [whole, cut] = [story.rows(), story.rows(wasKnown)];
          for (const root of new Set(story.events.map(({ stream }) => stream.slice(stream.indexOf('-') + 1)))) {
            const then = chainFrom(whole, root, { reader, today: '2027-01-01', asOf: day });
            const cutThere = graphOf(cut, root);
            // What may be read is as it is now, whatever day is asked for.
            const consent = consentOf(whole, cutThere?.nodes.map(({ id }) => id) ?? []);
            const read =
              cutThere && chainOf({ ...cutThere, consent }, { root, reader, today: day, asOf: null }, readable);
            expect(then && { ...then, asOf: null }).toEqual(read);
            if (then) compared++;
          }
        },
      ),
      { numRuns: 500 },
    );
    // Not all of them of nothing.
    expect(compared).toBeGreaterThan(1_000);
  }, 120_000);

  const mended = () =>
    usual()
      .unlink('d1', 'v1', { at: '2026-11-10T09:00:00.000Z', role: 'co-chair' })
      .link('d1', 'v1', 'heard', { at: '2026-11-10T09:00:00.000Z', role: 'co-chair' });

  it('a wrong link is taken back by an event, not deleted: both stay visible, with who, when and why', () => {
    const links = mended()
      .chain('v1')
      ?.links.filter(({ kind }) => kind === 'answered');
    expect(links).toMatchObject([
      { effect: 'changed', until: '2026-11-10T09:00:00.000Z', unlinkedWhy: { text: 'wrong view' }, by: 'chair' },
      { effect: 'heard', until: null, unlinkedWhy: null, by: 'co-chair', since: '2026-11-10T09:00:00.000Z' },
    ]);
    expect(
      mended()
        .chain('v1')
        ?.steps.map(({ kind }) => kind),
    ).toContain('DecisionUnlinked');
  });

  it('and on the day before, the wrong link stood', () =>
    expect(
      mended().chain('v1', { asOf: '2026-11-09' })?.links.filter(({ kind }) => kind === 'answered'),
    ).toMatchObject([{ effect: 'changed', until: null, unlinkedWhy: null }])); // prettier-ignore

  it('ends with the day in London, not in UTC', () => {
    const story = new Story().view('v1', {}, { at: '2026-06-30T23:30:00.000Z' });
    expect(story.chain('v1', { asOf: '2026-06-30' })).toBeUndefined();
    expect(story.chain('v1', { asOf: '2026-07-01' })?.asOf).toBe('2026-07-01T22:59:59.999Z');
  });

  it('knows imported facts from the day they happened, and paper from the day it was written down', () => {
    const back = { at: '2026-11-02T09:00:00.000Z', occurredAt: '2025-01-01T00:00:00.000Z' };
    const story = new Story().view('v1', {}, back).view('v2', {}, { ...back, about: { import: 'i1' } });
    expect(story.chain('v1', { asOf: '2025-06-01' })).toBeUndefined();
    expect(story.chain('v2', { asOf: '2025-06-01' })?.contributions).toMatchObject([{ imported: true }]);
    expect(story.chain('v1')?.contributions).toMatchObject([{ imported: false, occurredAt: back.occurredAt, recordedAt: back.at }]);
  }); // prettier-ignore

  it('shows no words that their giver or the team keeps from everyone since', () => {
    const since = { at: '2026-11-10T09:00:00.000Z' };
    const words = (story: Story, reader: 'public' | 'staff' = 'public') =>
      story.chain('d1', { asOf: '2026-11-09', reader })?.contributions.find(({ id }) => id === 'v1')?.words;
    expect(words(usual())).toEqual(readable('words of v1'));
    expect(words(usual().tell('v1', 'AttributionChanged', { attribution: 'hidden' }, since))).toEqual({ state: 'withheld' });
    expect(words(usual().tell('v1', 'ContributionWithdrawn', {}, since))).toEqual({ state: 'withheld' });
    const held = usual().tell('v1', 'ViewHeldBack', { reason: 'could-harm' }, since);
    expect(words(held)).toEqual({ state: 'held-back', reason: 'could-harm' });
    expect(words(held, 'staff')).toEqual(readable('words of v1'));
    const other = usual().tell('v1', 'PublicVersionGiven', { words: sealed('others'), reason: 'names-someone' }, since);
    expect(words(other)).toEqual(readable('others'));
    expect(JSON.stringify(other.chain('v1', { asOf: '2026-11-09' }))).not.toContain('words of v1');
  }); // prettier-ignore

  it('counts the colour of a promise on that day', () => {
    const late = new Story().promise('p1', undefined, { due: '2026-11-10' });
    expect(late.chain('p1', { asOf: '2026-11-10' })?.serviceChanges).toMatchObject([{ late: false, rag: { colour: 'amber' } }]);
    expect(late.chain('p1', { asOf: '2026-11-11' })?.serviceChanges).toMatchObject([{ late: true, rag: { colour: 'red' } }]);
  }); // prettier-ignore
});
