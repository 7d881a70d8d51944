import {
  DATA_REQUEST_CHANNELS, DATA_REQUEST_KINDS, type DataRequestChannel, type DataRequestKind, REFUSAL_GROUNDS, type RefusalGround,
} from '#data-requests/data-request.events'; // prettier-ignore
import type { DataRequestStep } from '#data-requests/data-request';
import { Code, Day, OneOf, Text } from '../../api/fields.js';

export class AskForm {
  @Code({ missing: 'Choose your council.' }) authority: string;
  @OneOf(DATA_REQUEST_KINDS, { missing: 'Choose what you want to ask.' }) kind: DataRequestKind;
  @Text(200, { missing: 'Enter your name.' }) name: string;
  @Text(500, { missing: 'Enter how we can reach you.' }) contact: string;
  @Text(10_000, { optional: true }) words?: string;
}

/** A letter, a call or a visit, written down by whoever answers for data protection. */
export class WriteDownForm {
  @OneOf(DATA_REQUEST_KINDS, { missing: 'Choose what they ask.' }) kind: DataRequestKind;
  @OneOf(DATA_REQUEST_CHANNELS, { missing: 'Choose how it reached you.' }) channel: DataRequestChannel;
  @Day({ missing: 'Enter the day on which it reached the council.' }) receivedOn: string;
  @Text(200, { missing: 'Enter their name.' }) name: string;
  @Text(500, { missing: 'Enter how to reach them.' }) contact: string;
  @Text(10_000, { optional: true }) words?: string;
}

export class FindForm {
  @Text(200, { missing: 'Enter a name, or the code of a card.' }) who: string;
}

export const STEPS = [
  'acknowledge', 'pause-identity', 'pause-clarification', 'resume', 'extend-complex', 'extend-several',
  'answer-done', 'answer-partly', 'answer-refused',
] as const; // prettier-ignore
export type StepCode = (typeof STEPS)[number];

export class StepForm {
  @OneOf(STEPS, { missing: 'Choose what happened.' }) step: StepCode;
  @OneOf(REFUSAL_GROUNDS, { optional: true }) ground?: RefusalGround;
  @Text(10_000, { optional: true }) answer?: string;
}

export const stepOf = ({ step, ground }: StepForm): DataRequestStep => {
  switch (step) {
    case 'acknowledge':
    case 'resume':
      return { do: step };
    case 'pause-identity':
      return { do: 'pause', why: 'identity' };
    case 'pause-clarification':
      return { do: 'pause', why: 'clarification' };
    case 'extend-complex':
      return { do: 'extend', why: 'complex' };
    case 'extend-several':
      return { do: 'extend', why: 'several' };
    case 'answer-done':
      return { do: 'answer', outcome: 'done' };
    case 'answer-partly':
      return { do: 'answer', outcome: 'partly', ...(ground && { ground }) };
    case 'answer-refused':
      return { do: 'answer', outcome: 'refused', ...(ground && { ground }) };
  }
};

/** `hold:court`, `erase:objection`, `restrict:unlawful`, `lift-hold:ID`, `lift-restriction`. */
export class ActForm {
  @Text(80, { missing: 'Choose what shall be done.' }) act: string;
  @OneOf(['yes'], { optional: true })
  sure?: 'yes';
}
