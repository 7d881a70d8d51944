import { authority, registerAuthority } from '#authorities/authority';
import { authorityId } from '#authorities/authority-id';
import { AppendTooLarge, type Position } from '#event-store/event-store';
import { uuid5 } from '#event-store/ids';
import type { CommandContext, Recorder } from '#event-store/recorder';
import type { Clock } from '#kernel/aggregate';
import { Refusal, Refusals } from '#kernel/refusal';
import { ShapeError } from '#kernel/shape';
import { londonInstant } from '#kernel/time';
import { RANK } from '../concepts.js';
import type { When } from '../dates/when.js';
import type { Fact } from '../fact.js';
import { type Applied, keptOf, nothingApplied, refused, tally } from './applied.js';
import { changedSteps } from './changed-steps.js';
import { InTurn } from './in-turn.js';
import type { KnownFacts } from './known-facts.js';
import type { ImportStep } from './step.js';
import { type Holds, stepsOf } from './steps-of.js';

export interface ApplyOptions {
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly known: KnownFacts;
  readonly holds: Holds;
  /** Id of this import. */
  readonly run: string;
  /** Hears of everything that was not recorded, also of what is too much to list. */
  readonly onRefused?: (fact: Fact, code: string, message: string) => Promise<void>;
}

const IN_FLIGHT = 64;

/**
 * Records facts: each once, whatever others point at first. Cut off anywhere and run again, it goes on where it was:
 * every command id follows from the fact. Memory does not grow with the source.
 */
export class ApplyFacts {
  private readonly turns = new InTurn(IN_FLIGHT);
  readonly applied = nothingApplied();

  constructor(private readonly options: ApplyOptions) {}

  /** Bodies that a mapping names and the record does not know yet. They are not councils: they have no code of their own. */
  async registerAuthorities(
    named: Readonly<Record<string, string>>,
    isKnown: (code: string) => boolean,
  ): Promise<void> {
    for (const [code, name] of Object.entries(named)) {
      if (isKnown(code)) continue;
      const id = authorityId(code);
      const context = this.context(id, undefined);
      await this.options.recorder.act(authority, id, context, (state) =>
        registerAuthority(state, { authority: code, name }),
      );
    }
  }

  async apply(facts: AsyncIterable<Fact>): Promise<Applied> {
    let rank = -1;
    for await (const fact of facts) {
      // What others point at must stand before they come.
      if (RANK[fact.concept] !== rank) await this.turns.settle();
      rank = RANK[fact.concept];
      await this.one(fact);
    }
    await this.turns.settle();
    return this.applied;
  }

  private async one(given: Fact): Promise<void> {
    const fact = this.withoutRefused(given);
    const seen = this.options.known.look(fact);
    if (seen === 'same') return tally(this.applied, fact.concept, 'unchanged');
    const isNew = seen === 'new';
    const { steps, kept } = isNew
      ? { steps: stepsOf(fact, this.options.holds), kept: [] }
      : changedSteps(fact, seen.changed, seen.version);
    if (!steps) {
      this.options.known.refuse(fact.id);
      return this.refuse(fact, 'no-place', `A ${fact.concept} like this has no place in the record yet.`);
    }
    if (isNew && steps.length === 0) {
      const waits = fact.links.some(({ to }) => !to.resolved) || (fact.concept === 'link' && !fact.from.resolved);
      if (waits) return tally(this.applied, fact.concept, 'waiting');
      return this.refuse(fact, 'nothing-to-record', `This ${fact.concept} does not say what it is about.`);
    }
    // Decisions on one question are one line of time, whichever of them a step is sent to.
    const things = [...steps.map(({ to }) => to), ...(fact.series === null ? [] : [`series ${fact.series}`])];
    await this.turns.run(things, () => this.record(fact, steps, isNew, kept));
  }

  private async record(
    fact: Fact,
    steps: readonly ImportStep[],
    isNew: boolean,
    kept: readonly string[],
  ): Promise<void> {
    let events = 0;
    let isWhole = true;
    for (const [n, step] of steps.entries()) {
      try {
        events += await this.send(fact, step);
      } catch (error) {
        const [code, message] = whyNot(error);
        await this.refuse(fact, code, message);
        isWhole = false;
        // Without its beginning there is nothing to add to, and nothing to point at.
        if (isNew && n === 0) return this.options.known.refuse(fact.id);
      }
    }
    if (!isWhole) return;
    this.options.known.remember(fact, kept);
    keptOf(this.applied, fact.concept, kept);
    tally(
      this.applied,
      fact.concept,
      kept.length > 0 ? 'kept' : events === 0 ? 'unchanged' : isNew ? 'new' : 'changed',
    );
  }

  private async send(fact: Fact, step: ImportStep): Promise<number> {
    const context = this.context(uuid5(fact.id, step.name), step.occurredAt, step.authority);
    const acted = await this.options.recorder.act(step.aggregate, step.to, context, (state) =>
      step.decide(state, context.now.today),
    );
    if (acted.position !== null) this.applied.last = latest(this.applied.last, acted.position);
    if (acted.repeated || acted.eventIds.length === 0) return 0;
    this.applied.events += acted.eventIds.length;
    this.options.known.saw({ stream: acted.stream, event: acted.eventIds.at(-1) ?? '' });
    return acted.eventIds.length;
  }

  /** What was refused is not there to be pointed at. */
  private withoutRefused(fact: Fact): Fact {
    if (this.applied.refused.length === 0) return fact;
    const { known } = this.options;
    const look = <T extends { readonly id: string; readonly resolved: boolean }>(to: T): T =>
      to.resolved && known.isRefused(to.id) ? { ...to, resolved: false } : to;
    const links = fact.links.map((link) => ({ ...link, to: look(link.to) }));
    return fact.concept === 'link' ? { ...fact, links, from: look(fact.from) } : { ...fact, links };
  }

  private async refuse(fact: Fact, code: string, message: string): Promise<void> {
    const { provenance, concept, sourceId } = fact;
    refused(this.applied, { file: provenance.file, row: provenance.row, concept, sourceId, code, message });
    tally(this.applied, concept, 'rejected');
    await this.options.onRefused?.(fact, code, message);
  }

  private context(commandId: string, when: When | undefined, of?: string): CommandContext {
    const { run, clock } = this.options;
    const precision = when?.precision === 'instant' ? undefined : when?.precision;
    return {
      commandId,
      actor: { role: 'administrator', ref: run },
      now: clock.now(),
      ...(when && { occurredAt: instantOf(when) }),
      about: { import: run, ...(precision && { precision }), ...(of && { authority: of }) },
    };
  }
}

/** What the rules, the shape of events or the size of a leaf refuse is told with its row; any other fault ends the import. */
const whyNot = (error: unknown): readonly [code: string, message: string] => {
  const [first] = error instanceof Refusals ? error.all : error instanceof Refusal ? [error] : [];
  if (first) return [first.code, first.message];
  if (error instanceof AppendTooLarge)
    return ['too-long', 'There is more in this than one entry of the record can hold.'];
  if (error instanceof ShapeError) return ['not-a-value', `This does not fit the record. ${error.message}.`];
  throw error;
};

/** The first moment that the source can mean; how exactly it is known is said beside it. */
const instantOf = ({ at, precision }: When): string =>
  precision === 'instant' ? at : londonInstant(`${at}-01-01`.slice(0, 10), '00:00');

/** Positions of one store compare as text of equal length, or by their length. */
export const latest = (one: Position | null, other: Position): Position =>
  one === null || one.length < other.length || (one.length === other.length && one < other) ? other : one;
