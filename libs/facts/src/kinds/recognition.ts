import { CARETAKERS, RECORDERS } from '#identity/who';
import { refuse } from '#kernel/refusal';
import type { FactKind } from '../fact-kind.js';
import {
  amountInPrivate,
  day,
  line,
  number,
  one,
  oneInPrivate,
  person,
  thing,
  toldInPrivate,
  voice,
} from '../fields.js';
import { options } from '../options.js';
import { noStatus } from '../rules.js';

const thanks: FactKind = {
  code: 'thanks',
  category: 'thanks',
  name: 'Thanks',
  about: 'You thanked people for what they did.',
  pledge: ['P3b', 'S6'],
  roles: RECORDERS,
  birth: {
    event: 'ThanksGiven',
    code: 'given',
    title: 'Record thanks',
    happened: 'People were thanked',
    fields: {
      people: number({ label: 'How many people did you thank?', missing: 'Enter how many people you thanked.' }, 1),
      how: one(options({ 'in-person': 'In person', letter: 'A card or letter', call: 'A call', message: 'An e-mail or message', event: 'At an event', public: 'In public, with their agreement', other: 'Another way' }), { label: 'How did you thank them?', missing: 'Choose how you thanked them.' }),
      promise: thing(['commitment', 'serviceChange'], { label: 'For which promise?', hint: 'Leave this out if it was for something else.' }),
      why: line({ label: 'What for?', hint: 'Never a name. For example: for testing the new bus' }),
    },
    rules: [noStatus('why')],
  },
  steps: [],
}; // prettier-ignore

const PAID_HINT = 'Never write about benefits, jobs or health.';

const payment: FactKind = {
  code: 'payment',
  category: 'payment',
  name: 'Payment for taking part',
  about: 'You offered to pay somebody for their time. Nobody else sees who, or how much.',
  pledge: ['S6'],
  roles: CARETAKERS,
  isPrivate: true,
  birth: {
    event: 'PaymentOffered',
    code: 'offered',
    title: 'Record an offer to pay',
    happened: 'A payment was offered',
    fields: {
      person: person({ label: 'Who was offered it?', hint: 'Choose a member of the team. Leave this out for anyone else.' }),
      amount: amountInPrivate({ label: 'How much?', hint: 'In pounds, like 20 or 12.50. Only people who record for this council see it.' }),
      work: toldInPrivate({ label: 'What for?', hint: PAID_HINT, missing: 'Enter what it is for.' }),
      workedOn: day({ label: 'On which day did they take part?', hint: 'Like 2027-03-28' }),
    },
    rules: [noStatus('work')],
  },
  steps: [
    {
      event: 'PaymentAnswered',
      code: 'answered',
      title: 'Record their answer',
      happened: 'They answered',
      once: true,
      fields: {
        answer: oneInPrivate(options({ yes: 'Yes', part: 'Part of it', other: 'Something else, like a voucher', no: 'No, thank you' }), { label: 'What did they say?', hint: `Do not ask why. ${PAID_HINT}`, missing: 'Choose what they said.' }),
        voice: voice(),
      },
    },
    { event: 'PaymentPaid', code: 'paid', title: 'Record that it was paid', happened: 'It was paid', once: true, fields: {} },
  ],
}; // prettier-ignore

const expenses: FactKind = {
  code: 'expenses',
  category: 'expenses',
  name: 'Expenses paid',
  about: 'You paid back what taking part cost somebody. Nobody else sees who, or how much.',
  pledge: ['S6'],
  roles: CARETAKERS,
  isPrivate: true,
  birth: {
    event: 'ExpensesPaid',
    code: 'paid',
    title: 'Record expenses that were paid',
    happened: 'Expenses were paid',
    fields: {
      person: person({ label: 'Who was paid?', hint: 'Choose a member of the team. Leave this out for anyone else.' }),
      what: oneInPrivate(options({ travel: 'Travel', care: 'Someone to take over care', food: 'Food and drink', phone: 'Phone or internet', other: 'Something else' }), { label: 'What was it for?', missing: 'Choose what it was for.' }),
      amount: amountInPrivate({ label: 'How much?', hint: 'In pounds, like 20 or 12.50. Only people who record for this council see it.' }),
      claimedOn: day({ label: 'On which day did they ask for it?', hint: 'Like 2027-03-28', missing: 'Enter the day on which they asked for it.' }),
    },
    rules: [
      ({ data, on }) =>
        String(data['claimedOn']) > on
          ? refuse('dates-reversed', 'It cannot be paid before they asked for it. Check both days.', '/claimedOn')
          : undefined,
    ],
  },
  steps: [],
}; // prettier-ignore

export const recognitionKinds = [thanks, payment, expenses];
