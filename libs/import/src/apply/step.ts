import type { Aggregate, Decided } from '#kernel/aggregate';
import type { DomainEvent } from '#kernel/event';
import type { When } from '../dates/when.js';

/** One command to one stream, as a fact asks for it. `name` is unique within the fact: the command id follows from both. */
export interface ImportStep {
  readonly name: string;
  readonly to: string;
  /** Left out where the source does not say when: it counts from now. */
  readonly occurredAt: When | undefined;
  /** Authority of what is recorded where the stream itself cannot say it. */
  readonly authority?: string;
  readonly aggregate: Aggregate<unknown, DomainEvent>;
  decide(state: unknown, today: string): Decided<DomainEvent>;
}

/** Ties a rule to its aggregate: what leaves here has forgotten the types, what comes in has been checked against them. */
export const step = <S, E extends DomainEvent>(
  name: string,
  to: string,
  occurredAt: When | undefined,
  aggregate: Aggregate<S, E>,
  decide: (state: S, today: string) => Decided<E>,
): ImportStep => ({
  name,
  to,
  occurredAt,
  aggregate: aggregate,
  decide: decide,
});
