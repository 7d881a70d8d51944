import { RECORDERS } from '#identity/who';
import { refuse } from '#kernel/refusal';
import type { FactKind } from '../fact-kind.js';
import { day, line, many, number, one, people, toldInPrivate } from '../fields.js';
import { FORMATS, options, ROUTES, STAGE_OPTIONS, TIMES_OF_DAY, WAYS_IN } from '../options.js';
import { somebody } from '../rules.js';

const sum = (values: readonly unknown[]): number => values.reduce<number>((all, each) => all + Number(each ?? 0), 0);

const invitation: FactKind = {
  code: 'invitation',
  category: 'invitation',
  name: 'Invitation to join',
  about: 'You asked one or more people to join a team.',
  pledge: ['P1c', 'S14'],
  roles: RECORDERS,
  birth: {
    event: 'MemberInvited',
    code: 'invited',
    title: 'Record who was invited',
    happened: 'People were invited',
    fields: {
      people: number({ label: 'How many people were invited?', missing: 'Enter how many people were invited.' }, 1),
      routes: many(ROUTES, { label: 'How were they told?', missing: 'Choose how they were told.' }),
      formats: many(FORMATS, { label: 'In which formats?' }),
      aim: line({ label: 'Who did you want to reach?', hint: 'A group of people, never a name. For example: young carers' }),
    },
  },
  steps: [
    {
      event: 'InvitationAnswered',
      code: 'answered',
      title: 'Record an answer',
      happened: 'People answered',
      fields: {
        answer: one(options({ joined: 'They joined', 'not-now': 'Not now', no: 'They said no' }), { label: 'What did they say?', missing: 'Choose what they said.' }),
        people: number({ label: 'How many people gave this answer?', missing: 'Enter how many people.' }, 1),
        route: one(ROUTES, { label: 'What reached them?', hint: 'Ask them. Leave this out if you do not know.' }),
        why: toldInPrivate({ label: 'Did they say why?', hint: 'Only people who record for this council see it.' }),
      },
      rules: [
        ({ data, history }) =>
          sum([...history.slice(1).map((each) => each.data['people']), data['people']]) > Number(history[0]?.data['people'])
            ? refuse('more-than-invited', 'More people would have answered than were invited. Check the number.', '/people')
            : undefined,
      ],
    },
  ],
}; // prettier-ignore

const opportunity: FactKind = {
  code: 'opportunity',
  category: 'opportunity',
  name: 'Chance to take part',
  about: 'You told people about a way to take part: a meeting, a visit, a survey, a job to do together.',
  pledge: ['P2a', 'S9', 'S14'],
  roles: RECORDERS,
  birth: {
    event: 'OpportunityPublished',
    code: 'published',
    title: 'Record a chance to take part',
    happened: 'The chance to take part was published',
    fields: {
      title: line({ label: 'What can people take part in?', missing: 'Enter what people can take part in.' }),
      stage: one(STAGE_OPTIONS, { label: 'Is it to plan, deliver or review?', missing: 'Choose plan, deliver or review.' }),
      waysIn: many(WAYS_IN, { label: 'In which ways can people take part?', missing: 'Choose the ways to take part.' }),
      formats: many(FORMATS, { label: 'In which formats did you publish it?', missing: 'Choose the formats.' }),
      routes: many(ROUTES, { label: 'How were people told?', missing: 'Choose how people were told.' }),
      place: line({ label: 'Where is it?', hint: 'A town or a building. Leave this out if it is not in one place.' }),
      date: day({ label: 'On which day is it?', hint: 'Like 2027-03-28. Leave this out if it is on no one day.' }),
      timeOfDay: one(TIMES_OF_DAY, { label: 'At what time of day?' }),
    },
  },
  steps: [
    {
      event: 'OpportunityTakenUp',
      code: 'taken-up',
      title: 'Record who took part',
      happened: 'People took part',
      fields: {
        people: people({ label: 'How many people took part?', missing: 'Enter how many people took part.' }),
        firstTime: number({ label: 'For how many was it the first time?', hint: 'Leave this out if you do not know.' }),
      },
      rules: [somebody('people')],
    },
  ],
}; // prettier-ignore

export const invitationKinds = [invitation, opportunity];
