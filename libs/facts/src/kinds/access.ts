import { CARETAKERS, RECORDERS } from '#identity/who';
import type { FactKind } from '../fact-kind.js';
import {
  day,
  line,
  many,
  number,
  oneInPrivate,
  one,
  person,
  said,
  thing,
  toldInPrivate,
  voice,
  yesNo,
} from '../fields.js';
import { CONSENTS, FORMATS, NOT_MET } from '../options.js';

const asked: FactKind = {
  code: 'access-asked',
  category: 'accessAsked',
  name: 'Asking what people need',
  about: 'You asked people what they need to take part. It counts how many you asked, not what they said.',
  pledge: ['P1b', 'S3'],
  roles: RECORDERS,
  birth: {
    event: 'AccessNeedsAskedFor',
    code: 'asked',
    title: 'Record that you asked what people need',
    happened: 'People were asked what they need',
    fields: {
      people: number({ label: 'How many people did you ask?', missing: 'Enter how many people you asked.' }, 1),
      formats: many(FORMATS, { label: 'In which formats did you ask?', missing: 'Choose how you asked.' }),
      meeting: thing('meeting', { label: 'For which meeting?', hint: 'Leave this out if it was for no one meeting.' }),
    },
  },
  steps: [],
}; // prettier-ignore

/** NHS England, Accessible Information Standard (DCB1605): ask (above), record, flag, share, meet, review. */
const accessNeed: FactKind = {
  code: 'access-need',
  category: 'accessNeed',
  name: 'Access need',
  about: 'What somebody needs to take part. Only people who act on it see it. Everyone sees only how many were met.',
  pledge: ['P1b', 'S3'],
  roles: CARETAKERS,
  isPrivate: true,
  birth: {
    event: 'AccessNeedRecorded',
    code: 'recorded',
    title: 'Record what somebody needs',
    happened: 'The need was asked about and written down',
    fields: {
      person: person({ label: 'Who needs it?', hint: 'Choose a member of the team. Leave this out for anyone else.' }),
      need: toldInPrivate({ label: 'What do they need?', hint: 'In their own words. For example: papers in large print', missing: 'Enter what they need.' }),
      voice: voice(),
      neededBy: day({ label: 'When do they need it?', hint: 'Like 2027-03-28. You can leave this out.' }),
    },
  },
  steps: [
    {
      event: 'AccessNeedFlagged',
      code: 'flagged',
      title: 'Record that it was flagged',
      happened: 'The need was flagged where staff see it',
      once: true,
      fields: { where: line({ label: 'Where is it flagged?', hint: 'For example: on the list for meetings', missing: 'Enter where it is flagged.' }) },
    },
    {
      event: 'AccessNeedShared',
      code: 'shared',
      title: 'Record that it was shared',
      happened: 'The need was shared',
      fields: {
        with: line({ label: 'Who was told?', hint: 'A role or a service, never a name. For example: the venue', missing: 'Enter who was told.' }),
        agreed: yesNo({ label: 'Did the person agree to share it?', missing: 'Choose whether the person agreed.' }),
      },
    },
    {
      event: 'AccessNeedMet',
      code: 'met',
      title: 'Record that it was met',
      happened: 'The need was met',
      fields: { how: toldInPrivate({ label: 'How was it met?', hint: 'Only people who record for this council see it.' }) },
    },
    {
      event: 'AccessNeedNotMet',
      code: 'not-met',
      title: 'Record that it was not met',
      happened: 'The need was not met',
      fields: {
        reason: one(NOT_MET, { label: 'Why was it not met?', hint: 'Everyone sees how often each reason was given.', missing: 'Choose why it was not met.' }),
        words: toldInPrivate({ label: 'What happened?', hint: 'Only people who record for this council see it.' }),
      },
    },
    {
      event: 'AccessNeedReviewed',
      code: 'reviewed',
      title: 'Record that you asked again',
      happened: 'The need was looked at again with the person',
      fields: {
        stillRight: yesNo({ label: 'Is what we wrote down still right?', missing: 'Choose yes or no.' }),
        voice: voice(),
        change: toldInPrivate({ label: 'What has changed?', hint: 'Only people who record for this council see it.' }),
        nextReview: day({ label: 'When will you ask again?', hint: 'Like 2027-03-28' }),
      },
    },
  ],
}; // prettier-ignore

const consent: FactKind = {
  code: 'consent',
  category: 'consent',
  name: 'Permission',
  about: 'Somebody gave you permission, or took it back. Only people who act on it see it.',
  pledge: ['S9'],
  roles: CARETAKERS,
  isPrivate: true,
  birth: {
    event: 'ConsentGiven',
    code: 'given',
    title: 'Record a permission',
    happened: 'The permission was given',
    fields: {
      person: person({ label: 'Who gave it?', hint: 'Choose a member of the team. Leave this out for anyone else.' }),
      what: oneInPrivate(CONSENTS, { label: 'What may we do?', missing: 'Choose what they allow.' }),
      words: toldInPrivate({ label: 'What did they say?', hint: 'In their own words, with any limits they set', missing: 'Write down what they said.' }),
      voice: voice(),
      until: day({ label: 'Until when?', hint: 'Like 2027-03-28. Leave this out if they set no end.' }),
    },
  },
  steps: [
    {
      event: 'ConsentWithdrawn',
      code: 'withdrawn',
      title: 'Record that it was taken back',
      happened: 'The permission was taken back',
      once: true,
      fields: { voice: voice() },
    },
    {
      event: 'ConsentWithdrawalHonoured',
      code: 'honoured',
      title: 'Record that you stopped',
      happened: 'We stopped',
      once: true,
      after: ['ConsentWithdrawn'],
      fields: { what: said({ label: 'What did you do?', hint: 'For example: took the picture off the page', missing: 'Enter what you did.' }) },
    },
  ],
}; // prettier-ignore

export const accessKinds = [asked, accessNeed, consent];
