import type { Command } from '@nestjs/cqrs';
import { ConsiderContribution, GiveContribution, ReadBackContribution } from '#contributions/contribution.commands';
import { RecordDecision } from '#decisions/decision.commands';
import type { Acted, CommandContext } from '#event-store/recorder';
import { PromiseServiceChange } from '#service-changes/service-change.commands';
import { HoldDiscussion } from './meeting.commands.js';
import type { Step } from './outcome-steps.js';

/** The command of each step, sent over the bus like anybody else's: the fan-out has no way of its own into a stream. */
export const commandOf = (step: Step, context: CommandContext): Command<Acted> => {
  switch (step.does) {
    case 'give':
      return new GiveContribution(context, step.to, step.body);
    case 'read-back':
      return new ReadBackContribution(context, step.to, step.body);
    case 'hold':
      return new HoldDiscussion(context, step.to, step.body);
    case 'consider':
      return new ConsiderContribution(context, step.to, step.body);
    case 'decide':
      return new RecordDecision(context, step.to, step.body);
    case 'promise':
      return new PromiseServiceChange(context, step.to, step.body);
  }
};
