import { authority, registerAuthority } from '#authorities/authority';
import { uuid5 } from '#event-store/ids';
import type { Position } from '#event-store/event-store';
import type { CommandContext, Recorder } from '#event-store/recorder';
import type { Clock } from '#kernel/aggregate';
import { Refusal, Refusals } from '#kernel/refusal';
import { londonInstant } from '#kernel/time';
import type { When } from '../dates/when.js';
import type { Fact } from '../fact.js';
import { RANK } from '../concepts.js';
import { correctionSteps } from './contributions.js';
import type { KnownFacts } from './known-facts.js';
import type { ImportStep } from './step.js';
import { stepsOf } from './steps-of.js';

export interface Applied {
  recorded: number;
  changed: number;
  unchanged: number;
  /** Things that the source changed in a way that the record cannot say yet; the record keeps what it has. */
  differing: number;
  refused: RefusedFact[];
  /** How many more were refused than are listed. */
  refusedMore: number;
  events: number;
  last: Position | null;
}

export interface RefusedFact {
  readonly file: string;
  readonly row: number;
  readonly concept: string;
  readonly code: string;
  readonly message: string;
}

export interface ApplyOptions {
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly known: KnownFacts;
  /** Id of this import. */
  readonly run: string;
}

const IN_FLIGHT = 64;
const MOST_LISTED = 1_000;
const AUTHORITIES = '1f0c3a57-6a4e-5d0b-9b86-2f1d9a4c7e35';

/**
 * Records facts: each once, whatever others point at first. Cut off anywhere and run again, it goes on where it was:
 * every command id follows from the fact. Memory does not grow with the source.
 */
export class ApplyFacts {
  private readonly running = new Set<Promise<void>>();
  readonly applied: Applied = {
    recorded: 0, changed: 0, unchanged: 0, differing: 0, refused: [], refusedMore: 0, events: 0, last: null,
  }; // prettier-ignore

  constructor(private readonly options: ApplyOptions) {}

  /** Bodies that a mapping names and the record does not know yet. They are not councils: they have no code of their own. */
  async registerAuthorities(
    named: Readonly<Record<string, string>>,
    isKnown: (code: string) => boolean,
  ): Promise<void> {
    for (const [code, name] of Object.entries(named)) {
      if (isKnown(code)) continue;
      const context = this.context(uuid5(AUTHORITIES, code), undefined);
      await this.options.recorder.act(authority, uuid5(AUTHORITIES, code), context, (state) =>
        registerAuthority(state, { authority: code, name }),
      );
    }
  }

  async apply(facts: AsyncIterable<Fact>): Promise<Applied> {
    let rank = -1;
    for await (const fact of facts) {
      // What others point at must stand before they come.
      if (RANK[fact.concept] !== rank) await this.settle(0);
      rank = RANK[fact.concept];
      const run: Promise<void> = this.one(fact).finally(() => this.running.delete(run));
      this.running.add(run);
      // One question has one line of time: its decisions go in one after another.
      await this.settle(fact.series === null ? IN_FLIGHT - 1 : 0);
    }
    await this.settle(0);
    return this.applied;
  }

  private async settle(most: number): Promise<void> {
    if (most === 0) await Promise.all(this.running);
    while (this.running.size > most) await Promise.race(this.running);
  }

  private async one(fact: Fact): Promise<void> {
    const { known } = this.options;
    const seen = known.look(fact);
    if (seen === 'same') return void this.applied.unchanged++;
    const steps = seen === 'new' ? stepsOf(fact) : changedSteps(fact, seen.changed);
    if (!steps) {
      if (seen === 'new') return this.refuse(fact, 'no-place', `A ${fact.concept} has no place in the record yet.`);
      this.applied.differing++;
      return;
    }
    let events = 0;
    try {
      for (const step of steps) events += await this.send(fact, step);
    } catch (error) {
      const [first] = error instanceof Refusals ? error.all : error instanceof Refusal ? [error] : [];
      if (!first) throw error;
      return this.refuse(fact, first.code, first.message);
    }
    known.remember(fact);
    if (events === 0) this.applied.unchanged++;
    else if (seen === 'new') this.applied.recorded++;
    else this.applied.changed++;
  }

  private async send(fact: Fact, step: ImportStep): Promise<number> {
    const context = this.context(uuid5(fact.id, step.name), step.occurredAt, step.authority);
    const acted = await this.options.recorder.act(step.aggregate, step.to, context, (state) =>
      step.decide(state, context.now.today),
    );
    if (acted.position !== null) this.applied.last = latest(this.applied.last, acted.position);
    const events = acted.repeated ? 0 : acted.eventIds.length;
    this.applied.events += events;
    return events;
  }

  private refuse({ provenance: { file, row }, concept }: Fact, code: string, message: string): void {
    if (this.applied.refused.length >= MOST_LISTED) return void this.applied.refusedMore++;
    this.applied.refused.push({ file, row, concept, code, message });
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

/** The first moment that the source can mean; how exactly it is known is said beside it. */
const instantOf = ({ at, precision }: When): string =>
  precision === 'instant' ? at : londonInstant(`${at}-01-01`.slice(0, 10), '00:00');

/** Positions of one store compare as text of equal length, or by their length. */
const latest = (one: Position | null, other: Position): Position =>
  one === null || one.length < other.length || (one.length === other.length && one < other) ? other : one;

/** What can be said anew about a thing that is recorded: words of a view are corrected, links that came later are linked. */
const changedSteps = (fact: Fact, changed: readonly string[]): readonly ImportStep[] | undefined => {
  const isWordsOnly = changed.every((name) => name === 'words' || name === 'status' || name === 'url');
  if (fact.concept === 'contribution' && changed.includes('words') && isWordsOnly) return correctionSteps(fact);
  if (changed.length > 0 && changed.every((name) => name === 'status' || name === 'url')) return [];
  return changed.length > 0 && changed.every((name) => name.startsWith('@link ')) ? stepsOf(fact)?.slice(1) : undefined;
};
