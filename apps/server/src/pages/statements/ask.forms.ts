import { CAPACITIES, type Capacity, VOICES, type Voice } from '#kernel/codes';
import { ANSWER_CODES } from '#suppression/answer-table';
import { OneOf } from '../../api/fields.js';

export class WhoAnswersForm {
  @OneOf(VOICES, { missing: 'Say who gives the answers.' }) voice: Voice;
  @OneOf(CAPACITIES, { optional: true }) capacity?: Capacity;
}

export const SKIP = 'skip';

export class AnswerForm {
  @OneOf([...ANSWER_CODES, SKIP], { missing: 'Choose an answer, or skip.' }) answer: string;
}

/** Faces beside the words, never instead of them, and alike in colour. */
export const FACES: Readonly<Record<string, string>> = {
  yes: 'face-yes',
  'a-bit': 'face-a-bit',
  no: 'face-no',
  'not-sure': 'question',
  'rather-not-say': 'lock',
  'not-about-me': 'person',
};

export const VOICE_OPTIONS = [
  { value: 'own', text: 'I answer for myself' },
  { value: 'helped', text: 'I answer, and someone helps me' },
  { value: 'proxy', text: 'I answer for someone else', hint: 'Only if the person agrees.' },
];
