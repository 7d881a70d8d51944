import { CAPACITIES, VOICES } from '#kernel/codes';
import {
  count,
  date,
  fields,
  flag,
  id,
  list,
  oneOf,
  optional,
  sealedWhole,
  type Shape,
  text,
  words,
} from '#kernel/shape';
import type { CodeList, Control, FactField, Option, Thing } from './fact-kind.js';

/** `missing` makes a field one that must be filled, and says so to the person who left it out. */
interface About {
  readonly label: string;
  readonly hint?: string;
  readonly missing?: string;
}

const field = <T>(shape: Shape<T>, control: Control, about: About, sealed?: 'public' | 'private'): FactField => ({
  shape: about.missing === undefined ? optional(shape) : shape,
  control,
  ...about,
  ...(sealed && { sealed }),
});

const LINE = 200;
const LINES = 4_000;
const MOST_PEOPLE = 100_000;

/** One line that is never about a person: a topic, a place, an organisation. */
export const line = (about: About, max = LINE): FactField => field(text, { as: 'line', max }, about);

/** People's own words: anything may stand in them, so they are sealed. Shown on the page of the fact. */
export const said = (about: About): FactField => field(words, { as: 'words', max: LINES }, about, 'public');

/** Words that only those who act on them may read. */
export const toldInPrivate = (about: About): FactField => field(words, { as: 'words', max: LINES }, about, 'private');

export const number = (about: About, min = 0, max = MOST_PEOPLE): FactField =>
  field(count, { as: 'number', min, max }, about);

export const day = (about: About): FactField => field(date, { as: 'date' }, about);

export const yesNo = (about: About): FactField => field(flag, { as: 'yes-no' }, about);

export const one = (options: readonly Option[], about: About): FactField =>
  field(oneOf(...options.map(({ value }) => value)), { as: 'one', options }, about);

export const many = (options: readonly Option[], about: About): FactField =>
  field(list(oneOf(...options.map(({ value }) => value))), { as: 'many', options }, about);

/** One of these, but nobody may read which in the log: few answers point at one person. */
export const oneInPrivate = (options: readonly Option[], about: About): FactField =>
  field(
    sealedWhole<string>(options.map(({ value }) => `\`${value}\``).join(' · ')),
    { as: 'one', options },
    about,
    'private',
  );

const VOICE_TEXTS: Readonly<Record<(typeof VOICES)[number], string>> = {
  own: 'They said it themselves',
  helped: 'They said it with help',
  proxy: 'Someone else said it for them',
};

/** Whether an answer is somebody's own. Always asked for; only entries of earlier days may stand without it. */
export const voice = (): FactField => ({
  shape: optional(oneOf(...VOICES)),
  control: { as: 'one', options: VOICES.map((value) => ({ value, text: VOICE_TEXTS[value] })) },
  label: 'Did they say it themselves?',
  missing: 'Choose whether they said it themselves, with help, or someone else said it for them.',
});

export const CAPACITY_OPTIONS: readonly Option[] = [
  { value: 'uses-services', text: 'People who use care or support' },
  { value: 'family-carer', text: 'Family members and carers' },
  { value: 'advocate', text: 'Advocates' },
  { value: 'staff', text: 'People who work for a service' },
  { value: 'councillor', text: 'Councillors' },
  { value: 'other', text: 'Other people' },
];

/** How many people, by the capacity in which they took part. */
export const people = (about: About): FactField =>
  field(
    list(fields({ capacity: oneOf(...CAPACITIES), count })),
    { as: 'counts', options: CAPACITY_OPTIONS, of: 'capacity' },
    about,
  );

/** What people feel, counted: sealed whole, so that the log does not defeat the suppression of small numbers. */
export const felt = (of: string, options: readonly Option[], about: About): FactField =>
  field(
    sealedWhole<{ [key: string]: string | number }[]>(`${of} and how many people`),
    { as: 'counts', options, of },
    about,
    'private',
  );

const DECIMAL = /^-?\d{1,12}([.]\d{1,6})?$/;

/** A measured number, kept to the digit as it was given: the log holds no floats. */
export const measured = (about: About): FactField =>
  field(text, { as: 'line', max: 20, pattern: DECIMAL, wrong: 'Use a number, like 12 or 3.5.' }, about);

const ADDRESS = /^https?:\/\/\S+$/;
export const address = (about: About): FactField =>
  field(text, { as: 'line', max: 500, pattern: ADDRESS, wrong: 'Use a web address that begins with https://' }, about);

const SHA256 = /^[0-9a-f]{64}$/;
export const fingerprint = (about: About): FactField =>
  field(
    text,
    { as: 'line', max: 64, pattern: SHA256, wrong: 'Use the SHA-256 of the file: 64 letters and digits.' },
    about,
  );

const AMOUNT = /^\d{1,7}([.]\d\d)?$/;
/** Pounds and pence; what one person got is nobody's business. */
export const amountInPrivate = (about: About): FactField =>
  field(words, { as: 'line', max: 12, pattern: AMOUNT, wrong: 'Use pounds, like 20 or 12.50.' }, about, 'private');

const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
/** One of the pledges, toolkits, questions or levels that there are: the page offers them, the rules know them. */
export const codeOf = (from: CodeList, about: About): FactField =>
  field(text, { as: 'code', from, pattern: CODE }, about);

export const references = (about: About): FactField => field(list(text), { as: 'list', max: 10 }, about);

/** Who it is about. The id is sealed with that person's own key: a need tied to a person must go with the person. */
export const person = (about: About): FactField => field(words, { as: 'person' }, about, 'private');

export const members = (about: About): FactField =>
  field(sealedWhole<string[]>('ids of people'), { as: 'people' }, about, 'private');

/** A promise that somebody other than its owner confirmed. */
export const confirmedPromise = (about: About): FactField =>
  field(id, { as: 'thing', of: ['commitment', 'serviceChange'], only: 'confirmed' }, about);

export const thing = (of: Thing | readonly Thing[], about: About): FactField =>
  field(id, { as: 'thing', of: typeof of === 'string' ? [of] : of }, about);
