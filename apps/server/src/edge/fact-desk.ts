import { ForbiddenException, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { findKind } from '#facts/every-kind';
import type { FactKind, FactStep } from '#facts/fact-kind';
import { FindFact, type FactWithEntries } from '#facts/facts.queries';
import { belongsTo, type Who } from '#identity/who';
import { missing } from '#kernel/refusal';

/** Who may see and record which fact: asked by the pages and by the API. */
@Injectable()
export class FactDesk {
  constructor(private readonly queries: QueryBus) {}

  /** @throws Refusal when there is no such kind; 403 when it is for other roles. */
  kind(code: string, who: Who): FactKind {
    const kind = findKind(code);
    if (!kind) throw missing('page');
    if (!hasRole(kind, who)) throw new ForbiddenException();
    return kind;
  }

  /** What was recorded, for whoever may see it. @throws Refusal else: it is not there for them. */
  async see(id: string, who: Who): Promise<{ readonly fact: FactWithEntries; readonly kind: FactKind }> {
    const fact = await this.queries.execute(new FindFact(id));
    const kind = fact && findKind(fact.kind);
    if (!fact || !kind || (kind.isPrivate && !mayActOnFact(kind, fact, who))) throw missing('entry');
    return { fact, kind };
  }

  /** One's own council's fact and the step that was asked for. @throws Refusal */
  async act(
    code: string,
    id: string,
    stepCode: string,
    who: Who,
  ): Promise<{ readonly fact: FactWithEntries; readonly kind: FactKind; readonly step: FactStep }> {
    const kind = this.kind(code, who);
    const fact = await this.queries.execute(new FindFact(id));
    const step = kind.steps.find((each) => each.code === stepCode);
    if (!fact || !step || fact.kind !== kind.code || !belongsTo(who, fact.authority)) throw missing('entry');
    return { fact, kind, step };
  }
}

const hasRole = ({ roles }: FactKind, who: Who): boolean =>
  (who.kind === 'staff' || who.kind === 'token') && roles.includes(who.role);

/** Those who act on it: they also see what is kept private. */
export const mayActOnFact = (kind: FactKind, { authority }: { readonly authority: string }, who: Who): boolean =>
  hasRole(kind, who) && belongsTo(who, authority);
