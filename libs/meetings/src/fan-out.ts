import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Cards } from '#contributions/cards';
import { CLOCK } from '#projections/tokens';
import { AppendTooLarge, type Position } from '#event-store/event-store';
import { uuid5 } from '#event-store/ids';
import { type CommandContext, type Loaded, Recorder } from '#event-store/recorder';
import type { Clock } from '#kernel/aggregate';
import type { Recorded } from '#kernel/event';
import { sealedRef } from '#kernel/personal';
import { Refusal, Refusals } from '#kernel/refusal';
import { nowAt } from '#kernel/time';
import { Vault } from '#vault/vault';
import { markApplied, markNotApplied } from './apply-outcomes.js';
import { commandOf } from './carry-on.js';
import { type Meeting, meeting } from './meeting.js';
import type { MeetingEvent } from './meeting.events.js';
import { type HeldMeeting, type Reader, type Step, stepsOf } from './outcome-steps.js';

export type Reason = Pick<Refusal, 'code' | 'message'>;
type OutcomesRecorded = Recorded<Extract<MeetingEvent, { type: 'OutcomesRecorded' }>>;

/**
 * Carries a recorded meeting on to the streams of its views, discussions, decisions and promises. It may run any number
 * of times, at once, and be cut off anywhere: every command id follows from the recorded event, item and step, and
 * everything a command says comes from the meeting's own events, its time included. Whatever is done already is skipped.
 */
@Injectable()
export class FanOut {
  private readonly running = new Map<string, Promise<Position | null>>();

  constructor(
    private readonly recorder: Recorder,
    private readonly vault: Vault,
    private readonly commands: CommandBus,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Resolves when `OutcomesApplied` stands, with the position to wait for; null when there is nothing to apply.
   * @throws StoreUnavailable: run it again.
   */
  applyOutcomes(id: string): Promise<Position | null> {
    const underWay = this.running.get(id);
    if (underWay) return underWay;
    const run = this.run(id).finally(() => this.running.delete(id));
    this.running.set(id, run);
    return run;
  }

  private async run(id: string): Promise<Position | null> {
    const loaded = await this.recorder.load(meeting, `${meeting.category}-${id}`);
    const recorded = loaded.events.find((event): event is OutcomesRecorded => event.type === 'OutcomesRecorded');
    if (!recorded) return null;
    if (loaded.state.applied) return loaded.events.at(-1)?.position ?? null;

    const refused = new Set(loaded.state.notApplied);
    for (const noted of loaded.events) await this.carryOn(noted, recorded, loaded, refused);
    // A view given before the meeting may be refused too, but it is no item of this meeting.
    const items = loaded.events.filter(({ type, data }) => type.endsWith('Noted') && !refused.has(itemOf(data)));
    const applied = await this.recorder.act(meeting, id, this.own(recorded, 'applied'), (state) =>
      markApplied(state, items.length),
    );
    return applied.position;
  }

  private async carryOn(
    noted: Recorded,
    recorded: OutcomesRecorded,
    { state }: Loaded<Meeting>,
    refused: Set<string>,
  ): Promise<void> {
    const at = heldMeeting(recorded, state, noted.occurredAt);
    const steps = this.read(noted, at);
    for (const step of 'gone' in steps ? [] : steps) {
      if (refused.has(step.item)) continue;
      const reason = step.needs.some((need) => refused.has(need))
        ? NEEDED
        : await this.send(without(step, refused), noted, recorded);
      if (reason) await this.markRefused(step, reason, recorded, refused);
    }
    if ('gone' in steps) await this.markRefused(steps.gone, steps.reason, recorded, refused);
  }

  /** Words are opened from the meeting's own sealed fields, and sealed again under the key of the stream they go to. */
  private read(
    noted: Recorded,
    at: HeldMeeting,
  ): readonly Step[] | { gone: Pick<Step, 'kind' | 'item' | 'ref'>; reason: Reason } {
    let reason: Reason | undefined;
    const open: Reader = (value) => {
      const opened = this.vault.open<never>(sealedRef(value));
      if (opened.state === 'readable') return opened.value;
      reason = opened.state === 'lost' ? LOST : opened.state === 'erased' ? ERASED : HIDDEN;
      // The shape of the steps does not depend on the words; these steps are not sent.
      return '' as never;
    };
    const steps = stepsOf(noted as never, at, open);
    const [first] = steps;
    return reason && first ? { gone: first, reason } : steps;
  }

  private async send(step: Step, noted: Recorded, recorded: OutcomesRecorded): Promise<Reason | undefined> {
    const context: CommandContext = {
      ...this.own(recorded, `${step.kind} ${step.item} ${step.name}`),
      // Written down when the meeting was: rules about dates must not judge a late restart.
      now: nowAt(new Date(recorded.recordedAt)),
      occurredAt: noted.occurredAt,
      causedBy: [noted.id, recorded.id],
      about: { fanOut: true },
    };
    try {
      await this.commands.execute(commandOf(step, context));
      return undefined;
    } catch (error) {
      if (error instanceof Refusal) return error;
      if (error instanceof Refusals) return { code: error.all[0]?.code ?? 'refused', message: error.message };
      if (error instanceof AppendTooLarge)
        return { code: 'too-large', message: 'This item is too long to be recorded.' };
      throw error;
    }
  }

  private async markRefused(
    step: Pick<Step, 'kind' | 'item' | 'ref'>,
    { code, message }: Reason,
    recorded: OutcomesRecorded,
    refused: Set<string>,
  ): Promise<void> {
    const { kind, item, ref } = step;
    const id = recorded.stream.slice(`${meeting.category}-`.length);
    await this.recorder.act(meeting, id, this.own(recorded, `not-applied ${item}`), (state) =>
      markNotApplied(state, { ref, kind, item, code, message }),
    );
    refused.add(item);
  }

  private own(recorded: OutcomesRecorded, what: string): CommandContext {
    return {
      commandId: uuid5(recorded.id, what),
      actor: recorded.actor,
      now: this.clock.now(),
      correlation: recorded.cause.correlation,
      causedBy: [recorded.id],
    };
  }
}

const itemOf = (data: unknown): string => (data as { readonly item: string }).item;

/** A decision does not answer a view that could not be recorded; the view itself is shown as the gap. */
const without = (step: Step, refused: ReadonlySet<string>): Step =>
  step.does === 'decide'
    ? {
        ...step,
        body: { ...step.body, answers: (step.body.answers ?? []).filter((each) => !refused.has(each.contribution)) },
      }
    : step;

const heldMeeting = (recorded: OutcomesRecorded, { about }: Meeting, heldAt: string): HeldMeeting => ({
  id: recorded.stream.slice(`${meeting.category}-`.length),
  authority: about.authority ?? '',
  team: about.team ?? '',
  heldAt,
  cardOf: (view) => Cards.firstCardOf(view),
});

const NEEDED: Reason = { code: 'needs-another', message: 'Something that this follows from could not be recorded.' };
const ERASED: Reason = { code: 'words-erased', message: 'The words were erased before this was carried on.' };
const HIDDEN: Reason = { code: 'words-hidden', message: 'The words may not be used now: they are being erased.' };
const LOST: Reason = {
  code: 'words-lost',
  message: 'The words cannot be read. Ask the administrator to check the vault.',
};
