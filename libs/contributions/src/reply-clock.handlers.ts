import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuthoritySettings } from '#authorities/settings';
import { Recorder } from '#event-store/recorder';
import { type Contribution, contribution } from './contribution.js';
import { GiveReplyReasons, StopReplyClock } from './contribution.commands.js';
import { giveReplyReasons, startClock, stopClock } from './reply-clock-rules.js';

/** Working days that this view's council allowed itself when the view was written down. */
export const daysAllowed = (settings: AuthoritySettings, { givenTo, clock }: Contribution): number =>
  settings.inForce(givenTo, clock.startedAt)['reply-days'][0] ?? 0;

@CommandHandler(StopReplyClock)
export class StopReplyClockHandler implements ICommandHandler<StopReplyClock> {
  constructor(
    private readonly recorder: Recorder,
    private readonly settings: AuthoritySettings,
  ) {}

  execute({ context, id, body }: StopReplyClock) {
    const { today } = context.now;
    return this.recorder.act(contribution, id, context, (state) =>
      body ? stopClock(state, id, body, { today, days: daysAllowed(this.settings, state) }) : startClock(state),
    );
  }
}

@CommandHandler(GiveReplyReasons)
export class GiveReplyReasonsHandler implements ICommandHandler<GiveReplyReasons> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, words }: GiveReplyReasons) {
    return this.recorder.act(contribution, id, context, (state) => giveReplyReasons(state, id, words));
  }
}

export const replyClockHandlers = [StopReplyClockHandler, GiveReplyReasonsHandler];
