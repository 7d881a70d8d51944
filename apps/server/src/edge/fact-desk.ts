import { ForbiddenException, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { findKind } from '#facts/every-kind';
import { type FactKind, type FactStep, stepsOf } from '#facts/fact-kind';
import { FindFact, type FactEventRow, type FactWithEntries } from '#facts/facts.queries';
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
    const { kind, fact } = await this.own(code, id, who);
    const step = kind.steps.find((each) => each.code === stepCode);
    if (!step) throw missing('entry');
    return { fact, kind, step };
  }

  /** One's own council's fact and an entry of it that is to be mended. @throws Refusal */
  async mend(code: string, id: string, entry: string, who: Who): Promise<Mended> {
    const { kind, fact } = await this.own(code, id, who);
    const row = fact.entries.find((each) => each.id === entry);
    const step = stepsOf(kind).find(({ event }) => event === row?.type);
    if (!row || !step) throw missing('entry');
    return { fact, kind, step, row };
  }

  private async own(code: string, id: string, who: Who): Promise<{ kind: FactKind; fact: FactWithEntries }> {
    const kind = this.kind(code, who);
    const fact = await this.queries.execute(new FindFact(id));
    if (fact?.kind !== kind.code || !belongsTo(who, fact.authority)) throw missing('entry');
    return { kind, fact };
  }
}

export interface Mended {
  readonly fact: FactWithEntries;
  readonly kind: FactKind;
  readonly step: FactStep;
  readonly row: FactEventRow;
}

/** Whether somebody's role is one that records this; for whom is another question. */
export const hasRole = ({ roles }: FactKind, who: Who): boolean =>
  (who.kind === 'staff' || who.kind === 'token') && roles.includes(who.role);

/** Those who act on it: they also see what is kept private. */
export const mayActOnFact = (kind: FactKind, { authority }: { readonly authority: string }, who: Who): boolean =>
  hasRole(kind, who) && belongsTo(who, authority);
