import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Cards } from '#contributions/cards';
import { AppendTooLarge, MAX_APPEND_BYTES } from '#event-store/event-store';
import { type Acted, type CommandContext, Recorder } from '#event-store/recorder';
import type { Recorded } from '#kernel/event';
import { missing, Refusals, refuse } from '#kernel/refusal';
import { Drafts } from './drafts.js';
import { FanOut } from './fan-out.js';
import { heldAt, type Meeting, meeting } from './meeting.js';
import { type NotApplied, type OutcomesAnswer, RecordOutcomes } from './meeting.commands.js';
import type { MeetingEvent } from './meeting.events.js';
import { OutcomeFactsReader } from './outcome-facts.js';
import { checkOutcomes, recordOutcomes } from './record-outcomes.js';

/** Records once, carries everything on before it answers, and forgets the draft. Sent again, it answers the same. */
@CommandHandler(RecordOutcomes)
export class RecordOutcomesHandler implements ICommandHandler<RecordOutcomes> {
  constructor(
    private readonly recorder: Recorder,
    private readonly facts: OutcomeFactsReader,
    private readonly fanOut: FanOut,
    private readonly drafts: Drafts,
    private readonly cards: Cards,
  ) {}

  async execute({ context, id, body }: RecordOutcomes): Promise<OutcomesAnswer> {
    const stream = `${meeting.category}-${id}`;
    const { state } = await this.recorder.load(meeting, stream);
    const acted = await this.record(context, id, body, state);
    const position = await this.fanOut.applyOutcomes(id);
    await this.drafts.discard(id);
    const { events } = await this.recorder.load(meeting, stream);
    return { ...acted, position: position ?? acted.position, ...this.answer(events) };
  }

  private async record(
    context: CommandContext,
    id: string,
    body: RecordOutcomes['body'],
    state: Meeting,
  ): Promise<Acted> {
    const isElsewhere = context.within !== undefined && state.about.authority !== context.within;
    if (!state.exists || isElsewhere) throw missing('meeting');
    const read = await this.facts.read(id, state, body, context.now);
    // What is recorded already answers that, whatever this body gets wrong by now.
    const problems = state.recordedBy === undefined ? checkOutcomes(state, id, body, read) : [];
    if (problems.length > 0) throw new Refusals(problems);
    const facts = state.recordedBy === undefined ? await this.facts.withStaff(read, state, body) : read;
    try {
      return await this.recorder.act(meeting, id, { ...context, occurredAt: heldAt(state, context.now) }, (now) =>
        recordOutcomes(now, id, body, facts, context.actor),
      );
    } catch (error) {
      if (error instanceof AppendTooLarge) throw tooLarge(error);
      throw error;
    }
  }

  private answer(events: readonly Recorded[]): Omit<OutcomesAnswer, keyof Acted> {
    const refs = { contributions: {}, discussions: {}, decisions: {}, serviceChanges: {} } as Record<
      string,
      Record<string, string>
    >;
    const codes: Record<string, string> = {};
    const notApplied: NotApplied[] = [];
    for (const event of events as readonly Recorded<MeetingEvent>[]) {
      const list = LISTS[event.type];
      const { ref, item } = event.data as { ref: string; item: string };
      if (list) (refs[list] ??= {})[ref] = item;
      if (event.type === 'OutcomeNotApplied') {
        const { kind, code, message } = event.data as Extract<MeetingEvent, { type: 'OutcomeNotApplied' }>['data'];
        notApplied.push({ kind, ref, id: item, code, detail: message });
      }
    }
    for (const [ref, item] of Object.entries(refs['contributions'] ?? {})) {
      const code = this.cards.codeOf(Cards.firstCardOf(item));
      if (code !== undefined && !notApplied.some(({ id }) => id === item)) codes[ref] = code;
    }
    return {
      ...(refs as unknown as Pick<OutcomesAnswer, 'contributions' | 'discussions' | 'decisions' | 'serviceChanges'>),
      codes,
      notApplied,
    };
  }
}

const LISTS: Readonly<Record<string, string>> = {
  ContributionNoted: 'contributions',
  DiscussionNoted: 'discussions',
  DecisionNoted: 'decisions',
  ServiceChangeNoted: 'serviceChanges',
};

const tooLarge = ({ bytes, limit }: AppendTooLarge) => {
  const [size, most] = [bytes, limit].map((each) => each.toLocaleString('en-GB'));
  return limit === MAX_APPEND_BYTES
    ? refuse(
        'too-large',
        `This is too much for one recording: ${size} bytes. The limit is ${most}. Record less at once.`,
        '/discussions',
      )
    : refuse(
        'too-large',
        `One item is too long: ${size} bytes. The limit is ${most}. Split it into two.`,
        '/discussions',
      );
};
