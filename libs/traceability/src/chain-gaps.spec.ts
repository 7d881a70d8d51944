import { chainOf } from './chain.js';
import { graphOf } from './graph.js';
import { readable, sealed, Story, type Told, usual } from './testing/story.js';

const imported: Told = { occurredAt: '2025-01-02T00:00:00.000Z', about: { import: 'i1' } };
const gaps = (story: Story, root: string, today?: string) =>
  story
    .chain(root, { ...(today && { today }) })
    ?.gaps.map(({ code, node, late }) => `${node} ${code}${late ? ' late' : ''}`);
const reply = (more: object = {}) => ({ channel: 'letter', format: 'plain', givenAt: '2026-11-05T09:00:00.000Z', byRole: 'chair', ...more }); // prettier-ignore
const because = { reason: { codes: ['money'], words: sealed('Costs') } };
/** Everything as it should be: nothing is missing. */
const whole = (): Story =>
  new Story().view('v1').talk('t1', ['v1']).decide('d1', 'yes', { discussion: 't1' }).link('d1', 'v1').promise('p1', 'd1')
    .tell('v1', 'ReplySent', reply({ about: 'd1' })); // prettier-ignore
const proof = { evidence: 'x', kind: 'photo', hash: 'h', title: sealed('t'), suppliedByRole: 'owner' };

describe('where a chain stops', () => {
  it('is nowhere when everything is there', () =>
    expect(['v1', 't1', 'd1', 'p1'].map((root) => gaps(whole(), root))).toEqual([[], [], [], []]));

  it.each<[string, Story, string, string[]]>([
    // "Contributions with no discussion"
    ['no team talked about it', new Story().view('v1'), 'v1', ['v1 no-discussion']],
    // "discussed with no decision"
    ['talked about, not decided', new Story().view('v1').talk('t1', ['v1']), 'v1', ['v1 no-decision']],
    ['on the table, not marked', new Story().view('v1').tell('t1', 'DiscussionHeld', { authority: 'essex', title: 't', contributions: ['v1'] }), 'v1', ['v1 no-decision']],
    ['answered, then the link was taken back', whole().unlink('d1', 'v1'), 'v1', ['v1 no-decision']],
    ['taken back by the person', new Story().view('v1').tell('v1', 'ContributionWithdrawn', {}), 'v1', []],
    // "decisions without a reply"
    ['decided, no reply', new Story().view('v1').decide('d1', 'no', because).link('d1', 'v1'), 'v1', ['v1 no-reply']],
    ['a reply that only says that we heard', new Story().view('v1').decide('d1', 'no', because).link('d1', 'v1').tell('v1', 'ReplySent', reply()), 'v1', ['v1 no-reply']],
    ['a holding reply with a date', new Story().view('v1').decide('d1', 'no', because).link('d1', 'v1').tell('v1', 'ReplySent', reply({ answerBy: '2027-01-01' })), 'v1', []],
    ['a reply that failed', new Story().view('v1').decide('d1', 'no', because).link('d1', 'v1').tell('v1', 'ReplySent', reply({ about: 'd1' })).tell('v1', 'ReplyFailed', { reply: 'e4', reason: 'moved' }), 'v1', ['v1 no-reply']],
    ['imported history: no clock runs for a reply', new Story().view('v1', {}, imported).decide('d1', 'no', because, imported).link('d1', 'v1'), 'v1', []],
    // The answer and its reason.
    ['no answer in the source', new Story().decide('d1', undefined, {}, imported).view('v1', {}, imported).link('d1', 'v1'), 'd1', ['d1 no-answer']],
    ['no, and no reason', new Story().decide('d1', 'no').view('v1', {}, imported).link('d1', 'v1'), 'd1', ['d1 no-reason']],
    ['no, a code and no words', new Story().decide('d1', 'partly', { reason: { codes: ['money'] } }, imported).view('v1', {}, imported).link('d1', 'v1'), 'd1', ['d1 no-reason']],
    ['later and passed on need reasons', new Story().decide('d1', 'later').view('v1', {}, imported).link('d1', 'v1'), 'd1', ['d1 no-reason']],
    ['already happens needs none', new Story().decide('d1', 'already').view('v1', {}, imported).link('d1', 'v1'), 'd1', []],
    // "yes-decisions with no owner or date"
    ['yes, and nobody promised', new Story().view('v1', {}, imported).decide('d1', 'yes').link('d1', 'v1'), 'd1', ['d1 no-promise']],
    ['partly, and nobody promised', new Story().view('v1', {}, imported).decide('d1', 'partly', because).link('d1', 'v1'), 'd1', ['d1 no-promise']],
    ['an imported yes', new Story().view('v1', {}, imported).decide('d1', 'yes', {}, imported).link('d1', 'v1'), 'd1', []],
    ['a promise of nobody', new Story().promise('p1', undefined, { owner: undefined }), 'p1', ['p1 no-owner']],
    ['a promise without a date', new Story().promise('p1', undefined, { due: undefined }), 'p1', ['p1 no-date']],
    // "done without proof; confirmed by nobody"
    ['late', new Story().promise('p1', undefined, { due: '2026-11-22' }), 'p1', ['p1 not-confirmed late']],
    ['due today', new Story().promise('p1', undefined, { due: '2026-11-23' }), 'p1', []],
    ['late and paused', new Story().promise('p1', undefined, { due: '2026-11-22' }).tell('p1', 'Paused', { reason: sealed('x'), lookAgain: '2027-01-01' }), 'p1', []],
    ['reported done, no proof', new Story().promise('p1', undefined).tell('p1', 'ReportedDone', { byRole: 'owner' }), 'p1', ['p1 no-proof', 'p1 not-confirmed']],
    ['reported done with proof', new Story().promise('p1', undefined).tell('p1', 'EvidenceAttached', proof).tell('p1', 'ReportedDone', { byRole: 'owner' }), 'p1', ['p1 not-confirmed']],
    ['checked, no proof', new Story().promise('p1', undefined).tell('p1', 'ReportedDone', { byRole: 'owner' }).tell('p1', 'DoneConfirmed', { person: 'x', byRole: 'checker' }), 'p1', ['p1 no-proof']],
    // "changes … with no contribution behind them"
    ['a decision that no view stands behind', new Story().decide('d1', 'already'), 'd1', ['d1 no-contribution']],
    ['a promise on such a decision', new Story().decide('d1', 'yes').promise('p1', 'd1'), 'p1', ['d1 no-contribution']],
    ['a decision whose only link was taken back', new Story().view('v1').decide('d1', 'already').link('d1', 'v1').unlink('d1', 'v1'), 'd1', ['v1 no-discussion', 'd1 no-contribution']],
  ])('%s', (_, story, root, then) => expect(gaps(story, root)).toEqual(then)); // prettier-ignore

  it('is late after 20 working days, and says how many there were', () => {
    // 2 November 2026 is a Monday: 20 working days later is Monday 30 November.
    const said = (today: string) => new Story().view('v1').chain('v1', { today })?.gaps[0];
    expect(said('2026-11-30')).toMatchObject({ late: false, text: expect.stringContaining('20 working days (promise: 20)') });
    expect(said('2026-12-01')).toMatchObject({ late: true, text: expect.stringContaining('21 working days (promise: 20)') });
    expect(said('2026-12-29')?.text).toContain('39 working days');
  }); // prettier-ignore

  it('counts the days that the council set, and none on which the clock stood still', () => {
    const at = (day: string) => ({ at: `${day}T09:00:00.000Z` });
    const stopped = new Story().view('v1').tell('v1', 'ClockStopped', { reason: 'asked-the-person', words: sealed('Which bus?') }, at('2026-11-09'));
    const seen = (story: Story, today: string) => story.chain('v1', { today });
    // While it stands still, nothing is late, and the day is not known yet.
    expect(seen(stopped, '2027-06-01')?.gaps[0]).toMatchObject({ late: false, text: expect.stringContaining('5 working days (promise: 20).') });
    const running = stopped.tell('v1', 'ClockStarted', {}, at('2026-11-17'));
    expect(seen(running, '2026-12-08')?.contributions[0]?.clock).toMatchObject({ due: '2026-12-08', waited: 20, late: false, stops: [{ reason: 'asked-the-person', from: '2026-11-09', to: '2026-11-17', days: 6 }] });
    expect(seen(running, '2026-12-09')?.gaps[0]).toMatchObject({ late: true, text: 'No team has talked about this yet. 21 working days (promise: 20). The clock stood still for 6 more.' });
    const words = (reader: 'public' | 'own' | 'staff') => running.chain('v1', { reader })?.steps.find(({ kind }) => kind === 'ClockStopped');
    expect(words('public')).toMatchObject({ text: { state: 'withheld' }, facts: { reason: 'asked-the-person', words: null } });
    expect([words('own')?.text, words('staff')?.text]).toEqual([{ state: 'readable', text: 'Which bus?' }, { state: 'readable', text: 'Which bus?' }]);
    const graph = graphOf(running.rows(), 'v1');
    const quick = graph && chainOf(graph, { root: 'v1', reader: 'public', today: '2026-12-01', asOf: null }, readable, () => 10);
    expect(quick?.contributions[0]?.clock).toMatchObject({ days: 10, due: '2026-11-24', late: true });
  }); // prettier-ignore

  it('counts from the day in London on which it was written down, not from when it happened', () => {
    const told = { at: '2026-06-30T23:30:00.000Z', occurredAt: '2026-01-01T00:00:00.000Z' };
    expect(new Story().view('v1', {}, told).chain('v1', { today: '2026-07-01' })?.gaps[0]?.text).toContain('0 working days');
  }); // prettier-ignore

  it('is not at a view of the same talk that another decision answers', () => {
    const story = whole().view('v2').decide('d2', 'no', because).link('d2', 'v2', 'heard').tell('v2', 'ReplySent', reply({ about: 'd2' })); // prettier-ignore
    story.tell('v2', 'ContributionConsidered', { discussion: 't1', inTime: true });
    expect(['d1', 't1', 'p1'].map((root) => gaps(story, root))).toEqual([[], [], []]);
    expect(story.chain('d1')?.decisions.map(({ id }) => id)).toEqual(['d1']);
  });

  it('never runs late for imported history', () =>
    expect(gaps(new Story().view('v1', {}, imported), 'v1', '2028-01-01')).toEqual(['v1 no-discussion']));

  it('tells of every view behind a decision, and of every promise on it', () =>
    expect(gaps(usual().promise('p2', 'd1', { owner: undefined }), 'd1')).toEqual(['v1 no-reply', 'v2 no-reply', 'p2 no-owner']));
}); // prettier-ignore
