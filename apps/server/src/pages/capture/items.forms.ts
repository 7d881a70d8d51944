import { Transform } from 'class-transformer';
import {
  ANSWERS,
  ATTRIBUTIONS,
  type Attribution,
  type Answer,
  CAPACITIES,
  type Capacity,
  REASONS,
  type Reason,
  VOICES,
  type Voice,
} from '#kernel/codes';
import { Code, Codes, Day, Flag, Id, OneOf, Text, Texts, Whole } from '../../api/fields.js';
import { Typed } from './about.forms.js';

const ticked = (): PropertyDecorator => Transform(({ value }: { value: unknown }) => (value === 'yes' ? true : value));
/** One box ticked arrives as one text, several as a list, none as nothing. */
const listed = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value],
  );

const WORDS = 10_000;

class ItemForm {
  @Text(9, { optional: true }) revision?: string;
}

export class ViewForm extends ItemForm {
  @Text(WORDS, { missing: 'Enter what the person said.' }) words: string;
  @Text(200, { optional: true }) who?: string;
  @Id({ optional: true }) participant?: string;
  @OneOf(CAPACITIES, { optional: true }) capacity?: Capacity;
  @OneOf(VOICES, { optional: true }) voice?: Voice;
  @Text(200, { optional: true }) helper?: string;
  @ticked() @Flag({ optional: true }) agreed?: boolean;
  @OneOf(ATTRIBUTIONS, { optional: true }) attribution?: Attribution;
  @Typed() @Whole(2, 100_000, { optional: true }) groupSize?: number;
  @Code({ optional: true, wrong: 'Use a short code for the language, like cy or ur.' }) language?: string;
}

export class DecisionForm extends ItemForm {
  @listed() @Texts(6, 500) views: string[] = [];
  @OneOf([...ANSWERS, 'undecided'], { missing: 'Choose what the team decided.' }) answer: Answer | 'undecided';
  @Text(WORDS, { missing: 'Enter what was decided.' }) statement: string;
  @listed() @Codes(REASONS) reasons: Reason[] = [];
  @Text(WORDS, { optional: true }) why?: string;
  @Text(WORDS, { optional: true }) whichPart?: string;
  @Text(WORDS, { optional: true }) alternatives?: string;
  @Day({ optional: true }) lookAgain?: string;
  @ticked() @Flag({ optional: true }) noLookAgain?: boolean;
  @Text(200, { optional: true }) passedTo?: string;
  @Day({ optional: true }) decideBy?: string;
  @Text(500, { optional: true }) money?: string;
  @Typed() @Whole(1, 5, { optional: true }) importance?: number;
  @Text(WORDS, { optional: true }) easyText?: string;
  @Text(500, { optional: true }) vagueOverride?: string;
}

export class PromiseForm extends ItemForm {
  @listed() @Texts(6, 500) views: string[] = [];
  @Text(WORDS, { missing: 'Enter what will be done.' }) what: string;
  @Text(200, { optional: true }) ownerName?: string;
  @Text(200, { optional: true }) ownerRole?: string;
  @Day({ optional: true }) due?: string;
  @Text(2_000, { optional: true }) proofWanted?: string;
  @Text(200, { optional: true }) checkerName?: string;
  @Text(200, { optional: true }) checkerRole?: string;
  @Text(500, { optional: true }) vagueOverride?: string;
}
