import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { createdId } from '#event-store/ids';
import { Recorder } from '#event-store/recorder';
import { ReceiveDataRequest, StepDataRequest } from './data-request.commands.js';
import { dataRequest, receiveRequest, takeDataRequestStep } from './data-request.js';
import { Letters } from './letters.js';

@CommandHandler(ReceiveDataRequest)
export class ReceiveDataRequestHandler implements ICommandHandler<ReceiveDataRequest> {
  constructor(
    private readonly recorder: Recorder,
    private readonly letters: Letters,
  ) {}

  async execute({ context, id, received, letter, person }: ReceiveDataRequest) {
    const { authority } = received;
    await this.letters.put(id, { ...letter, authority, answer: null, person: person ?? null });
    const { today } = context.now;
    const acted = await this.recorder.act(dataRequest, id, context, (state) => receiveRequest(state, received, today));
    if (!person) return acted;
    const matching = { ...context, commandId: createdId(context.commandId, 'match') };
    return this.recorder.act(dataRequest, id, matching, (state) => takeDataRequestStep(state, { do: 'match' }, today));
  }
}

@CommandHandler(StepDataRequest)
export class StepDataRequestHandler implements ICommandHandler<StepDataRequest> {
  constructor(
    private readonly recorder: Recorder,
    private readonly letters: Letters,
  ) {}

  async execute({ context, id, step, kept }: StepDataRequest) {
    const acted = await this.recorder.act(dataRequest, id, context, (state) =>
      takeDataRequestStep(state, step, context.now.today),
    );
    // Gone already when they were erased, or its time was over.
    const letter = this.letters.get(id);
    if (letter && Object.keys(kept).length > 0) await this.letters.put(id, { ...letter, ...kept });
    return acted;
  }
}

export const dataRequestHandlers = [ReceiveDataRequestHandler, StepDataRequestHandler];
