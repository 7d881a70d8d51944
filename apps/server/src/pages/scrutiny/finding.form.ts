import { FINDINGS, SUBJECTS, type Subject } from '#scrutiny/audit.events';
import { Day, Id, OneOf, Text } from '../../api/fields.js';

/** What is looked at, as it stands in the address of the form. */
export class LookedAt {
  @OneOf(SUBJECTS) about: Subject;
  @Id() thing: string;
  @Id({ optional: true }) audit?: string;
}

/** What an officer found, and what they recommend, as it is typed. What the rules ask for is asked for by the rules. */
export class FindingForm extends LookedAt {
  @OneOf(FINDINGS, { missing: 'Choose what you found.', wrong: 'Choose what you found.' }) found: string;
  @Text(10_000, { missing: 'Say why you found this.' }) reason: string;
  @Day({ optional: true }) nextCheck?: string;
  /** For a new audit. */
  @Text(500, { optional: true }) title?: string;
  @Text(200, { optional: true }) body?: string;
  /** What is recommended; left out: nothing. */
  @Text(10_000, { optional: true }) what?: string;
  @Text(500, { optional: true }) to?: string;
  @Day({ optional: true }) due?: string;
}

export class PublicationForm {
  @Text(500, { missing: 'Say which body decided to publish it, and when.' }) decidedBy: string;
}
