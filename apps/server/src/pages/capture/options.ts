import { ANSWERS, EFFECTS, REASONS } from '#kernel/codes';
import { say } from '../../wording/wording.js';

/** First of the Gunning principles: people are asked while what they say can still change things. */
export const OPENNESS_OPTIONS = [
  { value: 'open', text: 'Yes, nothing is decided' },
  { value: 'partly', text: 'Some of it' },
  { value: 'decided', text: 'No, it is already decided' },
] as const;

/** The ladder of co-production in plain words (Think Local Act Personal, 2021), lowest rung first. */
export const RUNG_OPTIONS = [
  { value: 'informed', text: 'We tell people what will happen' },
  { value: 'consulted', text: 'We ask people what they think, and we decide' },
  { value: 'engaged', text: 'People can change what we plan' },
  { value: 'co-designed', text: 'We plan it together, and we decide' },
  { value: 'co-produced', text: 'We plan it and decide it together' },
] as const;

const ANSWER_HINTS: Readonly<Record<string, string>> = {
  yes: 'We will do it.',
  partly: 'Say which part.',
  later: 'Say when you look again.',
  no: 'Say why.',
  'passed-on': 'Say who.',
  already: 'Say how people can use it.',
};

export const ANSWER_OPTIONS = [
  ...ANSWERS.map((value) => ({ value, text: say(`answer.${value}`), hint: ANSWER_HINTS[value] })),
  { value: 'undecided', text: 'No decision today', hint: 'Say by when you decide.' },
];

export const REASON_OPTIONS = REASONS.map((value) => ({ value, text: say(`reason.${value}`) }));

export const EFFECT_OPTIONS = [
  { value: '', text: 'Choose' },
  ...EFFECTS.map((value) => ({ value, text: say(`effect.${value}`) })),
];

/** Section D of the pledge, "co-production meetings are working well", in people's own words. */
export const MEETING_STATEMENTS = [
  { code: 'S13', text: 'I feel happy to be involved in the meetings' },
  { code: 'S14', text: 'I have plenty of opportunities to be involved' },
  { code: 'S15', text: 'I enjoy helping to make co-production work' },
  { code: 'S16', text: 'I don’t always get my way but I understand why' },
] as const;

/** Of what somebody else said: the note-taker speaks of "their" words. */
export const VOICES_OF_OTHERS = [
  { value: 'own', text: 'Their own words' },
  { value: 'helped', text: 'Someone helped them to say this' },
  { value: 'proxy', text: 'Someone said this for them', hint: 'Only with their agreement.' },
];
export const ATTRIBUTIONS_OF_OTHERS = [
  { value: 'group', text: 'As “a member of the group”' },
  { value: 'first-name', text: 'With their first name' },
  { value: 'name', text: 'With their whole name' },
  { value: 'hidden', text: 'Do not show it to others', hint: 'The team reads it. Nobody else does.' },
];
