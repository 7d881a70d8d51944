import { Module } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Acted, type CommandContext, Recorder } from '#event-store/recorder';
import { missing } from '#kernel/refusal';
import { authority } from './authority.js';
import { changeSetting, type SettingGiven } from './setting-rules.js';
import { AuthoritySettings } from './settings.js';

/** A council sets one of its clocks anew, with a reason. */
export class ChangeAuthoritySetting extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    /** Code of the council. */
    readonly authority: string,
    readonly given: SettingGiven,
  ) {
    super();
  }
}

@CommandHandler(ChangeAuthoritySetting)
export class ChangeAuthoritySettingHandler implements ICommandHandler<ChangeAuthoritySetting> {
  constructor(
    private readonly recorder: Recorder,
    private readonly settings: AuthoritySettings,
  ) {}

  async execute({ context, authority: code, given }: ChangeAuthoritySetting) {
    const id = this.settings.streamOf(code);
    if (id === undefined) throw missing('council');
    return this.recorder.act(authority, id, context, (state) => changeSetting(state, id, given));
  }
}

@Module({ providers: [ChangeAuthoritySettingHandler] })
export class AuthoritiesModule {}
