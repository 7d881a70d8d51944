import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type CommandContext, Recorder } from '#event-store/recorder';
import { isSealed } from '#kernel/personal';
import { missing } from '#kernel/refusal';
import { londonDay } from '#kernel/time';
import { Vault } from '#vault/vault';
import { RecordFact, RecordFactStep } from './fact.commands.js';
import { factOf, recordFact, recordStep } from './fact.js';
import { Surroundings } from './surroundings.js';
import { Toolkits } from './toolkits.js';

const dayOf = ({ occurredAt, now }: CommandContext): string => londonDay(occurredAt ?? now.instant);

@CommandHandler(RecordFact)
export class RecordFactHandler implements ICommandHandler<RecordFact> {
  constructor(
    private readonly recorder: Recorder,
    private readonly surroundings: Surroundings,
    private readonly toolkits: Toolkits,
  ) {}

  async execute({ context, kind, id, body: { authority, team, data } }: RecordFact) {
    if (team !== undefined) await this.surroundings.find(['team'], team, authority);
    const around = await this.surroundings.of(kind.birth.fields, data, authority);
    const toolkit = toolkitIn(this.toolkits, data);
    const subject = typeof data['person'] === 'string' ? data['person'] : id;
    const given = { data, around, on: dayOf(context), subject, ...(toolkit && { toolkit }) };
    return this.recorder.act(factOf(kind), id, context, (state) =>
      recordFact(kind, state, { authority, ...(team !== undefined && { team }) }, given),
    );
  }
}

@CommandHandler(RecordFactStep)
export class RecordFactStepHandler implements ICommandHandler<RecordFactStep> {
  constructor(
    private readonly recorder: Recorder,
    private readonly surroundings: Surroundings,
    private readonly toolkits: Toolkits,
    private readonly vault: Vault,
  ) {}

  async execute({ context, kind, id, step, data }: RecordFactStep) {
    const aggregate = factOf(kind);
    const { state: before } = await this.recorder.load(aggregate, `${kind.category}-${id}`);
    const birth = before.history[0];
    const { authority } = before.about;
    if (!birth || authority === undefined) throw missing('entry');
    if (context.within !== undefined && context.within !== authority) throw missing('entry');
    const around = await this.surroundings.of(step.fields, data, authority);
    const toolkit = toolkitIn(this.toolkits, birth.data);
    const subject = this.personOf(birth.data['person']) ?? id;
    const given = { data, around, on: dayOf(context), subject, ...(toolkit && { toolkit }) };
    return this.recorder.act(aggregate, id, context, (state) => recordStep(kind, step, state, given));
  }

  /** Whom the fact is about: what is added goes with that person too. Undefined when they were erased. */
  private personOf(ref: unknown): string | undefined {
    const opened = isSealed(ref) ? this.vault.open(ref.sealed) : undefined;
    return opened?.state === 'readable' ? opened.value : undefined;
  }
}

const toolkitIn = (toolkits: Toolkits, data: Readonly<Record<string, unknown>>) =>
  typeof data['toolkit'] === 'string'
    ? toolkits.find(data['toolkit'], data['version'] as string | undefined)
    : undefined;

export const factHandlers = [RecordFactHandler, RecordFactStepHandler];
