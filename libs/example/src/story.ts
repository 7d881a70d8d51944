import type { Answer, Attribution, Capacity, Effect, Reason, Voice } from '#kernel/codes';

/** A view of the worked example. Nobody in it is real. */
export interface ExampleView {
  readonly ref: string;
  readonly words: string;
  readonly capacity: Capacity;
  readonly voice: Voice;
  readonly attribution: Attribution;
  readonly person?: string;
  readonly helper?: string;
  readonly groupSize?: number;
  readonly language?: string;
}

export interface ExampleDecision {
  readonly ref: string;
  readonly view: string;
  readonly answer: Answer;
  readonly statement: string;
  readonly effect: Effect;
  readonly reason?: { readonly codes: readonly Reason[]; readonly words: string };
  readonly whichPart?: string;
  /** Days from the day the example is loaded. */
  readonly lookAgainIn?: number;
  readonly passedTo?: string;
  readonly alternatives?: readonly { readonly what: string; readonly why: string }[];
  readonly easyText?: string;
}

export interface ExamplePromise {
  readonly decision: string;
  readonly what: string;
  readonly owner: { readonly name: string; readonly role: string };
  /** Days from the day the example is loaded; negative: it was due in the past. */
  readonly dueIn: number;
  readonly proofWanted: string;
  readonly checker: { readonly role: string };
}

export const EXAMPLE_AUTHORITY = {
  authority: 'example-council',
  name: 'Example Council (not real)',
  gss: 'X00000001',
  validFrom: '2026-01-01',
} as const;
export const EXAMPLE_TEAM = {
  name: 'Day Services team (example)',
  stage: 'deliver',
  remit: 'Plans and checks day services with the people who use them.',
  phone: '01632 960 001',
} as const;

/** People of the team. Views are theirs only where the view names one of them. */
export const PEOPLE: readonly {
  readonly name: string;
  readonly capacity: Capacity;
  readonly attribution: Attribution;
  readonly format?: string;
}[] = [
  { name: 'Amina Khan', capacity: 'uses-services', attribution: 'first-name' },
  { name: 'Kit Moore', capacity: 'uses-services', attribution: 'group', format: 'large-print' },
  { name: 'Rosa Bellamy', capacity: 'family-carer', attribution: 'name' },
  { name: 'Dev Shah', capacity: 'staff', attribution: 'name' },
];

export const views: readonly ExampleView[] = [
  {
    ref: 'form',
    words: 'The day centre form is too long. I gave up half way.',
    capacity: 'uses-services',
    voice: 'own',
    attribution: 'first-name',
    person: 'Amina Khan',
  },
  {
    ref: 'letters',
    words: 'I cannot read the small print in your letters.',
    capacity: 'uses-services',
    voice: 'helped',
    helper: 'Jo Fox',
    attribution: 'group',
  },
  {
    ref: 'bus',
    words: 'Keep the bus until 8pm, so that I can go to the choir.',
    capacity: 'uses-services',
    voice: 'own',
    attribution: 'group',
  },
  {
    ref: 'worker',
    words: 'Let each of us choose our own key worker.',
    capacity: 'uses-services',
    voice: 'own',
    attribution: 'group',
  },
  {
    ref: 'crossing',
    words: 'The road outside the centre is not safe to cross. My mum nearly fell.',
    capacity: 'family-carer',
    voice: 'own',
    attribution: 'group',
  },
  {
    ref: 'quiet',
    words: 'I want a quiet room for when it is too loud.',
    capacity: 'uses-services',
    voice: 'own',
    attribution: 'group',
  },
  {
    ref: 'swimming',
    words: 'He wants to go swimming with his friends on Tuesdays. He points at the pool when we drive past.',
    capacity: 'advocate',
    voice: 'proxy',
    helper: 'Sam Archer, advocate',
    attribution: 'group',
  },
  {
    ref: 'menu',
    words: 'We want pictures on the lunch menu.',
    capacity: 'uses-services',
    voice: 'own',
    attribution: 'group',
    groupSize: 12,
  },
  {
    ref: 'evening',
    words: 'Please hold one meeting in the evening. I work in the day.',
    capacity: 'family-carer',
    voice: 'own',
    attribution: 'group',
  },
  {
    ref: 'garden',
    words: 'I do not like how the garden was changed.',
    capacity: 'uses-services',
    voice: 'own',
    attribution: 'hidden',
  },
];

/** Given up again by the person who gave it. */
export const WITHDRAWN = 'garden';

export const decisions: readonly ExampleDecision[] = [
  {
    ref: 'd-form',
    view: 'form',
    answer: 'yes',
    effect: 'changed',
    statement: 'We will replace the day centre form with a form of two pages.',
    alternatives: [
      {
        what: 'Keep the long form and offer help to fill it in',
        why: 'People told us the length is the problem, not only the words.',
      },
    ],
  },
  {
    ref: 'd-letters',
    view: 'letters',
    answer: 'partly',
    effect: 'changed',
    statement: 'Our own letters will be in large print. Bills will stay as they are.',
    whichPart: 'Letters that our team writes. Not the bills.',
    reason: {
      codes: ['staff'],
      words: 'The bills come from another computer system. Nobody in this team can change it this year.',
    },
  },
  {
    ref: 'd-bus',
    view: 'bus',
    answer: 'later',
    effect: 'heard',
    statement: 'The bus will stop at 6pm for now.',
    lookAgainIn: 158,
    reason: { codes: ['money'], words: 'Two more hours cost £41,000 a year. The budget for this year is spent.' },
    alternatives: [
      { what: 'Run the late bus on choir nights only', why: 'The bus company asks for a whole week or nothing.' },
    ],
    easyText: 'Not now. There is not enough money. We will look again.',
  },
  {
    ref: 'd-worker',
    view: 'worker',
    answer: 'no',
    effect: 'heard',
    statement: 'We will not let each person choose any key worker.',
    reason: {
      codes: ['staff', 'worse-for-others'],
      words: 'Three workers would have 20 people each. Others would have nobody to look after.',
    },
    alternatives: [
      {
        what: 'Let people say who they do not want',
        why: 'The team will bring this back as its own question in March.',
      },
    ],
  },
  {
    ref: 'd-crossing',
    view: 'crossing',
    answer: 'passed-on',
    effect: 'helped',
    statement: 'We told the highways team about the crossing and what people said.',
    passedTo: 'Example Council highways team',
    reason: { codes: ['not-in-charge'], words: 'Roads belong to the highways team. They decide where crossings go.' },
  },
  {
    ref: 'd-quiet',
    view: 'quiet',
    answer: 'already',
    effect: 'helped',
    statement: 'There is a quiet room. It is room 4, next to the kitchen. You can use it at any time.',
    reason: {
      codes: ['already-happens'],
      words: 'Room 4 has been a quiet room since May. There was no sign on the door. Now there is.',
    },
  },
  {
    ref: 'd-swimming',
    view: 'swimming',
    answer: 'yes',
    effect: 'changed',
    statement: 'A group will go swimming every Tuesday.',
  },
  {
    ref: 'd-menu',
    view: 'menu',
    answer: 'yes',
    effect: 'changed',
    statement: 'The lunch menu will have a picture for each meal.',
  },
];
