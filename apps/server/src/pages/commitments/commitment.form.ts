import { Code, Id, Text } from '../../api/fields.js';

/** A promise under the pledge, as it is typed. What the rules ask for is asked for by the rules, all at once. */
export class CommitmentForm {
  @Code({ missing: 'Choose a council.' }) authority: string;
  @Id({ optional: true }) team?: string;
  /** The pledge and its part, as the one list offers them: `east-of-england P1a`. */
  @Text(100, { optional: true }) part?: string;
  @Text(10_000, { optional: true }) what?: string;
  @Text(200, { optional: true }) ownerName?: string;
  @Text(200, { optional: true }) ownerRole?: string;
  @Text(20, { optional: true }) due?: string;
  @Text(2_000, { optional: true }) proofWanted?: string;
  @Text(200, { optional: true }) checkerName?: string;
  @Text(200, { optional: true }) checkerRole?: string;
  @Text(500, { optional: true }) vagueOverride?: string;
}

/** Where the rules' own names for fields stand on the page. */
export const FIELD_OF: Readonly<Record<string, string>> = {
  '/owner/name': '/ownerName',
  '/owner/role': '/ownerRole',
  '/checker/role': '/checkerRole',
  '/checker/name': '/checkerName',
  '/pledgePart': '/part',
  '/pledge': '/part',
};
