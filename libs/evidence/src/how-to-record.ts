import type { HowToRecord } from './measure.js';

/** The forms of ours that bring about what is missing. */
export const HOW = {
  meeting: { text: 'Staff: sign in to record a meeting', href: '/sign-in' },
  view: { text: 'Tell us what you think', href: '/tell-us' },
  views: { text: 'Staff: sign in to reply', href: '/sign-in' },
  decision: { text: 'Decisions are recorded at a meeting', href: '/decisions' },
  promise: { text: 'See the promises and add to them', href: '/service-changes' },
  commitment: { text: 'Make a promise under the pledge', href: '/pledge-log' },
  team: { text: 'Form a team or add people', href: '/teams' },
  request: { text: 'Staff: sign in to answer', href: '/sign-in' },
  fact: { text: 'How to record this', href: '/record' },
  myView: { text: 'People answer on the page of their view', href: '/my-view' },
} as const satisfies Readonly<Record<string, HowToRecord>>;
