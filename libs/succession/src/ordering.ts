import { Injectable } from '@nestjs/common';
import { Authorities } from '#authorities/authorities';
import { createdId } from '#event-store/ids';
import { type Acted, type CommandContext, Recorder } from '#event-store/recorder';
import { Rows } from '#projections/rows';
import { type PlanLine, planOf, resolved } from './plan.js';
import { callOff, type NewSuccession, orderSuccession, SUCCESSIONS, successions } from './succession.js';
import { Refusal, Refusals } from '#kernel/refusal';

/** Orders a succession, from the command line and from the page alike. */
@Injectable()
export class Ordering {
  constructor(
    private readonly recorder: Recorder,
    private readonly rows: Rows,
    private readonly authorities: Authorities,
  ) {}

  /** The order is decided as it would be, and nothing is recorded. @throws Refusal */
  async dryRun(given: NewSuccession): Promise<Generator<PlanLine>> {
    const order = resolved(this.rows, given);
    const { state } = await this.all();
    const decided = orderSuccession(state, SUCCESSIONS, order, (code) => this.authorities.get(code));
    if (decided instanceof Refusal || decided instanceof Refusals) throw decided;
    return planOf(this.rows, order);
  }

  /** The id of an order follows from its command: sent twice, it stands once. @throws Refusal */
  async order(context: CommandContext, given: NewSuccession): Promise<Acted> {
    const id = createdId(context.commandId, 'succession');
    const { orders } = (await this.all()).state;
    // Sent again after its day, what it named is not open there any more.
    const order = orders.some(({ succession }) => succession === id) ? given : resolved(this.rows, given);
    return this.recorder.act(successions, SUCCESSIONS, context, (state) =>
      orderSuccession(state, id, order, (code) => this.authorities.get(code)),
    );
  }

  private all() {
    return this.recorder.load(successions, `${successions.category}-${SUCCESSIONS}`);
  }

  /** @throws Refusal */
  callOff(context: CommandContext, succession: string, reason: string): Promise<Acted> {
    return this.recorder.act(successions, SUCCESSIONS, context, (state) =>
      callOff(state, succession, reason, context.now.today),
    );
  }
}
