import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { considerContribution } from '#contributions/considered';
import { contribution } from '#contributions/contribution';
import { uuid5 } from '#event-store/ids';
import { type Acted, Recorder } from '#event-store/recorder';
import { missing, Refusal } from '#kernel/refusal';
import { team } from '#teams/team';
import { discussion, holdDiscussion } from './discussion.js';
import { callMeeting, closeMeeting, confirmOutcomes, meeting, openMeeting } from './meeting.js';
import { CallMeeting, CloseMeeting, ConfirmOutcomes, HoldDiscussion, OpenMeeting } from './meeting.commands.js';

@CommandHandler(CallMeeting)
export class CallMeetingHandler implements ICommandHandler<CallMeeting> {
  constructor(private readonly recorder: Recorder) {}
  async execute({ context, id, body }: CallMeeting) {
    const { state: of } = await this.recorder.load(team, `${team.category}-${body.team}`);
    if (!of.exists || of.about.authority !== body.authority) throw missing('team');
    return this.recorder.act(meeting, id, context, (state) => callMeeting(state, body));
  }
}

@CommandHandler(OpenMeeting)
export class OpenMeetingHandler implements ICommandHandler<OpenMeeting> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id }: OpenMeeting) {
    return this.recorder.act(meeting, id, context, openMeeting);
  }
}

@CommandHandler(CloseMeeting)
export class CloseMeetingHandler implements ICommandHandler<CloseMeeting> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id }: CloseMeeting) {
    return this.recorder.act(meeting, id, context, closeMeeting);
  }
}

@CommandHandler(ConfirmOutcomes)
export class ConfirmOutcomesHandler implements ICommandHandler<ConfirmOutcomes> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id }: ConfirmOutcomes) {
    return this.recorder.act(meeting, id, context, (state) => confirmOutcomes(state, context.actor));
  }
}

@CommandHandler(HoldDiscussion)
export class HoldDiscussionHandler implements ICommandHandler<HoldDiscussion> {
  constructor(private readonly recorder: Recorder) {}

  async execute({ context, id, body }: HoldDiscussion) {
    const held = await this.recorder.act(discussion, id, context, (state) => holdDiscussion(state, id, body));
    // The fan-out of a meeting marks views itself, so that each one that cannot be marked is shown as a gap.
    if (context.about?.fanOut) return held;
    let last: Acted = held;
    for (const view of body.contributions) last = (await this.consider(context, id, view, body.meeting)) ?? last;
    return { ...held, position: last.position ?? held.position };
  }

  /** Command ids follow from the discussion: sent again after a crash, each view is marked once. */
  private async consider(context: HoldDiscussion['context'], id: string, view: string, inMeeting: string | undefined) {
    const at = {
      discussion: id,
      ...(inMeeting && { meeting: inMeeting }),
      decidedAt: context.occurredAt ?? context.now.instant,
    };
    const own = { ...context, commandId: uuid5(context.commandId, `consider ${view}`) };
    try {
      return await this.recorder.act(contribution, view, own, (state) => considerContribution(state, at));
    } catch (error) {
      // A view that was taken back was on the table all the same; that it was not considered shows as its gap.
      if (error instanceof Refusal) return undefined;
      throw error;
    }
  }
}

export const meetingHandlers = [
  CallMeetingHandler,
  OpenMeetingHandler,
  CloseMeetingHandler,
  ConfirmOutcomesHandler,
  HoldDiscussionHandler,
];
