import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Recorder } from '#event-store/recorder';
import { AppointChair, FormTeam, JoinTeam, LeaveTeam } from './team.commands.js';
import { appointChair, formTeam, joinTeam, leaveTeam, team } from './team.js';

@CommandHandler(FormTeam)
export class FormTeamHandler implements ICommandHandler<FormTeam> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, body }: FormTeam) {
    return this.recorder.act(team, id, context, (state) => formTeam(state, body));
  }
}

@CommandHandler(JoinTeam)
export class JoinTeamHandler implements ICommandHandler<JoinTeam> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, body }: JoinTeam) {
    return this.recorder.act(team, id, context, (state) => joinTeam(state, body));
  }
}

@CommandHandler(LeaveTeam)
export class LeaveTeamHandler implements ICommandHandler<LeaveTeam> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, body }: LeaveTeam) {
    return this.recorder.act(team, id, context, (state) => leaveTeam(state, body));
  }
}

@CommandHandler(AppointChair)
export class AppointChairHandler implements ICommandHandler<AppointChair> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, body }: AppointChair) {
    return this.recorder.act(team, id, context, (state) => appointChair(state, body));
  }
}

export const teamHandlers = [FormTeamHandler, JoinTeamHandler, LeaveTeamHandler, AppointChairHandler];
