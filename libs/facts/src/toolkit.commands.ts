import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Acted, type CommandContext, Recorder } from '#event-store/recorder';
import { publishToolkit, toolkit, toolkitId } from './toolkit.js';
import type { Toolkit } from './toolkit.events.js';
import { shippedToolkits } from './toolkits.js';

export class PublishToolkit extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly given: Toolkit,
  ) {
    super();
  }
}

@CommandHandler(PublishToolkit)
export class PublishToolkitHandler implements ICommandHandler<PublishToolkit> {
  constructor(private readonly recorder: Recorder) {}

  async execute({ context, given }: PublishToolkit) {
    return this.recorder.act(toolkit, toolkitId(given), context, (state) =>
      publishToolkit(state, given, shippedToolkits()),
    );
  }
}
