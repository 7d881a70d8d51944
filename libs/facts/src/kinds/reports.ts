import { PROMISE_KEEPERS, RECORDERS } from '#identity/who';
import { refuse } from '#kernel/refusal';
import type { FactKind } from '../fact-kind.js';
import {
  address,
  CAPACITY_OPTIONS,
  day,
  fingerprint,
  line,
  many,
  measured,
  one,
  said,
  thing,
  voice,
} from '../fields.js';
import { FORMATS, YES_NO_NOT_KNOWN } from '../options.js';
import { inOrder } from '../rules.js';

const formats = many(FORMATS, { label: 'In which formats?', missing: 'Choose the formats.' });

const report: FactKind = {
  code: 'report',
  category: 'report',
  name: 'Report',
  about: 'A report on how you are doing. Record when it is due, then that it is published.',
  pledge: ['I4', 'P3a'],
  roles: RECORDERS,
  birth: {
    event: 'ReportDueSet',
    code: 'due',
    title: 'Record a report that is due',
    happened: 'The day of the report was set',
    fields: {
      title: line({ label: 'Name of the report', missing: 'Enter the name of the report.' }),
      from: day({ label: 'First day that it is about', hint: 'Like 2027-01-01', missing: 'Enter the first day.' }),
      to: day({ label: 'Last day that it is about', hint: 'Like 2027-03-31', missing: 'Enter the last day.' }),
      due: day({ label: 'When must it be published?', hint: 'Like 2027-05-15', missing: 'Enter when it must be published.' }),
    },
    rules: [
      inOrder('from', 'to', 'The last day cannot be before the first.'),
      inOrder('to', 'due', 'A report cannot be due before its last day.'),
    ],
  },
  steps: [
    {
      event: 'ReportPublished',
      code: 'published',
      title: 'Record that it is published',
      happened: 'The report was published',
      once: true,
      anyDay: true,
      fields: {
        formats,
        readability: line({ label: 'How was it checked that it is easy to read?', hint: 'For example: read aloud at a meeting; reading age 11', missing: 'Say how it was checked. Write “not checked” if it was not.' }),
        checkedByPeople: one(YES_NO_NOT_KNOWN, { label: 'Did people with learning disabilities check the easy read version?', missing: 'Choose one. “We do not know” is an answer.' }),
        checkedBy: many(CAPACITY_OPTIONS, { label: 'Who checked the report?' }),
        url: address({ label: 'Where can people read it?', hint: 'A web address, if there is one' }),
        fingerprint: fingerprint({ label: 'Fingerprint of the file', hint: 'The SHA-256 of the file, if you have it' }),
      },
      rules: [
        ({ history, on }) =>
          on < String(history[0]?.data['to'])
            ? refuse('period-open', 'The report is about days that are still to come. Publish it after its last day.', '/occurredAt')
            : undefined,
      ],
    },
    {
      event: 'ReportCorrected',
      code: 'corrected',
      title: 'Record a correction',
      happened: 'The report was corrected',
      after: ['ReportPublished'],
      fields: {
        what: said({ label: 'What was wrong, and what is right?', hint: 'Everyone can read this.', missing: 'Enter what was corrected.' }),
        row: line({ label: 'Which line of the pledge?', hint: 'Like S8 or P1a, if it is about one' }, 20),
        was: said({ label: 'What did the report say?', hint: 'Word for word. Everyone can read this.' }),
        now: said({ label: 'What is right?', hint: 'Everyone can read this.' }),
        fingerprint: fingerprint({ label: 'Fingerprint of the new file', hint: 'The SHA-256 of the file, if you have it' }),
      },
    },
  ],
}; // prettier-ignore

const promise = thing(['commitment', 'serviceChange'], {
  label: 'Which promise is it about?',
  hint: 'Leave this out if it is about none.',
});

const measure: FactKind = {
  code: 'measure',
  category: 'measure',
  name: 'Measured change',
  about: 'A number before and after, and where it comes from. It does not say what caused the change.',
  pledge: ['S19', 'O4'],
  roles: PROMISE_KEEPERS,
  birth: {
    event: 'MeasureRecorded',
    code: 'recorded',
    title: 'Record a measured change',
    happened: 'A number was measured',
    fields: {
      what: line({ label: 'What was measured?', hint: 'For example: days until a ramp is built', missing: 'Enter what was measured.' }),
      unit: line({ label: 'In what?', hint: 'For example: days, people, pounds, per cent', missing: 'Enter the unit.' }),
      before: measured({ label: 'Number before', hint: 'Leave this out if nobody measured it.' }),
      after: measured({ label: 'Number after', missing: 'Enter the number after.' }),
      beforeOn: day({ label: 'Day of the first number', hint: 'Like 2027-03-28' }),
      afterOn: day({ label: 'Day of the second number', hint: 'Like 2027-03-28', missing: 'Enter the day of the second number.' }),
      source: line({ label: 'Where does the number come from?', missing: 'Enter where the number comes from.' }),
      url: address({ label: 'Where can people see it?', hint: 'A web address, if there is one' }),
      promise,
    },
    rules: [inOrder('beforeOn', 'afterOn', 'The second number cannot be from before the first.')],
  },
  steps: [],
}; // prettier-ignore

const harm: FactKind = {
  code: 'harm',
  category: 'harm',
  name: 'Harm',
  about: 'A change made something worse for somebody.',
  pledge: ['S19'],
  roles: PROMISE_KEEPERS,
  birth: {
    event: 'HarmReported',
    code: 'reported',
    title: 'Record harm',
    happened: 'Harm was reported',
    fields: {
      what: said({ label: 'What got worse?', hint: 'Everyone can read this. Write nothing that tells who it was.', missing: 'Enter what got worse.' }),
      forWhom: line({ label: 'For whom?', hint: 'A group of people, never a name', missing: 'Enter for whom.' }),
      saidBy: one(CAPACITY_OPTIONS, { label: 'Who said so?', missing: 'Choose who said so.' }),
      voice: voice(),
      promise,
    },
  },
  steps: [
    {
      event: 'HarmAnswered',
      code: 'answered',
      title: 'Record what was done about it',
      happened: 'Something was done about it',
      fields: { what: said({ label: 'What was done?', hint: 'Everyone can read this.', missing: 'Enter what was done.' }) },
    },
  ],
}; // prettier-ignore

export const reportKinds = [report, measure, harm];
