import { Transform } from 'class-transformer';
import { CARD_SCOPES, REPLY_CHANNELS } from '#contributions/contribution.events';
import { FAILURES } from '#contributions/replies';
import { Code, Day, Flag, Id, OneOf, Text } from '../../api/fields.js';

const ticked = (): PropertyDecorator => Transform(({ value }: { value: unknown }) => (value === 'yes' ? true : value));

export class ReplyForm {
  @OneOf(REPLY_CHANNELS, { missing: 'Choose how you replied.' }) channel: (typeof REPLY_CHANNELS)[number];
  @Code({ missing: 'Choose a format.' }) format: string;
  @Day({ missing: 'Enter the day.' }) day: string;
  @Text(200, { missing: 'Enter who gave the reply.' }) by: string;
  @Id({ optional: true }) about?: string;
  @Day({ optional: true }) answerBy?: string;
  @Text(10_000, { optional: true }) words?: string;
}

export class ArrivedForm {
  @Id({ missing: 'Choose the reply.' }) reply: string;
  @OneOf(['yes', ...FAILURES], { missing: 'Choose whether it arrived.' }) arrived: 'yes' | (typeof FAILURES)[number];
}

export class FixForm {
  @Text(10_000, { missing: 'Enter what the person said.' }) words: string;
  @Text(2_000, { optional: true }) why?: string;
}

export class CardForm {
  @OneOf(['reissue', 'cancel', 'bind', 'supporter', 'family']) do:
    'reissue' | 'cancel' | 'bind' | 'supporter' | 'family';
  @OneOf(CARD_SCOPES, { optional: true }) scope?: (typeof CARD_SCOPES)[number];
  @Id({ optional: true }) card?: string;
  @OneOf(['lost', 'person-asked', 'agreement-ended'], { optional: true }) reason?:
    'lost' | 'person-asked' | 'agreement-ended';
  @Text(40, { optional: true }) code?: string;
  @ticked() @Flag({ optional: true }) agreed?: boolean;
  @ticked() @Flag({ optional: true }) familyAsked?: boolean;
}
