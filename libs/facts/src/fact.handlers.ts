import { Injectable } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type CommandContext, Recorder } from '#event-store/recorder';
import { isSealed } from '#kernel/personal';
import { missing } from '#kernel/refusal';
import { londonDay, londonInstant } from '#kernel/time';
import { Vault } from '#vault/vault';
import { MendFactEntry, type NewFact, RecordFact, RecordFactStep } from './fact.commands.js';
import { birthOf, type Fact, factOf, type Given, recordFact, recordStep } from './fact.js';
import type { FactFields, FactKind } from './fact-kind.js';
import { stepsOf } from './fact-kind.js';
import { mendEntry } from './mend-entry.js';
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
    const given = { data, around, on: dayOf(context), by: context.actor.ref, subject, ...(toolkit && { toolkit }) };
    return this.recorder.act(factOf(kind), id, context, (state) =>
      recordFact(kind, state, { authority, ...(team !== undefined && { team }) }, given),
    );
  }
}

/** What a later entry of a fact needs to know of the fact itself. */
@Injectable()
export class FactsBefore {
  constructor(
    private readonly recorder: Recorder,
    private readonly surroundings: Surroundings,
    private readonly toolkits: Toolkits,
    private readonly vault: Vault,
  ) {}

  /** @throws Refusal when there is no such fact, or it is another council's. */
  async load(kind: FactKind, id: string, { within }: CommandContext): Promise<Fact & { readonly authority: string }> {
    const { state } = await this.recorder.load(factOf(kind), `${kind.category}-${id}`);
    const { authority } = state.about;
    if (authority === undefined || (within !== undefined && within !== authority)) throw missing('entry');
    return { ...state, authority };
  }

  async given(
    kind: FactKind,
    id: string,
    before: Fact & { readonly authority: string },
    fields: FactFields,
    data: NewFact['data'],
    context: CommandContext,
  ): Promise<Given> {
    const birth = birthOf(kind, before)?.data ?? {};
    const around = await this.surroundings.of(fields, data, before.authority);
    const toolkit = toolkitIn(this.toolkits, fields === kind.birth.fields ? data : birth);
    const person = fields === kind.birth.fields ? data['person'] : this.personOf(birth['person']);
    const subject = typeof person === 'string' ? person : id;
    return { data, around, on: dayOf(context), by: context.actor.ref, subject, ...(toolkit && { toolkit }) };
  }

  /** Whom the fact is about: what is added goes with that person too. Undefined when they were erased. */
  private personOf(ref: unknown): string | undefined {
    const opened = isSealed(ref) ? this.vault.open(ref.sealed) : undefined;
    return opened?.state === 'readable' ? opened.value : undefined;
  }
}

@CommandHandler(RecordFactStep)
export class RecordFactStepHandler implements ICommandHandler<RecordFactStep> {
  constructor(
    private readonly recorder: Recorder,
    private readonly facts: FactsBefore,
  ) {}

  async execute({ context, kind, id, step, data }: RecordFactStep) {
    const before = await this.facts.load(kind, id, context);
    const given = await this.facts.given(kind, id, before, step.fields, data, context);
    return this.recorder.act(factOf(kind), id, context, (state) => recordStep(kind, step, state, given));
  }
}

@CommandHandler(MendFactEntry)
export class MendFactEntryHandler implements ICommandHandler<MendFactEntry> {
  constructor(
    private readonly recorder: Recorder,
    private readonly facts: FactsBefore,
  ) {}

  async execute({ context: asked, kind, id, mend: { entry, why, data } }: MendFactEntry) {
    const before = await this.facts.load(kind, id, asked);
    const wrong = before.history.find((each) => each.id === entry);
    const step = stepsOf(kind).find(({ event }) => event === wrong?.type);
    const context = data && wrong ? onItsDay(asked, wrong.on) : asked;
    const given = await this.facts.given(kind, id, before, data ? (step?.fields ?? {}) : {}, data ?? {}, context);
    const mending = { entry, why, subject: given.subject, ...(data && { instead: given }) };
    return this.recorder.act(factOf(kind), id, context, (state) => mendEntry(kind, state, mending));
  }
}

/** What comes in the place of an entry happened on the day of that entry, unless another is given. */
const onItsDay = (context: CommandContext, day: string): CommandContext =>
  context.occurredAt === undefined
    ? { ...context, occurredAt: londonInstant(day, '00:00'), about: { precision: 'day' } }
    : context;

const toolkitIn = (toolkits: Toolkits, data: Readonly<Record<string, unknown>>) =>
  typeof data['toolkit'] === 'string'
    ? toolkits.find(data['toolkit'], data['version'] as string | undefined)
    : undefined;

export const factHandlers = [FactsBefore, RecordFactHandler, RecordFactStepHandler, MendFactEntryHandler];
