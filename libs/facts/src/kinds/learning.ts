import { RECORDERS } from '#identity/who';
import { refuse } from '#kernel/refusal';
import type { FactKind, Rule } from '../fact-kind.js';
import { day, line, many, members, number, one, people, person, said, toldInPrivate, voice } from '../fields.js';
import { BARRIERS, FORMATS, options, TOPICS } from '../options.js';
import { somebody, total } from '../rules.js';

const booked = (history: Parameters<Rule>[0]['history']): number =>
  history.filter(({ type }) => type === 'TrainingBooked').reduce((sum, { data }) => sum + total(data['people']), 0);

const withinSpaces: Rule = ({ data, history }) => {
  const spaces = history[0]?.data['spaces'];
  return typeof spaces === 'number' && booked(history) + total(data['people']) > spaces
    ? refuse('too-many-booked', `There are ${spaces} places and ${booked(history)} are booked. Check the number.`, '/people')
    : undefined;
}; // prettier-ignore

/** Whoever came without a booking is said to have: otherwise one of the two numbers is wrong. */
const withinBooked: Rule = ({ data, history }) => {
  const came =
    total(data['people']) +
    history.filter(({ type }) => type === 'TrainingAttended').reduce((sum, each) => sum + total(each.data['people']), 0);
  const walkIns =
    Number(data['walkIns'] ?? 0) + history.reduce((sum, each) => sum + Number(each.data['walkIns'] ?? 0), 0);
  return came > booked(history) + walkIns
    ? refuse(
        'more-than-booked',
        `${came} came, but ${booked(history)} were booked. Say how many came without a booking.`,
        '/walkIns',
      )
    : undefined;
}; // prettier-ignore

const training: FactKind = {
  code: 'training',
  category: 'training',
  name: 'Training',
  about: 'You offered training or a workshop. Then record who booked, who came and who could not.',
  pledge: ['P1a', 'P1b', 'S3', 'S4', 'S11', 'O2', 'O5'],
  roles: RECORDERS,
  birth: {
    event: 'TrainingOffered',
    code: 'offered',
    title: 'Record training that is offered',
    happened: 'The training was offered',
    fields: {
      title: line({ label: 'Name of the training', missing: 'Enter the name of the training.' }),
      topic: one(TOPICS, { label: 'What is it about?', missing: 'Choose what it is about.' }),
      formats: many(FORMATS, { label: 'In which formats?', missing: 'Choose the formats.' }),
      partner: line({ label: 'Which local group offers it with you?', hint: 'Name of the group, never of a person. Leave this out if there is none.' }),
      date: day({ label: 'On which day is the training?', hint: 'Like 2027-03-28' }),
      place: line({ label: 'Where is it?', hint: 'A town, a building or online' }),
      spaces: number({ label: 'How many places are there?', hint: 'Leave this out if there is no limit.' }, 1),
    },
  },
  steps: [
    {
      event: 'TrainingBooked',
      code: 'booked',
      title: 'Record who booked',
      happened: 'People booked',
      fields: { people: people({ label: 'How many people booked?', missing: 'Enter how many people booked.' }) },
      rules: [somebody('people'), withinSpaces],
    },
    {
      event: 'TrainingAttended',
      code: 'attended',
      title: 'Record who came',
      happened: 'People came',
      fields: {
        people: people({ label: 'How many people came?', missing: 'Enter how many people came.' }),
        walkIns: number({ label: 'How many of them came without a booking?' }),
        members: members({ label: 'Which members of the team came?', hint: 'This stays private. It tells us how long people wait for their first training.' }),
      },
      rules: [somebody('people'), withinBooked],
    },
    {
      event: 'TrainingNotAttended',
      code: 'not-attended',
      title: 'Record who could not come',
      happened: 'People could not come',
      fields: {
        people: number({ label: 'How many people could not come?', missing: 'Enter how many people.' }, 1),
        barrier: one(BARRIERS, { label: 'What stopped them?', missing: 'Choose what stopped them.' }),
      },
    },
  ],
}; // prettier-ignore

const support: FactKind = {
  code: 'support',
  category: 'support',
  name: 'Support to take part',
  about: 'Somebody asked for help to take part. Then record what you did.',
  pledge: ['P1a', 'P1b', 'S3', 'S11'],
  roles: RECORDERS,
  birth: {
    event: 'SupportRequested',
    code: 'requested',
    title: 'Record a request for support',
    happened: 'Support was asked for',
    fields: {
      topic: one(TOPICS, { label: 'What is it about?', missing: 'Choose what it is about.' }),
      person: person({ label: 'Who asked?', hint: 'Choose a member of the team. Leave this out for anyone else.' }),
      what: toldInPrivate({ label: 'What did they ask for?', hint: 'In their own words. Only people who record for this council see it.', missing: 'Enter what they asked for.' }),
      voice: voice(),
    },
  },
  steps: [
    {
      event: 'SupportGiven',
      code: 'given',
      title: 'Record the support given',
      happened: 'Support was given',
      once: true,
      notAfter: ['SupportNotGiven'],
      fields: {
        how: one(
          options({ explained: 'Someone explained it', mentor: 'A mentor or buddy', peer: 'Another member helped', material: 'Something to read, hear or watch', equipment: 'Equipment', other: 'Something else' }),
          { label: 'What kind of support was it?', missing: 'Choose the kind of support.' },
        ),
        words: toldInPrivate({ label: 'What did you do?', hint: 'Only people who record for this council see it.' }),
      },
    },
    {
      event: 'SupportNotGiven',
      code: 'not-given',
      title: 'Record that it could not be given',
      happened: 'Support could not be given',
      once: true,
      notAfter: ['SupportGiven'],
      fields: { why: said({ label: 'Why not?', hint: 'Write nothing about the person. Everyone can read this.', missing: 'Say why not.' }) },
    },
  ],
}; // prettier-ignore

export const learningKinds = [training, support];
