import { Module } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Attribution } from '#kernel/codes';
import { type Acted, type CommandContext, Recorder } from '#event-store/recorder';
import { FindParticipantHandler } from './participants.queries.js';
import { participant, registerParticipant } from './participant.js';
import { People } from './people.js';

export class RegisterParticipant extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: {
      authority: string;
      name: string;
      contact?: string;
      format?: string;
      attribution?: Attribution;
      language?: string;
    },
  ) {
    super();
  }
}

@CommandHandler(RegisterParticipant)
export class RegisterParticipantHandler implements ICommandHandler<RegisterParticipant> {
  constructor(
    private readonly recorder: Recorder,
    private readonly people: People,
  ) {}

  async execute({ context, id, body: { name, contact, format, ...body } }: RegisterParticipant) {
    // The name first: an id that nobody can put a name to would be worse than a name without events.
    await this.people.put(id, { authority: body.authority, name, contact: contact ?? null, format: format ?? null });
    return this.recorder.act(participant, id, context, (state) => registerParticipant(state, body));
  }
}

@Module({ providers: [People, RegisterParticipantHandler, FindParticipantHandler], exports: [People] })
export class ParticipantsModule {}
