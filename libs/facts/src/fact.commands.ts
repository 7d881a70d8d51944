import { Command } from '@nestjs/cqrs';
import type { Acted, CommandContext } from '#event-store/recorder';
import type { FactKind, FactStep } from './fact-kind.js';

export interface NewFact {
  readonly authority: string;
  readonly team?: string;
  /** Read against the fields of the kind: see `readFields`. */
  readonly data: Readonly<Record<string, unknown>>;
}

export class RecordFact extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly kind: FactKind,
    readonly id: string,
    readonly body: NewFact,
  ) {
    super();
  }
}

export class RecordFactStep extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly kind: FactKind,
    readonly id: string,
    readonly step: FactStep,
    readonly data: NewFact['data'],
  ) {
    super();
  }
}

export class MendFactEntry extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly kind: FactKind,
    readonly id: string,
    /** Which entry, why it was wrong, and what is right; without `data` nothing comes in its place. */
    readonly mend: { readonly entry: string; readonly why: string; readonly data?: NewFact['data'] },
  ) {
    super();
  }
}
