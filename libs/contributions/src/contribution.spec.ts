import { Refusal } from '#kernel/refusal';
import { answerRequest, makeRequest } from './asked-of-us.js';
import { considerContribution, isInTime } from './considered.js';
import {
  changeAttribution,
  contribution,
  type Contribution,
  correctContribution,
  giveContribution,
  type NewContribution,
  withdrawContribution,
} from './contribution.js';
import { contributionEvents } from './contribution.events.js';
import { giveReply, type HandReply, tellArrival } from './replies.js';
import { answerUnderstanding } from './understanding.js';

type E = Parameters<typeof contribution.evolve>[1];
const ID = '00000000-0000-5000-8000-0000000000aa';
const REQUEST = '00000000-0000-5000-8000-0000000000bb';
const at = { occurredAt: '2026-11-10T09:00:00.000Z', recordedAt: '2026-11-10T09:00:00.000Z' };
const given = (...events: readonly E[]): Contribution =>
  events.reduce<Contribution>((state, event) => contribution.evolve(state, event, at), contribution.initial);
const view: NewContribution = {
  authority: 'essex',
  words: 'Keep the bus ',
  channel: 'meeting',
  capacity: 'uses-services',
  voice: 'own',
  attribution: 'group',
};
const received = { type: 'ContributionReceived', data: { ...view, words: { sealed: 'r' } } } as unknown as E;
const byAnn = {
  type: 'ContributionReceived',
  data: { ...view, participant: 'ann', words: { sealed: 'r' } },
} as unknown as E;
const withdrawn = { type: 'ContributionWithdrawn', data: {} } as unknown as E;
const asked = { type: 'RequestMade', data: { request: REQUEST, kind: 'call-me' } } as unknown as E;
const answered = {
  type: 'RequestAnswered',
  data: { request: REQUEST, answer: { sealed: 'r' }, by: 'chair' },
} as unknown as E;
const outcome = (decided: unknown) =>
  decided instanceof Refusal
    ? `${decided.code} ${decided.pointer}`.trim()
    : (decided as E[]).map(({ type }) => type).join(' ');

describe('a view', () => {
  const give = (more: Partial<NewContribution>, state = contribution.initial) =>
    giveContribution(state, ID, { ...view, ...more });

  it.each<[string, Partial<NewContribution>, string]>([
    ['words alone', {}, 'ContributionReceived'],
    ['a photo alone', { words: '', media: [{ kind: 'photo', description: 'a bus' }] }, 'ContributionReceived'],
    ['a card to take home', { card: 'c1' }, 'ContributionReceived CardIssued'],
    ['nothing at all', { words: ' \n ' }, 'words-missing /words'],
    ['no words and an empty list of pictures', { words: '', media: [] }, 'words-missing /words'],
    ['help of nobody', { voice: 'helped' }, 'helper-missing /helper'],
    ['help', { voice: 'helped', helper: 'Jo' }, 'ContributionReceived'],
    ['for someone who did not agree', { voice: 'proxy', helper: 'Jo' }, 'agreement-missing /agreed'],
    ['for someone who refused', { voice: 'proxy', helper: 'Jo', agreed: false }, 'agreement-missing /agreed'],
    ['for someone who agreed', { voice: 'proxy', helper: 'Jo', agreed: true }, 'ContributionReceived'],
    ['a group of one', { groupSize: 1 }, 'group-too-small /groupSize'],
    ['a group of two', { groupSize: 2 }, 'ContributionReceived'],
  ])('given nothing, when someone gives %s', (_, more, then) => expect(outcome(give(more))).toBe(then));

  it('is recorded once', () => expect(outcome(give({}, given(received)))).toBe('already-recorded'));

  it('keeps every character of the words, sealed under the person, else under the view itself', () => {
    const wordsOf = (decided: unknown) => (decided as { data: { words: unknown } }[])[0]?.data.words;
    expect(wordsOf(give({}))).toEqual({ of: ID, open: 'Keep the bus ' });
    expect(wordsOf(give({ participant: 'ann' }))).toEqual({ of: 'ann', open: 'Keep the bus ' });
  });

  it('has nothing personal in the open, in any field', () => {
    const secret = 'SECRET';
    const decided = give({
      words: secret, voice: 'helped', helper: secret, translation: { words: secret, by: 'translator' },
      media: [{ kind: 'photo', description: secret, file: secret }],
    }); // prettier-ignore
    const data = (decided as unknown as { data: object }[])[0]?.data ?? {};
    contributionEvents.ContributionReceived.check(data, '');
    expect(JSON.stringify(data, (key, value: unknown) => (key === 'open' ? undefined : value))).not.toContain(secret);
    expect(JSON.stringify(data).split(secret)).toHaveLength(6);
  });

  it.each<[string, E[], (state: Contribution) => unknown, string]>([
    [
      'corrected',
      [received],
      (state) => correctContribution(state, ID, { words: 'Keep it', why: 'typo' }),
      'ContributionCorrected',
    ],
    [
      'corrected to nothing',
      [received],
      (state) => correctContribution(state, ID, { words: ' ' }),
      'words-missing /words',
    ],
    [
      'corrected after it was taken back',
      [received, withdrawn],
      (state) => correctContribution(state, ID, { words: 'x' }),
      'withdrawn',
    ],
    ['corrected, though there is none', [], (state) => correctContribution(state, ID, { words: 'x' }), 'not-found'],
    ['taken back', [received], (state) => withdrawContribution(state, ID, 'changed my mind'), 'ContributionWithdrawn'],
    ['taken back twice', [received, withdrawn], (state) => withdrawContribution(state, ID), ''],
    ['taken back, though there is none', [], (state) => withdrawContribution(state, ID), 'not-found'],
    ['shown another way', [received], (state) => changeAttribution(state, 'name'), 'AttributionChanged'],
    ['shown as it is shown', [received], (state) => changeAttribution(state, 'group'), ''],
    ['shown another way, though there is none', [], (state) => changeAttribution(state, 'name'), 'not-found'],
    ['considered', [received], (state) => considerContribution(state, { discussion: 'd' }), 'ContributionConsidered'],
    [
      'considered after it was taken back',
      [received, withdrawn],
      (state) => considerContribution(state, { discussion: 'd' }),
      'withdrawn',
    ],
    ['considered, though there is none', [], (state) => considerContribution(state, { discussion: 'd' }), 'not-found'],
    [
      'asked about',
      [received],
      (state) => makeRequest(state, ID, { request: REQUEST, kind: 'look-again', note: 'please' }),
      'RequestMade',
    ],
    [
      'asked about, though there is none',
      [],
      (state) => makeRequest(state, ID, { request: REQUEST, kind: 'look-again' }),
      'not-found',
    ],
    [
      'answered',
      [received, asked],
      (state) => answerRequest(state, ID, { request: REQUEST, answer: 'We will', by: 'chair' }),
      'RequestAnswered',
    ],
    [
      'answered with nothing',
      [received, asked],
      (state) => answerRequest(state, ID, { request: REQUEST, answer: ' ', by: 'chair' }),
      'answer-missing /answer',
    ],
    [
      'answered twice',
      [received, asked, answered],
      (state) => answerRequest(state, ID, { request: REQUEST, answer: 'x', by: 'chair' }),
      'already-answered',
    ],
    [
      'answered, though nobody asked',
      [received],
      (state) => answerRequest(state, ID, { request: REQUEST, answer: 'x', by: 'chair' }),
      'not-found',
    ],
  ])('when it is %s', (_, events, decide, then) => expect(outcome(decide(given(...events)))).toBe(then));

  it('seals everything that is added later under the same person', () => {
    const state = given(byAnn, asked);
    for (const decided of [
      correctContribution(state, ID, { words: 'x', why: 'y' }),
      withdrawContribution(state, ID, 'x'),
      makeRequest(state, ID, { request: REQUEST, kind: 'call-me', note: 'x', contact: '07700 900000' }),
      answerRequest(state, ID, { request: REQUEST, answer: 'x', by: 'chair' }),
      answerUnderstanding(ID, 'ann', { understood: 'no', callBack: true }),
    ])
      expect([...JSON.stringify(decided).matchAll(/"of":"([^"]+)"/g)].map((match) => match[1])).toEqual(
        expect.arrayContaining(['ann']),
      );
  });

  it.each([
    ['before the decision', '2026-11-10T09:00:00.000Z', '2026-11-11T09:00:00.000Z', true],
    ['the same day, later', '2026-11-10T19:00:00.000Z', '2026-11-10T09:00:00.000Z', true],
    ['the same day in London, the day before in UTC', '2026-06-30T23:30:00.000Z', '2026-07-01', true],
    ['the next day in London, the same day in UTC', '2026-06-30T23:30:00.000Z', '2026-06-30', false],
    ['after the decision', '2026-11-12T00:00:00.000Z', '2026-11-11T09:00:00.000Z', false],
    ['before a decision that nobody has made yet', '2026-11-10T09:00:00.000Z', undefined, true],
  ])('given %s, counts as in time or not', (_, givenAt, decidedAt, inTime) =>
    expect(isInTime(givenAt, decidedAt)).toBe(inTime),
  );
});

describe('a reply given by hand', () => {
  const now = '2026-11-23T12:00:00.000Z';
  const reply: HandReply = {
    channel: 'letter',
    format: 'easy-read',
    givenAt: '2026-11-20T00:00:00.000Z',
    byRole: 'chair',
    by: 'Jo',
    byPerson: 'p9',
    words: 'We will',
  };
  it.each<[string, Partial<HandReply>, string]>([
    ['by letter', {}, 'ReplySent'],
    ['read aloud: giving and hearing are one', { channel: 'read-aloud' }, 'ReplySent ReplyReadAloud'],
    ['tomorrow', { givenAt: '2026-11-24T00:00:00.000Z' }, 'date-future /givenAt'],
    ['before the view', { givenAt: '2026-11-09T23:00:00.000Z' }, 'date-before-view /givenAt'],
    ['on the day of the view, of which only the day is known', { givenAt: '2026-11-10T00:00:00.000Z' }, 'ReplySent'],
    ['by nobody', { byRole: ' ' }, 'by-missing /by'],
  ])('when it is given %s', (_, more, then) =>
    expect(outcome(giveReply(given(received), ID, { ...reply, ...more }, now))).toBe(then),
  );
  it('seals the name under the member of staff and the words under the person', () =>
    expect(giveReply(given(byAnn), ID, reply, now)).toMatchObject([
      { data: { by: { of: 'p9' }, words: { of: 'ann' } } },
    ]));
  it('needs a view', () => {
    expect(outcome(giveReply(contribution.initial, ID, reply, now))).toBe('not-found');
  });
  it('may fail or arrive, which is said once', () => {
    const [event] = giveReply(given(received), ID, { ...reply, about: REQUEST }, now) as E[];
    const sent = contribution.evolve(given(received), event!, { ...at, id: 'r' });
    const [failed] = tellArrival(sent, { reply: 'r', arrived: 'came-back' }) as E[];
    const after = contribution.evolve(sent, failed!, at);
    expect([sent.clock.answers, after.clock.answers]).toEqual([['r'], []]);
    expect(outcome(tellArrival(sent, { reply: 'r', arrived: 'yes' }))).toBe('ReplyDelivered');
    expect(outcome(tellArrival(after, { reply: 'r', arrived: 'yes' }))).toBe('already-told /reply');
    expect(outcome(tellArrival(sent, { reply: 'other', arrived: 'yes' }))).toBe('not-found');
  });
});
