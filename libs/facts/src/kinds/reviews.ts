import { RECORDERS } from '#identity/who';
import { refuse } from '#kernel/refusal';
import { code } from '#kernel/shape';
import type { FactKind } from '../fact-kind.js';
import { codeOf, confirmedPromise, day, line, number, one, people, references, said, thing } from '../fields.js';
import { options, WHO } from '../options.js';
import { somebody } from '../rules.js';

const review: FactKind = {
  code: 'review',
  category: 'review',
  name: 'Review',
  about: 'People come together to look at what was done. Record when it is planned, then that it was held.',
  pledge: ['P3a'],
  roles: RECORDERS,
  birth: {
    event: 'ReviewPlanned',
    code: 'planned',
    title: 'Record a review that is planned',
    happened: 'The review was planned',
    fields: {
      title: line({ label: 'What will be looked at?', missing: 'Enter what will be looked at.' }),
      date: day({ label: 'On which day is the review?', hint: 'Like 2027-03-28', missing: 'Enter the day of the review.' }),
    },
  },
  steps: [
    {
      event: 'ReviewHeld',
      code: 'held',
      title: 'Record that it was held',
      happened: 'The review was held',
      once: true,
      anyDay: true,
      notAfter: ['ReviewCalledOff'],
      fields: {
        people: people({ label: 'How many people looked at it?', missing: 'Enter how many people looked at it.' }),
        found: said({ label: 'What did they find?', hint: 'Everyone can read this.', missing: 'Enter what they found.' }),
        meeting: thing('meeting', { label: 'At which meeting?', hint: 'Leave this out if it was not at a meeting.' }),
      },
      rules: [somebody('people')],
    },
    {
      event: 'ReviewCalledOff',
      code: 'called-off',
      title: 'Record that it was called off',
      happened: 'The review was called off',
      once: true,
      notAfter: ['ReviewHeld'],
      fields: { why: said({ label: 'Why?', hint: 'Everyone can read this.', missing: 'Say why.' }) },
    },
  ],
}; // prettier-ignore

const celebration: FactKind = {
  code: 'celebration',
  category: 'celebration',
  name: 'Celebration',
  about: 'You celebrated a promise that is done and that somebody checked.',
  pledge: ['P3b'],
  roles: RECORDERS,
  birth: {
    event: 'CelebrationHeld',
    code: 'held',
    title: 'Record a celebration',
    happened: 'People celebrated',
    fields: {
      promise: confirmedPromise({ label: 'Which promise did you celebrate?', hint: 'Only promises that somebody checked and confirmed.', missing: 'Choose the promise.' }),
      people: people({ label: 'How many people came?', missing: 'Enter how many people came.' }),
      how: said({ label: 'What did you do?', hint: 'Everyone can read this.' }),
    },
    rules: [
      somebody('people'),
      ({ around }) =>
        around['promise'] && !around['promise'].confirmed
          ? refuse('not-confirmed', 'Nobody has confirmed that this promise is done. Ask somebody to check it first.', '/promise')
          : undefined,
    ],
  },
  steps: [],
}; // prettier-ignore

const lesson: FactKind = {
  code: 'lesson',
  category: 'lesson',
  name: 'Lesson',
  about: 'What you learnt about working together, from what worked or what did not.',
  pledge: ['P3c', 'S7', 'S11'],
  roles: RECORDERS,
  birth: {
    event: 'LessonRecorded',
    code: 'recorded',
    title: 'Record a lesson',
    happened: 'The lesson was written down',
    fields: {
      lesson: said({ label: 'What did you learn?', hint: 'Everyone can read this.', missing: 'Enter what you learnt.' }),
      from: one(options({ worked: 'Something that worked', 'did-not-work': 'Something that did not work' }), { label: 'What did you learn it from?', missing: 'Choose what you learnt it from.' }),
      by: one(WHO, { label: 'Who learnt it?', missing: 'Choose who learnt it.' }),
    },
  },
  steps: [
    {
      event: 'LessonAdopted',
      code: 'adopted',
      title: 'Record that a team took it up',
      happened: 'A team took it up',
      fields: {
        adopter: thing('team', { label: 'Which team took it up?', missing: 'Choose the team.' }),
        change: said({ label: 'What does the team do differently now?', hint: 'Everyone can read this.', missing: 'Enter what the team does differently.' }),
      },
      rules: [
        ({ data, history }) =>
          history.some((each) => each.data['adopter'] === data['adopter'])
            ? refuse('already-recorded', 'It is recorded already that this team took it up.', '/adopter')
            : undefined,
      ],
    },
  ],
}; // prettier-ignore

const priority: FactKind = {
  code: 'priority',
  category: 'priority',
  name: 'Priority',
  about: 'What people and staff agreed to work on next.',
  pledge: ['I3', 'P3c', 'O1'],
  roles: RECORDERS,
  birth: {
    event: 'PriorityAgreed',
    code: 'agreed',
    title: 'Record a priority',
    happened: 'The priority was agreed',
    fields: {
      priority: said({ label: 'What will you work on?', hint: 'Everyone can read this.', missing: 'Enter what you will work on.' }),
      agreedBy: people({ label: 'How many people agreed it?', missing: 'Enter how many people agreed it.' }),
      criterion: codeOf('criterion', { label: 'Which question of the toolkit is it about?', hint: 'Its code, if it came from a self-assessment' }),
      lookAgain: day({ label: 'When will you look at it again?', hint: 'Like 2027-03-28' }),
    },
    rules: [somebody('agreedBy')],
  },
  steps: [
    {
      event: 'PriorityActedOn',
      code: 'acted-on',
      title: 'Record what was done about it',
      happened: 'Something was done about it',
      fields: {
        what: said({ label: 'What was done?', hint: 'Everyone can read this.', missing: 'Enter what was done.' }),
        promise: thing(['commitment', 'serviceChange'], { label: 'Which promise came of it?', hint: 'Leave this out if there is none.' }),
      },
    },
  ],
}; // prettier-ignore

const assessment: FactKind = {
  code: 'self-assessment',
  category: 'selfAssessment',
  name: 'Self-assessment',
  about: 'You looked with a toolkit at how well you work together. People and staff each say what they think.',
  pledge: ['I3', 'P3a', 'P3c'],
  roles: RECORDERS,
  birth: {
    event: 'SelfAssessmentHeld',
    code: 'held',
    title: 'Record a self-assessment',
    happened: 'The self-assessment was held',
    fields: {
      toolkit: codeOf('toolkit', { label: 'Which toolkit?', missing: 'Choose the toolkit.' }),
      version: codeOf('toolkit-version', { label: 'Which version of it?', hint: 'Leave this out for the newest.' }),
      occasion: line({ label: 'What was the occasion?', hint: 'For example: yearly review 2027', missing: 'Enter the occasion.' }),
      people: people({ label: 'How many people took part?', missing: 'Enter how many people took part.' }),
    },
    derived: { shapes: { version: code }, of: ({ toolkit }) => ({ version: toolkit?.version ?? '' }) },
    rules: [
      somebody('people'),
      ({ toolkit, data }) =>
        toolkit ? undefined : refuse('toolkit-unknown', 'We do not have this toolkit, or not in this version.', data['version'] === undefined ? '/toolkit' : '/version'),
    ],
  },
  steps: [
    {
      event: 'LevelRated',
      code: 'rated',
      title: 'Record a level',
      happened: 'A level was given',
      fields: {
        criterion: codeOf('criterion', { label: 'Which question?', missing: 'Choose the question.' }),
        by: one(options({ people: 'People and families', staff: 'Staff' }), { label: 'Who says so?', missing: 'Choose who says so.' }),
        level: codeOf('level', { label: 'Which level?', missing: 'Choose the level.' }),
        raters: number({ label: 'How many people said so?', hint: 'Leave this out if you did not count.' }, 1),
        evidence: references({ label: 'What shows it?', hint: 'Addresses of pages in this record, one on each line' }),
        why: said({ label: 'Why this level?', hint: 'Everyone can read this.' }),
      },
      rules: [
        ({ toolkit, data }) =>
          toolkit?.criteria.some((each) => each.code === data['criterion'])
            ? undefined
            : refuse('criterion-unknown', 'The toolkit has no such question.', '/criterion'),
        ({ toolkit, data }) =>
          toolkit?.levels.some((each) => each.code === data['level'])
            ? undefined
            : refuse('level-unknown', 'The toolkit has no such level.', '/level'),
        ({ history, data }) =>
          history.some((each) => each.data['criterion'] === data['criterion'] && each.data['by'] === data['by'])
            ? refuse('already-recorded', 'They gave a level for this question already. Hold a new self-assessment to record a change.', '/criterion')
            : undefined,
      ],
    },
  ],
}; // prettier-ignore

export const reviewKinds = [review, celebration, lesson, priority, assessment];
