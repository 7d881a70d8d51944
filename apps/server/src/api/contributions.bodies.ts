import { ATTRIBUTIONS, CAPACITIES, CHANNELS, UNDERSTANDINGS, VOICES } from '#kernel/codes';
import type { Attribution, Capacity, Channel, Understanding, Voice } from '#kernel/codes';
import { REPLY_CHANNELS, STOP_REASONS } from '#contributions/contribution.events';
import { Code, Day, Flag, Id, Instant, OneOf, Text, Whole } from './fields.js';

const LONGEST_WORDS = 10_000;

export class ContributionBody {
  @Code() authority: string;
  @Id({ optional: true }) team?: string;
  @Text(LONGEST_WORDS) words: string;
  @OneOf(CHANNELS) channel: Channel;
  @OneOf(CAPACITIES) capacity: Capacity;
  @OneOf(VOICES) voice: Voice;
  @OneOf(ATTRIBUTIONS) attribution: Attribution;
  @Instant({ optional: true, description: 'When they told us, if not now.' }) occurredAt?: string;
  @Id({ optional: true }) participant?: string;
  @Text(200, { optional: true, description: 'Who helped or spoke for them. Sealed.' }) helper?: string;
  @Flag({ optional: true, description: 'The person agreed that this be said for them.' }) agreed?: boolean;
  @Whole(2, 100_000, { optional: true }) groupSize?: number;
  @Code({ optional: true, description: 'Language of the words (BCP 47).' }) language?: string;
  @Flag({ optional: true, description: 'False: recorded but not published.' }) published?: boolean;
}

export class CorrectionBody {
  @Text(LONGEST_WORDS) words: string;
  @Text(2_000, { optional: true }) why?: string;
}

export class WithdrawalBody {
  @Text(2_000, { optional: true }) reason?: string;
}

export class AttributionBody {
  @OneOf(ATTRIBUTIONS) attribution: Attribution;
}

export class UnderstandingBody {
  @OneOf(UNDERSTANDINGS) understood: Understanding;
  @Id({ optional: true }) decision?: string;
  @Flag({ optional: true, description: 'Please call me about it.' }) callBack?: boolean;
}

export class CallBackBody {
  @Text(500, { optional: true, description: 'A number or address, if we do not have one. Sealed.' }) contact?: string;
  @Text(2_000, { optional: true }) note?: string;
}

export class AdditionBody {
  @Text(LONGEST_WORDS) words: string;
}

/** `reason` left out: the clock runs again. */
export class ReplyClockBody {
  @OneOf(STOP_REASONS, { optional: true }) reason?: (typeof STOP_REASONS)[number];
  @Text(10_000, { optional: true, description: 'Sealed; read by the person and the team.' }) words?: string;
}

export class ReplyBody {
  @OneOf(REPLY_CHANNELS) channel: (typeof REPLY_CHANNELS)[number];
  @Code({ description: 'plain, easy-read, large-print, audio, bsl, a language code …' }) format: string;
  @Instant() givenAt: string;
  @Text(200, { description: 'Who gave it. Sealed.' }) by: string;
  @Id({ optional: true, description: 'The decision or change it tells of.' }) about?: string;
  @Day({ optional: true, description: 'For a holding reply: when the answer will come.' }) answerBy?: string;
  @Text(LONGEST_WORDS, { optional: true }) words?: string;
}
