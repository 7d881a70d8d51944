import type { PromiseStep } from '#lifecycle/promise-steps';

export interface StepField {
  readonly name: string;
  readonly label: string;
  readonly kind: 'words' | 'line' | 'date' | 'choice';
  readonly hint?: string;
  readonly options?: readonly { readonly value: string; readonly text: string }[];
}

/** One step in the life of a promise, as a form. */
export interface StepForm {
  readonly code: PromiseStep['do'];
  readonly title: string;
  readonly lead: string;
  readonly fields: readonly StepField[];
  readonly button: string;
}

const words = (label: string, hint?: string): StepField => ({
  name: 'words',
  label,
  kind: 'words',
  ...(hint && { hint }),
});
const reason: StepField = {
  name: 'reason',
  label: 'Why?',
  kind: 'words',
  hint: 'People who gave a view will read this.',
};
const date = (name: string, label: string): StepField => ({
  name,
  label,
  kind: 'date',
});

export const STEP_FORMS: readonly StepForm[] = [
  {
    code: 'accept',
    title: 'Accept this promise',
    lead: 'You say that you will do this, by the date that is written.',
    fields: [],
    button: 'I accept it',
  },
  {
    code: 'progress',
    title: 'Say what was done',
    lead: 'Say what is different now, not what is planned.',
    fields: [words('What was done?')],
    button: 'Save',
  },
  {
    code: 'evidence',
    title: 'Add proof',
    lead: 'Proof is something that another person can look at.',
    fields: [
      { name: 'title', label: 'What does it show?', kind: 'line' },
      {
        name: 'kind',
        label: 'What kind of proof?',
        kind: 'choice',
        options: [
          { value: 'document', text: 'A document' },
          { value: 'photo', text: 'A photo' },
          { value: 'link', text: 'A web page' },
          { value: 'statement', text: 'What someone said' },
          { value: 'data', text: 'Figures' },
        ],
      },
      { name: 'url', label: 'Where can people see it?', kind: 'line', hint: 'A web address, or where it is kept.' },
      { name: 'supplier', label: 'Who gave it to us?', kind: 'line' },
      {
        name: 'hash',
        label: 'Fingerprint of the file (SHA-256), if you have it',
        kind: 'line',
        hint: '64 letters and digits. With it, anyone who has the file can check that it is the same.',
      },
    ],
    button: 'Add the proof',
  },
  {
    code: 'ask-date',
    title: 'Ask for a new date',
    lead: 'The team decides about it. The old date stays until then.',
    fields: [date('to', 'New date'), reason],
    button: 'Ask',
  },
  {
    code: 'move-date',
    title: 'Move the date',
    lead: 'The old date stays in the record, with the reason and who agreed.',
    fields: [
      date('due', 'New date'),
      reason,
      {
        name: 'agreedBy',
        label: 'Who agreed?',
        kind: 'line',
        hint: 'Their role, like the chair or the team. Please give no name.',
      },
    ],
    button: 'Move the date',
  },
  {
    code: 'report-done',
    title: 'Report it done',
    lead: 'It shows as “We say it is done. Nobody has checked yet.” until someone else checks.',
    fields: [words('What is different now?')],
    button: 'Report it done',
  },
  {
    code: 'check',
    title: 'Check it',
    lead: 'Look for yourself, or ask the people it was promised to. The one who promised it cannot check it.',
    fields: [
      {
        name: 'confirmed',
        label: 'Is it really done?',
        kind: 'choice',
        options: [
          { value: 'yes', text: 'Yes, it is done' },
          { value: 'no', text: 'No, it is not done' },
        ],
      },
      words('What did you see?'),
    ],
    button: 'Save what I saw',
  },
  {
    code: 'pause',
    title: 'Stop for now',
    lead: 'People will see that you stopped, why, and when you look again.',
    fields: [reason, date('lookAgain', 'When do you look again?')],
    button: 'Stop for now',
  },
  {
    code: 'drop',
    title: 'Drop this promise',
    lead: 'People will see that it will not be done, and why.',
    fields: [reason],
    button: 'Drop it',
  },
  {
    code: 'reopen',
    title: 'Open it again',
    lead: 'It counts as not done until it is reported done again.',
    fields: [reason, date('due', 'By when?')],
    button: 'Open it again',
  },
  {
    code: 'change-owner',
    title: 'Someone else takes it over',
    lead: 'Both names stay in the record.',
    fields: [
      { name: 'name', label: 'Name of the new person', kind: 'line' },
      { name: 'role', label: 'Their role', kind: 'line' },
      reason,
    ],
    button: 'Change who does it',
  },
  {
    code: 'reasons',
    title: 'Say why it is late',
    lead: 'We asked three times and for the reasons. Everybody can read what you write here.',
    fields: [words('Why is it late, and what happens now?')],
    button: 'Publish the reasons',
  },
  {
    code: 'effect',
    title: 'Say what changed for people',
    lead: 'Say what was seen. We do not claim that this promise caused it.',
    fields: [
      { name: 'what', label: 'What did you see?', kind: 'words' },
      { name: 'forWhom', label: 'For whom?', kind: 'line' },
      {
        name: 'source',
        label: 'Who says so?',
        kind: 'choice',
        options: [
          { value: 'person', text: 'A person who uses services' },
          { value: 'staff', text: 'Staff' },
          { value: 'data', text: 'Figures' },
          { value: 'inspection', text: 'An inspection' },
          { value: 'other', text: 'Someone else' },
        ],
      },
      { name: 'before', label: 'Before (if it was measured)', kind: 'line' },
      { name: 'after', label: 'After (if it was measured)', kind: 'line' },
    ],
    button: 'Save what was seen',
  },
];
