import { Transform } from 'class-transformer';
import {
  ATTRIBUTIONS,
  type Attribution,
  UNDERSTANDINGS,
  type Understanding,
  VERDICTS,
  type Verdict,
} from '#kernel/codes';
import { CARD_SCOPES } from '#contributions/contribution.events';
import { Flag, Id, OneOf, Text } from '../../api/fields.js';

export class AskForm {
  @Text(10_000, { optional: true }) words?: string;
  @Text(500, { optional: true }) contact?: string;
  @OneOf(ATTRIBUTIONS, { optional: true }) choice?: Attribution;
  @Transform(({ value }: { value: unknown }) => (value === 'yes' ? true : value))
  @Flag({ optional: true })
  namesSeen?: boolean;
}

export class UnderstandingForm {
  @OneOf(UNDERSTANDINGS) understood: Understanding;
  @Id({ optional: true }) decision?: string;
  @Transform(({ value }: { value: unknown }) => value === 'yes')
  @Flag({ optional: true })
  callBack?: boolean;
}

export class VerdictForm {
  @OneOf(VERDICTS, { missing: 'Choose what you think.' }) verdict: Verdict;
  @Text(10_000, { optional: true }) comment?: string;
}

export class SupporterForm {
  @OneOf(CARD_SCOPES, { optional: true }) scope?: (typeof CARD_SCOPES)[number];
  @Transform(({ value }: { value: unknown }) => value === 'yes')
  @Flag({ optional: true })
  agreed?: boolean;
}
