import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formView, shownProblems } from '../../apps/server/src/shell/form-view.js';
import { PICTOGRAMS } from '../../apps/server/src/shell/pictograms.js';
import { qrSymbol } from '../../apps/server/src/shell/qr.js';
import { readingClasses, readingPanel, readReading } from '../../apps/server/src/shell/reading.js';
import { Views } from '../../apps/server/src/shell/views.js';
import { choices, say } from '../../apps/server/src/wording/wording.js';

const problems = [
  { pointer: '/owner', code: 'empty', detail: say('error.ownerEmpty') },
  { pointer: '/why', code: 'vague', detail: say('error.whyVague', 'plain', { phrase: 'In due course' }) },
  { pointer: '/answer', code: 'empty', detail: say('error.decisionEmpty', 'plain', { n: 2 }) },
  { pointer: '/reasons', code: 'empty', detail: say('error.reasonEmpty', 'plain', { n: 2, decision: 'Not now' }) },
  { pointer: '', code: 'rule', detail: 'This meeting is closed.' },
];
const typed = { owner: '', why: 'In due course <b>we</b> will explore it', reasons: ['money'] };

const steps = [
  {
    icon: 'ear',
    title: say('step.heard'),
    state: 'done',
    stateText: 'Done',
    date: '3 November 2026',
    who: 'Day Services team',
  },
  {
    icon: 'eye',
    title: say('step.checked'),
    state: 'done',
    stateText: 'Done',
    date: '4 November 2026',
    text: 'We fixed our notes. See what we changed.',
  },
  {
    icon: 'group',
    title: say('step.talked'),
    state: 'done',
    stateText: 'Done',
    date: '23 November 2026',
    who: '12 people',
  },
  { icon: 'scales', title: say('step.decided'), state: 'missing', stateText: 'Not recorded' },
  {
    icon: 'pencil',
    title: 'Jane writes the new form.',
    state: 'next',
    stateText: 'Next',
    date: 'By 1 March 2027',
    who: 'Jane Smith',
  },
  {
    icon: 'clock',
    title: 'This is late by 9 days. We have told the chair.',
    state: 'late',
    stateText: 'Late',
    date: '14 November 2026',
  },
];

const states = [
  {
    icon: 'tick',
    tone: 'good',
    tag: 'Yes',
    sentence: 'We said yes.',
    lines: ['The council will make the form shorter. Jane Smith is in charge. She will do it by 1 March 2027.'],
  },
  {
    icon: 'clock',
    tone: 'waiting',
    tag: 'Not now',
    sentence: say('viewStatus.later', 'plain', { date: '30 April 2027' }),
  },
  {
    icon: 'warning',
    tone: 'bad',
    tag: 'Late',
    sentence: say('viewStatus.waiting-late', 'plain', { date: '1 November 2026' }),
  },
  {
    icon: 'cross',
    tone: 'quiet',
    tag: 'No',
    sentence: 'We said no. Here is why.',
    lines: ['There is not enough money for this.'],
  },
];

const nodes = [
  { icon: 'speech', kind: 'View', title: 'The form is too long', href: '/x', meta: ['3 November 2026'] },
  {
    icon: 'scales',
    kind: 'Decision',
    title: 'Make the form shorter',
    href: '/x',
    tag: 'Yes',
    tone: 'good',
    meta: ['23 November 2026'],
  },
  {
    icon: 'calendar',
    kind: 'Promise',
    title: 'Write a two page form',
    tag: 'Late',
    tone: 'bad',
    meta: ['By 1 March 2027', 'Day services manager'],
  },
];

/** Every part in every state, around the true layout. `withErrors` shows the form as it comes back. */
export const styleguide = (cookie: string | undefined, withErrors = true): string => {
  const reading = readReading(cookie);
  const found = withErrors ? problems : [];
  return new Views([import.meta.dirname]).render('styleguide.njk', {
    title: 'Parts of a page',
    words: 'The day centre form is too long.\nI cannot read the small print.',
    steps,
    states,
    nodes,
    answers: choices('answer'),
    reasons: choices('reason').slice(0, 4),
    pictograms: Object.keys(PICTOGRAMS),
    qr: qrSymbol('https://throughline.example/my-view'),
    banner: 'Recorded. 6 views, 4 decisions, 3 promises.',
    problems: shownProblems(found),
    form: formView(withErrors ? typed : {}, found, 'key'),
    site: {
      nav: [
        { href: '/my-view', text: 'My view', current: true },
        { href: '/tell-us', text: 'Tell us your view' },
        { href: '/decisions', text: 'Decisions' },
        { href: '/service-changes', text: 'Promises' },
        { href: '/search', text: 'Search' },
      ],
      reading: readingPanel(reading),
      htmlClasses: readingClasses(reading),
      easy: reading.easy === 'on',
      phone: '01234 567890',
      baseUrl: 'https://throughline.example',
      path: '/styleguide',
      staff: { role: 'chair', authority: 'Essex' },
      example: true,
    },
  });
};

/** What an `/assets/…` address leads to, for a page that is shown without a server. */
export const asset = (name: string): string => readFileSync(join(new Views().assetFolder, name), 'utf8');
