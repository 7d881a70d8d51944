import { ANSWERS } from '#kernel/codes';
import { Refusal, Refusals } from '#kernel/refusal';
import { checkDecision, type NewDecision } from './check-decision.js';
import {
  answerReferral,
  answerReview,
  decision,
  type Decision,
  linkContribution,
  recordDecision,
  reopen,
  requestReview,
  supersede,
  unlinkContribution,
} from './decision.js';
import { decisionEvents } from './decision.events.js';

type E = Parameters<typeof decision.evolve>[1];
const ID = '00000000-0000-5000-8000-0000000000aa';
const VIEW = '00000000-0000-5000-8000-0000000000bb';
const OTHER = '00000000-0000-5000-8000-0000000000cc';
const today = '2026-11-23';
const at = { occurredAt: '2026-11-23T09:00:00.000Z', recordedAt: '2026-11-23T09:00:00.000Z' };
const given = (...events: readonly E[]): Decision =>
  events.reduce<Decision>((state, event) => decision.evolve(state, event, at), decision.initial);
const made = { type: 'DecisionMade', data: { authority: 'essex', team: OTHER } } as unknown as E;
const linked = { type: 'DecisionLinkedToContribution', data: { contribution: VIEW, effect: 'heard' } } as unknown as E;
const yes: NewDecision = {
  authority: 'essex',
  answer: 'yes',
  statement: 'The form gets shorter',
  decidedBy: [{ role: 'team', body: 'Bus team', capacity: 'other' }],
};
const because = { codes: ['money'], words: 'It costs 4,000 pounds a year.' } as const;
const outcome = (decided: unknown): string =>
  decided instanceof Refusals
    ? decided.all.map(({ code, pointer }) => `${code} ${pointer}`.trim()).join(', ')
    : decided instanceof Refusal
      ? `${decided.code} ${decided.pointer}`.trim()
      : (decided as E[]).map(({ type }) => type).join(' ');

describe('a decision', () => {
  const record = (more: object, state = decision.initial) => recordDecision(state, ID, { ...yes, ...more }, today);

  it.each<[string, object, string]>([
    // "answer: yes / partly / later / no / passed on / already happens; statement"
    ['yes', {}, 'DecisionMade'],
    ['that it already happens', { answer: 'already' }, 'DecisionMade'],
    ['no answer', { answer: undefined }, 'answer-missing /answer'],
    ['nothing in words', { statement: ' \n' }, 'statement-missing /statement'],
    ['one view twice', { answers: [{ contribution: VIEW, effect: 'heard' }, { contribution: VIEW, effect: 'changed' }] }, 'view-twice /answers/1/contribution'],
    // "cannot be saved without a plain reason (no/partly/later/passed on)"
    ['no, without a reason', { answer: 'no' }, 'reason-missing /reason/codes, why-missing /reason/words'],
    ['no, with a code alone', { answer: 'no', reason: { codes: ['law'] } }, 'why-missing /reason/words'],
    ['no, with blank words', { answer: 'no', reason: { codes: ['law'], words: '  ' } }, 'why-missing /reason/words'],
    ['no, with words alone', { answer: 'no', reason: { ...because, codes: [] } }, 'reason-missing /reason/codes'],
    ['no, with both', { answer: 'no', reason: because }, 'DecisionMade'],
    // "partly says which part"
    ['partly, but not which part', { answer: 'partly', reason: because }, 'which-part-missing /whichPart'],
    ['partly, without a reason', { answer: 'partly', whichPart: 'Page 1' }, 'reason-missing /reason/codes, why-missing /reason/words'],
    ['partly, and which part', { answer: 'partly', reason: because, whichPart: 'Page 1' }, 'DecisionMade'],
    // "later has a look-again date"
    ['later, but not when', { answer: 'later', reason: because }, 'look-again-missing /lookAgain'],
    ['later, on a day gone by', { answer: 'later', reason: because, lookAgain: '2026-11-22' }, 'date-past /lookAgain'],
    ['later, on no day at all', { answer: 'later', reason: because, lookAgain: '2027-02-30' }, 'date-wrong /lookAgain'],
    ['later, today', { answer: 'later', reason: because, lookAgain: today }, 'DecisionMade'],
    ['later, and never again on purpose', { answer: 'later', reason: because, noLookAgain: true }, 'DecisionMade'],
    ['later, and never, both', { answer: 'later', reason: because, lookAgain: today, noLookAgain: true }, 'look-again-twice /lookAgain'],
    ['later, without a reason', { answer: 'later', lookAgain: today }, 'reason-missing /reason/codes, why-missing /reason/words'],
    // "passed on names who decides"
    ['passed on to nobody', { answer: 'passed-on', reason: because, passedTo: ' ' }, 'passed-to-missing /passedTo'],
    ['passed on without a reason', { answer: 'passed-on', passedTo: 'NHS' }, 'reason-missing /reason/codes, why-missing /reason/words'],
    ['passed on', { answer: 'passed-on', reason: because, passedTo: 'NHS' }, 'DecisionMade DecisionReferred'],
    // "part of it is private (still needs a public sentence)"
    ['yes, for a private reason alone', { reason: { codes: ['private'] } }, 'why-missing /reason/words'],
    ['yes, for a private reason and a sentence', { reason: { codes: ['private'], words: 'One person asked.' } }, 'DecisionMade'],
    // "who decided: role, body and capacity"
    ['by nobody', { decidedBy: [] }, 'decided-by-missing /decidedBy'],
    ['by somebody in no role', { decidedBy: [...yes.decidedBy, { role: ' ', capacity: 'staff' }] }, 'decided-by-missing /decidedBy/1/role'],
    // "importance (set by participants)"
    ['of importance 0', { importance: 0 }, 'importance-wrong /importance'],
    ['of importance 6', { importance: 6 }, 'importance-wrong /importance'],
    ['of importance 5', { importance: 5 }, 'DecisionMade'],
  ])('given nothing, when the team says %s', (_, more, then) => expect(outcome(record(more))).toBe(then)); // prettier-ignore

  it.each(['in due course', 'Where  possible', 'explore', 'NOTED', 'in principle', 'on-going', 'will consider'])(
    'refuses the vague ‘%s’ in a reason with advice, and records why it was let stand',
    (phrase) => {
      const reason = { codes: ['staff'], words: `We agree, ${phrase}.` } as const;
      expect(checkDecision({ ...yes, answer: 'no', reason }, today)?.all).toEqual([
        expect.objectContaining({ code: 'vague', pointer: '/reason/words', message: expect.stringContaining(phrase) }),
      ]);
      expect(outcome(record({ answer: 'no', reason, vagueOverride: ' ' }))).toBe('vague /reason/words');
      expect(record({ answer: 'no', reason, vagueOverride: 'A quote from the law' })).toMatchObject([
        { data: { vagueOverride: 'A quote from the law' } },
      ]);
    },
  );

  it('"Accepted in principle" does not exist, neither as an answer nor as a statement', () => {
    expect(ANSWERS).toEqual(['yes', 'partly', 'later', 'no', 'passed-on', 'already']);
    const { data } = (record({}) as unknown as { data: object }[])[0] ?? { data: {} };
    expect(() => decisionEvents.DecisionMade.check({ ...data, answer: 'in-principle' }, '')).toThrow('/answer');
    expect(outcome(record({ statement: 'Accepted in  principle' }))).toBe('vague /statement');
    expect(outcome(record({ statement: 'As in principle 4 of the pledge', vagueOverride: 'A title' }))).toBe(
      'DecisionMade',
    );
  });

  it('says every problem at once', () =>
    expect(outcome(record({ statement: '', answer: 'passed-on', decidedBy: [] }))).toBe(
      'statement-missing /statement, reason-missing /reason/codes, why-missing /reason/words, passed-to-missing /passedTo, decided-by-missing /decidedBy',
    ));

  it('is recorded once', () => expect(outcome(record({}, given(made)))).toBe('already-recorded'));

  it('keeps what was weighed up, who had an interest and what it did to each view, every word sealed', () => {
    const secret = 'SECRET';
    const decided = record({
      answer: 'partly', statement: secret, whichPart: secret, easyText: secret, meeting: OTHER,
      reason: { codes: ['risk'], words: secret }, alternatives: [{ what: secret, why: secret }],
      interests: [{ role: 'chair', interest: secret }], dispensations: ['2026/4'], money: '4,000 a year',
      answers: [{ contribution: VIEW, effect: 'helped', why: secret }],
    }) as unknown as { type: 'DecisionMade'; data: object }[]; // prettier-ignore
    expect(decided).toMatchObject([
      {
        type: 'DecisionMade',
        data: {
          alternatives: [{ what: { of: ID }, why: { of: ID } }],
          interests: [{ role: 'chair' }],
          dispensations: ['2026/4'],
          money: '4,000 a year',
          decidedBy: yes.decidedBy,
        },
      },
      { type: 'DecisionLinkedToContribution', data: { contribution: VIEW, effect: 'helped', meeting: OTHER } },
    ]);
    for (const { type, data } of decided) decisionEvents[type].check(data, '');
    const inTheOpen = JSON.stringify(decided, (key, value: unknown) => (key === 'open' ? undefined : value));
    expect(inTheOpen).not.toContain(secret);
    expect(JSON.stringify(decided).split(secret)).toHaveLength(9);
  });

  it('of imported history may miss what its source does not say, and nothing is made up for it', () => {
    const bare = { authority: 'essex', statement: 'Noted', decidedBy: [], passedTo: 'NHS' };
    expect(recordDecision(decision.initial, ID, bare, today, true)).toEqual([
      {
        type: 'DecisionMade',
        data: { authority: 'essex', passedTo: 'NHS', decidedBy: [], statement: { of: ID, open: 'Noted' }, alternatives: [], interests: [] },
      },
    ]); // prettier-ignore
  });
});

describe('a link between a decision and a view', () => {
  const link = (state: Decision, effect: 'heard' | 'changed', why?: string) =>
    linkContribution(state, ID, { contribution: VIEW, effect, ...(why !== undefined && { why }) });

  it.each<[string, E[], (state: Decision) => unknown, string]>([
    // "Links are dated facts with an author, a reason and a meeting; unlinking is a new event."
    ['linked', [made], (state) => link(state, 'heard'), 'DecisionLinkedToContribution'],
    ['linked as it is linked', [made, linked], (state) => link(state, 'heard'), ''],
    ['given another effect, and no reason', [made, linked], (state) => link(state, 'changed', ' '), 'why-missing /why'],
    ['given another effect', [made, linked], (state) => link(state, 'changed', 'We misread it'), 'DecisionUnlinked DecisionLinkedToContribution'],
    ['linked, though there is no decision', [], (state) => link(state, 'heard'), 'not-found'],
    ['unlinked', [made, linked], (state) => unlinkContribution(state, ID, { contribution: VIEW, why: 'Wrong view' }), 'DecisionUnlinked'],
    ['unlinked without a reason', [made, linked], (state) => unlinkContribution(state, ID, { contribution: VIEW, why: ' ' }), 'why-missing /why'],
    ['unlinked, though it is not linked', [made, linked], (state) => unlinkContribution(state, ID, { contribution: OTHER, why: 'x' }), 'not-linked /contribution'],
    ['unlinked, though there is no decision', [], (state) => unlinkContribution(state, ID, { contribution: VIEW, why: 'x' }), 'not-found'],
  ])('when it is %s', (_, events, decide, then) => expect(outcome(decide(given(...events)))).toBe(then)); // prettier-ignore

  it('can be taken back and made again; the state follows', () => {
    const unlinked = { type: 'DecisionUnlinked', data: { contribution: VIEW } } as unknown as E;
    expect([given(made, linked).links, given(made, linked, unlinked).links]).toEqual([{ [VIEW]: 'heard' }, {}]);
    expect(outcome(link(given(made, linked, unlinked), 'heard'))).toBe('DecisionLinkedToContribution');
  });

  it('keeps the meeting and the reason of the one who takes it back', () =>
    expect(
      unlinkContribution(given(made, linked), ID, { contribution: VIEW, why: 'Wrong view', meeting: OTHER }),
    ).toMatchObject([{ data: { meeting: OTHER, why: { of: ID, open: 'Wrong view' } } }]));
});

describe('what comes after a decision', () => {
  const passedOn = { type: 'DecisionMade', data: { authority: 'essex', answer: 'passed-on' } } as unknown as E;
  const superseded = { type: 'DecisionSuperseded', data: { by: OTHER } } as unknown as E;
  const asked = { type: 'DecisionReviewRequested', data: { request: VIEW } } as unknown as E;
  const answered = { type: 'DecisionReviewAnswered', data: { request: VIEW } } as unknown as E;
  const answer = (state: Decision, words: string) => answerReview(state, ID, { request: VIEW, words, changed: false });

  it.each<[string, E[], (state: Decision) => unknown, string]>([
    ['replaced', [made], (state) => supersede(state, ID, { by: OTHER, why: 'New money' }), 'DecisionSuperseded'],
    ['replaced by itself', [made], (state) => supersede(state, ID, { by: ID }), 'supersedes-itself /by'],
    ['replaced by the same again', [made, superseded], (state) => supersede(state, ID, { by: OTHER }), ''],
    ['replaced by a second one', [made, superseded], (state) => supersede(state, ID, { by: VIEW }), 'already-superseded /by'],
    ['replaced, though there is none', [], (state) => supersede(state, ID, { by: OTHER }), 'not-found'],
    ['taken back by its source', [made], (state) => reopen(state, ID, { status: 'open' }), 'DecisionReopened'],
    ['taken back, though there is none', [], (state) => reopen(state, ID, { status: 'open' }), 'not-found'],
    ['asked to be looked at again', [made], (state) => requestReview(state, { request: VIEW }, ID), 'DecisionReviewRequested'],
    ['asked about for a view that it answers', [made, linked], (state) => requestReview(state, { request: ID, contribution: VIEW }, ID), 'DecisionReviewRequested'],
    ['asked about for a view that it does not answer', [made, linked], (state) => requestReview(state, { request: ID, contribution: OTHER }, ID), 'not-linked /contribution'],
    ['asked about, though there is none', [], (state) => requestReview(state, { request: VIEW }, ID), 'not-found'],
    ['looked at again', [made, asked], (state) => answer(state, 'It stays'), 'DecisionReviewAnswered'],
    ['looked at again, with no words', [made, asked], (state) => answer(state, ' '), 'answer-missing /words'],
    ['looked at again twice', [made, asked, answered], (state) => answer(state, 'x'), 'already-answered'],
    ['looked at again, though nobody asked', [made], (state) => answer(state, 'x'), 'not-found'],
    ['answered by whom it was passed on to', [passedOn], (state) => answerReferral(state, ID, { to: 'NHS', words: 'Yes' }), 'DecisionReferralAnswered'],
    ['answered from outside, though we decided it', [made], (state) => answerReferral(state, ID, { to: 'NHS', words: 'Yes' }), 'not-passed-on'],
    ['answered from outside, though there is none', [], (state) => answerReferral(state, ID, { to: 'NHS', words: 'Yes' }), 'not-found'],
  ])('when it is %s', (_, events, decide, then) => expect(outcome(decide(given(...events)))).toBe(then)); // prettier-ignore

  it('seals why somebody asks under that person, when they are known', () => {
    expect(requestReview(given(made), { request: VIEW, why: 'x', subject: 'ann' }, ID)).toMatchObject([
      { data: { why: { of: 'ann' } } },
    ]);
    expect(requestReview(given(made), { request: VIEW, why: 'x' }, ID)).toMatchObject([{ data: { why: { of: ID } } }]);
  });

  it('stays about its council and its team', () =>
    expect(given(made, linked, asked, superseded).about).toEqual({ authority: 'essex', team: OTHER }));
});
