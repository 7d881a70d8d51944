import { findKind } from '#facts/every-kind';
import { factOf, recordFact } from '#facts/fact';
import { refuse } from '#kernel/refusal';
import { lastDay } from '../dates/last-day.js';
import type { FactOf } from '../fact.js';
import { type ImportStep, step } from './step.js';

/** Whether the record has this pledge: nobody adopts what is not there. */
export type IsPledge = (pledge: string) => boolean;

/** A council made a pledge its own, as the source dates it. */
export const adoptionSteps = (fact: FactOf<'adoption'>, isPledge: IsPledge): ImportStep[] => {
  const { id, authority, occurredAt, fields } = fact;
  const { pledge, body, url } = fields;
  const kind = findKind('pledge-adoption');
  if (!kind) return [];
  return [
    step('create', id, occurredAt, factOf(kind), (state) =>
      isPledge(pledge)
        ? recordFact(kind, state, { authority }, { data: { pledge, body, ...(url && { url }) }, around: {}, on: lastDay(occurredAt), subject: id })
        : refuse('pledge-unknown', `There is no pledge ${pledge}. Load it first.`, '/pledge'),
    ),
  ]; // prettier-ignore
};
