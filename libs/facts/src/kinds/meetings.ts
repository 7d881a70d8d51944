import { RECORDERS } from '#identity/who';
import { refuse } from '#kernel/refusal';
import { count } from '#kernel/shape';
import type { FactKind } from '../fact-kind.js';
import { felt, line, many, number, one, said, thing } from '../fields.js';
import { LADDER } from '../ladder.js';
import { FORMATS, WHO } from '../options.js';
import { daysBetween, somebody } from '../rules.js';

const meeting = thing('meeting', { label: 'Which meeting?', missing: 'Choose the meeting.' });

const papers: FactKind = {
  code: 'papers',
  category: 'papers',
  name: 'Papers for a meeting',
  about: 'You sent out papers before a meeting. We work out how many days before.',
  pledge: ['P2a', 'S5'],
  roles: RECORDERS,
  birth: {
    event: 'PapersShared',
    code: 'shared',
    title: 'Record papers that were shared',
    happened: 'Papers were shared',
    fields: {
      meeting,
      formats: many(FORMATS, { label: 'In which formats?', missing: 'Choose the formats.' }),
      askedFor: number({ label: 'How many people asked for another format?', hint: 'Leave this out if you do not know.' }),
      inAskedFor: number({ label: 'How many of them got it in time?', hint: 'Leave this out if you do not know.' }),
    },
    derived: {
      shapes: { daysBefore: count },
      of: ({ around, on }) => ({ daysBefore: daysBetween(on, around['meeting']?.startsOn ?? on) }),
    },
    rules: [
      ({ data }) =>
        Number(data['inAskedFor'] ?? 0) > Number(data['askedFor'] ?? 0)
          ? refuse('more-than-asked', 'More people would have got a format than asked for one. Check both numbers.', '/inAskedFor')
          : undefined,
    ],
  },
  steps: [],
}; // prettier-ignore

const requiredRole: FactKind = {
  code: 'required-role',
  category: 'requiredRole',
  name: 'Someone who must be there',
  about: 'A meeting needs someone who can decide. Say who, and then whether they came.',
  pledge: ['P2b'],
  roles: RECORDERS,
  birth: {
    event: 'RequiredRoleNamed',
    code: 'named',
    title: 'Record who must be there',
    happened: 'The meeting asked for this role',
    fields: {
      meeting,
      role: line({ label: 'Which role must be there?', hint: 'A role, never a name. For example: Head of Transport', missing: 'Enter the role.' }),
      why: line({ label: 'What can only they do?', hint: 'For example: decide about money' }),
    },
  },
  steps: [
    {
      event: 'RequiredRolePresent',
      code: 'present',
      title: 'Record that they came',
      happened: 'They were there',
      once: true,
      notAfter: ['RequiredRoleAbsent'],
      fields: {},
    },
    {
      event: 'RequiredRoleAbsent',
      code: 'absent',
      title: 'Record that they did not come',
      happened: 'They were not there',
      once: true,
      notAfter: ['RequiredRolePresent'],
      fields: { reason: said({ label: 'Why did they not come?', hint: 'Leave this out if nobody said.' }) },
    },
  ],
}; // prettier-ignore

const agenda: FactKind = {
  code: 'agenda',
  category: 'agenda',
  name: 'Agenda of a meeting',
  about: 'Who decided what a meeting talks about.',
  pledge: ['P2b', 'S17'],
  roles: RECORDERS,
  birth: {
    event: 'AgendaSet',
    code: 'set',
    title: 'Record who set the agenda',
    happened: 'The agenda was set',
    fields: {
      meeting,
      setBy: one(WHO, { label: 'Who set the agenda?', missing: 'Choose who set the agenda.' }),
      fromPeople: number({ label: 'How many items came from people and families?', missing: 'Enter how many items came from people. Enter 0 for none.' }, 0, 500),
      fromStaff: number({ label: 'How many items came from staff?', missing: 'Enter how many items came from staff. Enter 0 for none.' }, 0, 500),
    },
  },
  steps: [],
}; // prettier-ignore

const rung: FactKind = {
  code: 'rung',
  category: 'rung',
  name: 'Step on the ladder of co-production',
  about: 'How far a team says it shares power, and how far people feel it does.',
  pledge: ['P2a', 'S17'],
  roles: RECORDERS,
  needsTeam: true,
  birth: {
    event: 'RungClaimed',
    code: 'claimed',
    title: 'Record where the team says it is',
    happened: 'The team said where it is',
    fields: {
      rung: one(LADDER, { label: 'Where does the team say it is?', missing: 'Choose a step of the ladder.' }),
      agreedBy: one(WHO, { label: 'Who says so?', missing: 'Choose who says so.' }),
      why: said({ label: 'What shows it?', hint: 'Everyone can read this.' }),
    },
  },
  steps: [
    {
      event: 'RungFelt',
      code: 'felt',
      title: 'Record where people feel it is',
      happened: 'People said where they feel it is',
      fields: {
        felt: felt('rung', LADDER, { label: 'How many people chose each?', hint: 'Count people, not staff. Small numbers are not shown.', missing: 'Enter how many people chose each.' }),
        meeting: thing('meeting', { label: 'At which meeting?', hint: 'Leave this out if it was not at a meeting.' }),
      },
      rules: [somebody('felt')],
    },
  ],
}; // prettier-ignore

export const meetingKinds = [papers, requiredRole, agenda, rung];
