import { Type } from 'class-transformer';
import { SAMPLED, type Sampled } from '#scrutiny/audit.events';
import { LARGEST_SAMPLE } from '#scrutiny/audit-rules';
import { Id, OneOf, Text, Whole } from '../../api/fields.js';
import { ScrutinyListing } from '../../api/scrutiny.query.js';

const HOW_MANY = `Choose how many: a whole number from 1 to ${LARGEST_SAMPLE}.`;

/** What is drawn, how many, and into which audit. The filter comes along from the list, as it stood in the address. */
export class SampleForm extends ScrutinyListing {
  @OneOf(SAMPLED, { missing: 'Choose what to draw.', wrong: 'Choose what to draw.' }) of: Sampled;
  @Type(() => Number)
  @Whole(1, LARGEST_SAMPLE, { missing: HOW_MANY, wrong: HOW_MANY })
  asked: number;
  /** Left out: a new audit. */
  @Id({ optional: true, wrong: 'Choose an audit from the list.' }) audit?: string;
  @Text(500, { optional: true }) title?: string;
  @Text(200, { optional: true }) body?: string;
}
