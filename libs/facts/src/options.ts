import type { Option } from './fact-kind.js';

/** Codes that are stored, with the words people see. Codes are never changed; words may be. */
export const options = (texts: Readonly<Record<string, string>>): readonly Option[] =>
  Object.entries(texts).map(([value, text]) => ({ value, text }));

export const FORMATS = options({
  plain: 'Plain words',
  'easy-read': 'Easy read',
  'large-print': 'Large print',
  audio: 'Audio',
  video: 'Video',
  bsl: 'British Sign Language',
  braille: 'Braille',
  'other-language': 'Another language',
  'web-page': 'Web page',
  'read-aloud': 'Read aloud or explained in person',
});
export const WAYS_IN = options({
  meeting: 'At a meeting',
  'in-person': 'In person, somewhere else',
  paper: 'On paper',
  phone: 'By phone',
  online: 'Online',
  'easy-read': 'In easy read',
  bsl: 'In British Sign Language',
  advocate: 'With an advocate',
});
export const ROUTES = options({
  member: 'Someone in a team told them',
  'local-group': 'A local group or charity',
  'care-worker': 'Someone who supports them',
  letter: 'A letter or leaflet',
  phone: 'A phone call',
  'e-mail': 'An e-mail or text message',
  online: 'A web page or social media',
  event: 'An event',
  other: 'Another way',
});
export const TIMES_OF_DAY = options({
  morning: 'Morning',
  afternoon: 'Afternoon',
  evening: 'Evening',
  weekend: 'Weekend',
  'any-time': 'Any time',
});
export const STAGE_OPTIONS = options({ plan: 'Plan', deliver: 'Deliver', review: 'Review' });
export const WHO = options({ people: 'People and families', staff: 'Staff', together: 'People and staff together' });
export const YES_NO_NOT_KNOWN = options({ yes: 'Yes', no: 'No', 'not-known': 'We do not know' });
export const TOPICS = options({
  system: 'How health and social care work',
  meetings: 'Taking part in meetings',
  speaking: 'Speaking up and confidence',
  chairing: 'Chairing and leading',
  money: 'How money is decided',
  rights: 'Rights and the law',
  technology: 'Computers and phones',
  'co-production': 'What co-production is',
  interviewing: 'Choosing staff or services',
  other: 'Something else',
});
export const BARRIERS = options({
  time: 'The time did not suit',
  place: 'The place could not be reached',
  transport: 'No transport',
  cost: 'It cost too much',
  'no-care': 'Nobody to take over care',
  format: 'Not in a format that works',
  late: 'Told too late',
  cancelled: 'It was cancelled',
  'not-known': 'We do not know',
  other: 'Something else',
});
/** Why a need was not met: what the service did, never what it tells of a person. */
export const NOT_MET = options({
  'asked-late': 'We asked too late',
  'not-arranged': 'Nobody arranged it',
  'not-available': 'It could not be found in time',
  'no-money': 'There was no money for it',
  'not-passed-on': 'It was not passed on',
  other: 'Something else',
});
export const CONSENTS = options({
  words: 'Show my words',
  name: 'Show my name',
  picture: 'Use my picture or recording',
  quote: 'Quote me in a report',
  contact: 'Get in touch with me',
  share: 'Share what I said with another service',
});
export const COMMISSIONING_STAGES = options({
  need: 'Finding out what is needed',
  specification: 'Writing the specification',
  tender: 'Asking for offers',
  award: 'Choosing who gets it',
  running: 'The contract is running',
  review: 'Looking back at the contract',
  ended: 'The contract has ended',
});
