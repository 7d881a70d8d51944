import { journeyOf, outcomeOf } from './journey.js';
import { sealed, Story, type Told, usual } from './testing/story.js';

const on = (day: string): Told => ({ at: `2026-11-${day}T09:00:00.000Z` });
const journey = (story: Story, today = '2026-11-23') => {
  const chain = story.chain('v1', { reader: 'own', today });
  const outcome = chain && outcomeOf(chain);
  return chain && outcome ? journeyOf(chain, outcome, today) : undefined;
};
const short = (story: Story, today?: string) => journey(story, today)?.map(({ code, state }) => `${code} ${state}`).join(', '); // prettier-ignore
const reply = (more: object = {}) => ({ channel: 'letter', format: 'plain', givenAt: '2026-11-05T09:00:00.000Z', byRole: 'chair', ...more }); // prettier-ignore
const heard = () => new Story().view('v1');
const answered = (answer: string) => heard().talk('t1', ['v1']).decide('d1', answer, { discussion: 't1' }).link('d1', 'v1', 'heard'); // prettier-ignore
const told = (answer: string) => answered(answer).tell('v1', 'ReplySent', reply({ about: 'd1' }));
const promised = () => told('yes').promise('p1', 'd1', { checker: { role: 'co-chair' } });
const done = () => promised().tell('p1', 'ReportedDone', { byRole: 'owner' });
const confirm = { person: 'x', byRole: 'co-chair' };

describe('what a participant reads of their view', () => {
  it.each<[string, Story, string]>([
    ['given', heard(), 'heard done, talked next'],
    ['read back', heard().tell('v1', 'ContributionReadBack', { agreed: true }), 'heard done, checked done, talked next'],
    ['talked about', heard().talk('t1', ['v1']), 'heard done, talked done, decided next'],
    ['talked about when it was decided already', heard().tell('v1', 'ContributionConsidered', { discussion: 't1', inTime: false }), 'heard done, talked next'],
    ['decided without a talk', heard().decide('d1', 'no').link('d1', 'v1'), 'heard done, decided done, told next'],
    ['answered no', answered('no'), 'heard done, talked done, decided done, told next'],
    ['answered with "we heard you" alone', answered('no').tell('v1', 'ReplySent', reply()), 'heard done, talked done, decided done, told next'],
    ['answered, and the letter came back', told('no').tell('v1', 'ReplyFailed', { reply: 'e6', reason: 'moved' }), 'heard done, talked done, decided done, told next'],
    ['told no: it ends with being told why', told('no'), 'heard done, talked done, decided done, told done'],
    ['told yes', told('yes'), 'heard done, talked done, decided done, told done, promised next'],
    ['told partly', told('partly'), 'heard done, talked done, decided done, told done, promised next'],
    ['promised', promised(), 'heard done, talked done, decided done, told done, promised done, did next'],
    ['done', done(), 'heard done, talked done, decided done, told done, promised done, did done, was-checked next'],
    ['checked', done().tell('p1', 'DoneConfirmed', confirm), 'heard done, talked done, decided done, told done, promised done, did done, was-checked done'],
    ['disputed', done().tell('p1', 'DoneDisputed', confirm), 'heard done, talked done, decided done, told done, promised done, did done, was-checked next'],
    ['with an effect', done().tell('p1', 'DoneConfirmed', confirm).tell('p1', 'EffectObserved', { what: sealed('x'), forWhom: 'all', source: 'data' }), 'heard done, talked done, decided done, told done, promised done, did done, was-checked done, changed done'],
    ['of two promises one is done', done().promise('p2', 'd1'), 'heard done, talked done, decided done, told done, promised done, did next'],
  ])('%s', (_, story, then) => expect(short(story)).toBe(then)); // prettier-ignore

  it('is late when the day has gone by, and not for imported history', () => {
    expect(short(heard().talk('t1', ['v1']), '2026-11-30')).toBe('heard done, talked done, decided next');
    expect(short(heard().talk('t1', ['v1']), '2026-12-01')).toBe('heard done, talked done, decided late');
    expect(short(promised(), '2027-03-02')).toContain('did late');
    const imported = new Story().view('v1', {}, { occurredAt: '2025-01-01T00:00:00.000Z', about: { import: 'i' } });
    expect(short(imported.talk('t1', ['v1']), '2027-01-01')).toBe('heard done, talked done, decided next');
  });

  it('says who and by when for what is next', () => {
    expect(journey(promised())?.at(-1)).toEqual({ code: 'did', state: 'next', on: null, who: 'manager', by: '2027-03-01' });
    expect(journey(done())?.at(-1)).toMatchObject({ code: 'was-checked', who: 'co-chair' });
    expect(journey(answered('no'))?.at(-1)).toMatchObject({ code: 'told', by: '2026-11-30' });
  }); // prettier-ignore
});

describe('the outcome of a view', () => {
  const outcome = (story: Story, root = 'v1') => {
    const chain = story.chain(root);
    return chain && outcomeOf(chain);
  };
  it('is the latest decision in force that answers it, with what it did and what was promised on it', () => {
    const story = usual().decide('d2', 'no', {}, on('10')).link('d2', 'v1', 'heard', on('10')).promise('p2', 'd2', {}, on('10'));
    expect(outcome(story)).toMatchObject({ decision: { id: 'd2' }, effect: 'heard', changes: [{ id: 'p2' }] });
    expect(outcome(story)?.changes).toHaveLength(1);
  }); // prettier-ignore
  it('goes back to the earlier one when the later link is taken back or the later decision is superseded or reopened', () => {
    const story = () => usual().decide('d2', 'no', {}, on('10')).link('d2', 'v1', 'heard', on('10'));
    expect(outcome(story().unlink('d2', 'v1'))?.decision?.id).toBe('d1');
    expect(outcome(story().tell('d2', 'DecisionSuperseded', { by: 'd1' }))?.decision?.id).toBe('d1');
    expect(outcome(story().tell('d2', 'DecisionReopened', { status: 'open' }))?.decision?.id).toBe('d1');
  });
  it('is a superseded decision when nothing else answers', () =>
    expect(outcome(usual().tell('d1', 'DecisionSuperseded', { by: 'd9' }))?.decision?.id).toBe('d1'));
  it('is no decision that answers others only', () => {
    const story = new Story().view('v1').view('v2').talk('t1', ['v1', 'v2']).decide('d1', 'yes', { discussion: 't1' });
    expect(outcome(story.link('d1', 'v2'))).toMatchObject({ decision: undefined, effect: null, changes: [] });
  });
  it('is asked of views only', () => expect(outcome(usual(), 'd1')).toBeUndefined());
});
