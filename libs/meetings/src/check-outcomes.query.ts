import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Recorder } from '#event-store/recorder';
import type { Clock } from '#kernel/aggregate';
import type { Refusal } from '#kernel/refusal';
import { CLOCK } from '#projections/tokens';
import { meeting } from './meeting.js';
import { OutcomeFactsReader } from './outcome-facts.js';
import type { OutcomesBody } from './outcomes.js';
import { checkOutcomes } from './record-outcomes.js';

/** What recording this body now would be refused for; empty when nothing stands in its way. Records nothing. */
export class CheckOutcomes extends Query<readonly Refusal[]> {
  constructor(
    readonly meeting: string,
    readonly body: OutcomesBody,
  ) {
    super();
  }
}

@QueryHandler(CheckOutcomes)
export class CheckOutcomesHandler implements IQueryHandler<CheckOutcomes> {
  constructor(
    private readonly recorder: Recorder,
    private readonly facts: OutcomeFactsReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ meeting: id, body }: CheckOutcomes) {
    const { state } = await this.recorder.load(meeting, `${meeting.category}-${id}`);
    if (!state.exists || state.recordedBy !== undefined) return [];
    return checkOutcomes(state, id, body, await this.facts.read(id, state, body, this.clock.now()));
  }
}
