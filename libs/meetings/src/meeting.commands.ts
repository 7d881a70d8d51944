import { Command } from '@nestjs/cqrs';
import type { Acted, CommandContext } from '#event-store/recorder';
import type { NewDiscussion } from './discussion.js';
import type { NewMeeting } from './meeting.js';
import type { OutcomesBody } from './outcomes.js';

export class CallMeeting extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: NewMeeting,
  ) {
    super();
  }
}

export class OpenMeeting extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
  ) {
    super();
  }
}

export class CloseMeeting extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
  ) {
    super();
  }
}

export class ConfirmOutcomes extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
  ) {
    super();
  }
}

/** Records a whole meeting, once, and carries every item on to its own stream before it answers. */
export class RecordOutcomes extends Command<OutcomesAnswer> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: OutcomesBody,
  ) {
    super();
  }
}

/** Ids by the writer's own refs, and what goes on the take-home cards. */
export interface OutcomesAnswer extends Acted {
  readonly contributions: Readonly<Record<string, string>>;
  readonly discussions: Readonly<Record<string, string>>;
  readonly decisions: Readonly<Record<string, string>>;
  readonly serviceChanges: Readonly<Record<string, string>>;
  /** Take-home codes by the ref of the view. */
  readonly codes: Readonly<Record<string, string>>;
  /** Items that could not be applied; each is shown as a gap. */
  readonly notApplied: readonly NotApplied[];
}

export interface NotApplied {
  readonly kind: string;
  readonly ref: string;
  readonly id: string;
  readonly code: string;
  readonly detail: string;
}

/** A discussion outside a recorded meeting; the views on the table are marked as considered. */
export class HoldDiscussion extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: NewDiscussion,
  ) {
    super();
  }
}
