import type { DecisionOutcome, DiscussionOutcome, OutcomesBody, ServiceChangeOutcome } from '../outcomes.js';

/** Ids that are the same in every run, so that two runs can be compared event by event. */
export const idOf = (name: string): string =>
  `00000000-0000-4000-8000-${Buffer.from(name).toString('hex').padEnd(12, '0').slice(0, 12)}`;

export const TEAM = idOf('team');
export const MEETING = idOf('meet');
export const EARLIER = idOf('early');
export const ANN = idOf('ann');

export const decided = (more: Partial<DecisionOutcome> = {}): DecisionOutcome => ({
  ref: 'd1',
  answer: 'yes',
  statement: 'The form gets shorter',
  alternatives: [],
  interests: [],
  decidedBy: [{ role: 'team', body: 'Form team', capacity: 'other' }],
  answers: [{ contribution: 'v1', effect: 'changed' }],
  ...more,
});

export const promised = (more: Partial<ServiceChangeOutcome> = {}): ServiceChangeOutcome => ({
  decision: 'd1',
  what: 'A form of one page',
  owner: { name: 'Jane Smith', role: 'forms manager' },
  due: '2027-03-01',
  proofWanted: 'The new form',
  checker: { role: 'co-chair' },
  ...more,
});

export const said = (ref: string, words = 'The form is too long') =>
  ({ ref, words, capacity: 'uses-services', voice: 'own', attribution: 'group' }) as const;

/** The smallest body that can be recorded, with more on top. */
export const bodyOf = (discussion: Partial<DiscussionOutcome> = {}, more: Partial<OutcomesBody> = {}): OutcomesBody => ({
  attendance: [{ capacity: 'uses-services', count: 3 }],
  discussions: [
    { title: 'The form', contributions: [said('v1')], decisions: [decided()], serviceChanges: [promised()], ...discussion },
  ],
  ...more,
}); // prettier-ignore

/** A whole meeting: two discussions, a view given earlier, yes and no, two promises, disagreement that stays. */
export const WHOLE: OutcomesBody = bodyOf(
  {
    ref: 'form',
    contributions: [{ ...said('v1'), participant: ANN, readBack: true }, { id: EARLIER }],
    decisions: [
      decided({
        answers: [
          { contribution: 'v1', effect: 'changed', why: 'It named the page' },
          { contribution: EARLIER, effect: 'helped' },
        ],
        alternatives: [{ what: 'Keep it', why: 'Costs nothing' }],
        interests: [{ role: 'chair', interest: 'Works for the printer' }],
      }),
    ],
    serviceChanges: [promised({ ref: 'p1' }), promised({ ref: 'p2', what: 'A letter that says so' })],
    points: ['Page 3 is never read'],
    dissent: ['Two people wanted to keep the long form'],
  },
  {
    people: [ANN],
    interests: [{ role: 'chair', interest: 'Works for the printer' }],
    accessTasks: [{ need: 'large print', count: 2, met: false, reason: 'The printer broke' }],
    howWasIt: [{ statement: 'I was listened to', answer: 'yes', count: 3 }],
  },
);
export const TWO: OutcomesBody = {
  ...WHOLE,
  discussions: [
    ...WHOLE.discussions,
    {
      title: 'The bus',
      contributions: [said('v2', 'The bus stops at 6')],
      decisions: [
        decided({
          ref: 'd2',
          answer: 'no',
          statement: 'No later bus',
          reason: { codes: ['money'], words: 'A driver costs 40,000 a year.' },
          answers: [{ contribution: 'v2', effect: 'heard' }],
        }),
      ],
      serviceChanges: [],
    },
  ],
};
