import type { ExamplePromise } from './story.js';

export const promises: readonly ExamplePromise[] = [
  {
    decision: 'd-form',
    what: 'Write a form of two pages and use it for everyone who joins.',
    owner: { name: 'Jane Smith (example)', role: 'Day services manager' },
    dueIn: -30,
    proofWanted: 'The new form, and the old one taken off the website.',
    checker: { role: 'Two members of the team who use the service' },
  },
  {
    decision: 'd-letters',
    what: 'Send every letter of the day services team in 16 point print.',
    owner: { name: 'Priya Patel (example)', role: 'Business support officer' },
    dueIn: -60,
    proofWanted: 'Three letters sent in the same week.',
    checker: { role: 'Co-chair of the team' },
  },
  {
    decision: 'd-swimming',
    what: 'Take a group to the pool every Tuesday, with two members of staff.',
    owner: { name: 'Tom Brown (example)', role: 'Activities coordinator' },
    dueIn: -21,
    proofWanted: 'The list of Tuesdays on which the group went.',
    checker: { role: 'Advocate' },
  },
  {
    decision: 'd-menu',
    what: 'Print a menu with a photo of each meal.',
    owner: { name: 'Lena Novak (example)', role: 'Kitchen lead' },
    dueIn: 40,
    proofWanted: 'A photo of the menu on the wall.',
    checker: { role: 'Two people who eat there' },
  },
];
