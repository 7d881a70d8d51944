/** The codes of the public surface. Stored and never changed; what people read for them is editable wording. */
export const ROLES = [
  'participant',
  'supporter',
  'chair',
  'co-chair',
  'note-taker',
  'owner',
  'checker',
  'pledge-lead',
  'scrutiny-officer',
  'data-protection-officer',
  'administrator',
] as const;
export const CHANNELS = ['meeting', 'paper', 'phone', 'online', 'survey', 'letter', 'advocate'] as const;
export const CAPACITIES = ['uses-services', 'family-carer', 'advocate', 'staff', 'councillor', 'other'] as const;
export const VOICES = ['own', 'helped', 'proxy'] as const;
export const ATTRIBUTIONS = ['name', 'first-name', 'group', 'hidden'] as const;
export const ANSWERS = ['yes', 'partly', 'later', 'no', 'passed-on', 'already'] as const;
export const EFFECTS = ['changed', 'helped', 'heard'] as const;
export const REASONS = [
  'money',
  'staff',
  'law',
  'risk',
  'worse-for-others',
  'chose-differently',
  'find-out-more',
  'already-decided',
  'not-in-charge',
  'already-happens',
  'private',
] as const;
export const VERDICTS = ['done', 'partly', 'not-done', 'cannot-tell', 'no-longer-matters'] as const;
export const STAGES = ['plan', 'deliver', 'review'] as const;
export const LIFECYCLE = [
  'promised',
  'under-way',
  'reported-done',
  'confirmed',
  'disputed',
  'paused',
  'dropped',
  'transferred',
] as const;
export const UNDERSTANDINGS = ['yes', 'a-bit', 'no'] as const;
/** What a person may ask of us about their own view; each lands on the team's list and is answered there. */
export const REQUEST_KINDS = [
  'not-what-i-said',
  'take-back',
  'change-how-shown',
  'more-to-say',
  'not-done',
  'do-not-understand',
  'call-me',
  'look-again',
  'lost-card',
] as const;

export type Role = (typeof ROLES)[number];
export type Channel = (typeof CHANNELS)[number];
export type Capacity = (typeof CAPACITIES)[number];
export type Voice = (typeof VOICES)[number];
export type Attribution = (typeof ATTRIBUTIONS)[number];
export type Answer = (typeof ANSWERS)[number];
export type Effect = (typeof EFFECTS)[number];
export type Reason = (typeof REASONS)[number];
export type Verdict = (typeof VERDICTS)[number];
export type Stage = (typeof STAGES)[number];
export type LifecycleState = (typeof LIFECYCLE)[number];
export type Understanding = (typeof UNDERSTANDINGS)[number];
export type RequestKind = (typeof REQUEST_KINDS)[number];
