import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { AuthoritySettings } from '#authorities/settings';
import { FindCommitment } from '#commitments/commitments.queries';
import { asEveryoneReads, FindContribution } from '#contributions/contributions.queries';
import { FindDecision } from '#decisions/decisions.queries';
import { Engine } from '#engine/engine';
import { createdId } from '#event-store/ids';
import type { CommandContext } from '#event-store/recorder';
import { belongsTo, type Who } from '#identity/who';
import type { Clock } from '#kernel/aggregate';
import { missing, refuse } from '#kernel/refusal';
import { CLOCK } from '#projections/tokens';
import { CloseAudit, DrawSample, MakeRecommendation, OpenAudit, PublishFinding, RecordFinding, RespondToRecommendation } from '#scrutiny/audit.commands'; // prettier-ignore
import type { Sampled, Subject } from '#scrutiny/audit.events';
import { isFinding, type NewAudit, type NewFinding } from '#scrutiny/audit-rules';
import { type AuditRow, FindAudit, ListFindings } from '#scrutiny/audits.queries';
import { monthsAfter, type NewRecommendation, type NewResponse, RESPONSE_MONTHS } from '#scrutiny/recommendation-rules';
import { FindRecommendation, type RecommendationRow } from '#scrutiny/recommendations.queries';
import type { SampleFilter } from '#scrutiny/sampling';
import { FindServiceChange } from '#service-changes/service-changes.queries';
import { Vault } from '#vault/vault';
import { mayActIn } from '../edge/may.js';
import { ReadYourWrite } from '../edge/read-your-write.js';

/** Into which audit something goes: one that there is, or a new one. */
export interface IntoAudit {
  readonly audit?: string;
  readonly opening?: NewAudit;
}

/** What is looked at: of whom it is, and a sealed reference to its words. */
export interface Thing {
  readonly authority: string;
  readonly words: string | null;
  readonly number: string | null;
}

/** Everything that scrutiny records passes here, from pages and from the API alike. */
@Injectable()
export class ScrutinyDesk {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly engine: Engine,
    private readonly vault: Vault,
    private readonly wrote: ReadYourWrite,
    private readonly settings: AuthoritySettings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The day by which it is told what is overdue. */
  today(): string {
    return this.clock.now().today;
  }

  /** The day by which this council answers, unless another is asked for. */
  answerBy(authority: string): string {
    return monthsAfter(this.today(), this.months(authority) ?? RESPONSE_MONTHS);
  }

  private months(authority: string): number | undefined {
    return this.settings.inForce(authority)['scrutiny-months'][0];
  }

  async open(context: CommandContext, who: Who, body: NewAudit): Promise<string> {
    mayOpen(who, body.authority);
    const id = createdId(context.commandId, 'audit');
    await this.wrote.after(this.commands.execute(new OpenAudit(context, id, body)));
    return id;
  }

  /** Draws from the record as it stands now; the seed is chance, made here and nowhere else. @returns the sample's id */
  async draw(
    context: CommandContext,
    who: Who,
    into: IntoAudit,
    { of, filter, asked }: { of: Sampled; filter: SampleFilter; asked: number },
  ): Promise<string> {
    const id = await this.into(context, who, into);
    const position = await this.engine.store.head();
    if (position === null) throw refuse('nothing-to-draw', 'Nothing is recorded yet.');
    await this.engine.caughtUp(position);
    const sample = createdId(context.commandId, 'sample');
    const seed = randomBytes(32).toString('hex');
    const body = { sample, seed, of, filter, asked, position, day: context.now.today };
    await this.wrote.after(this.commands.execute(new DrawSample(context, id, body, into.opening)));
    return sample;
  }

  /** @returns the ids of what was recorded */
  async find(
    context: CommandContext,
    who: Who,
    into: IntoAudit,
    about: { about: Subject; thing: string },
    given: Pick<NewFinding, 'found' | 'reason' | 'nextCheck'>,
    recommendation?: Pick<NewRecommendation, 'what' | 'to' | 'due'>,
  ) {
    const { authority } = await this.thing(about.about, about.thing);
    mayActIn(who, authority);
    const id = await this.into(context, who, into);
    const finding = createdId(context.commandId, 'finding');
    const recommended = recommendation && {
      ...recommendation,
      ...about,
      authority,
      finding,
      recommendation: createdId(context.commandId, 'recommendation'),
    };
    await this.wrote.after(
      this.commands.execute(
        new RecordFinding(
          context,
          id,
          { finding, authority, ...about, ...given },
          recommended,
          into.opening,
          this.months(authority),
        ),
      ),
    );
    return { audit: id, finding, ...(recommended && { recommendation: recommended.recommendation }) };
  }

  async publish(context: CommandContext, who: Who, finding: string, decidedBy: string): Promise<string> {
    const [row] = await this.queries.execute(new ListFindings({ finding }));
    if (!row || !belongsTo(who, row.authority)) throw missing('finding');
    const found = this.vault.open(row.found);
    // The code is not personal, yet it lies under a key: without it nobody can say any more what was found.
    if (found.state !== 'readable' || !isFinding(found.value))
      throw refuse('unreadable', 'What was found can no longer be opened. Record a new finding.');
    const body = { finding, found: found.value, decidedBy };
    await this.wrote.after(this.commands.execute(new PublishFinding(context, row.audit, body)));
    return row.audit;
  }

  async recommend(context: CommandContext, who: Who, audit: string, body: Omit<NewRecommendation, 'recommendation'>) {
    const row = await this.audit(who, audit);
    mayActIn(who, body.authority);
    if (row.authority !== null && row.authority !== body.authority) throw missing('council');
    const recommendation = createdId(context.commandId, 'recommendation');
    await this.wrote.after(
      this.commands.execute(
        new MakeRecommendation(context, audit, { ...body, recommendation }, this.months(body.authority)),
      ),
    );
    return recommendation;
  }

  async respond(context: CommandContext, who: Who, body: NewResponse): Promise<void> {
    const row = await this.recommendation(who, body.recommendation);
    if (!belongsTo(who, row.authority)) throw missing('recommendation');
    await this.wrote.after(this.commands.execute(new RespondToRecommendation(context, row.audit, body)));
  }

  async close(context: CommandContext, who: Who, audit: string, words: string): Promise<void> {
    await this.audit(who, audit);
    await this.wrote.after(this.commands.execute(new CloseAudit(context, audit, words)));
  }

  /** One that this reader may see: its council and scrutiny see it at once, everyone once it is published. @throws Refusal */
  async recommendation(who: Who, id: string): Promise<RecommendationRow> {
    const row = await this.queries.execute(new FindRecommendation(id));
    if (!row || (row.published === 0 && !belongsTo(who, row.authority))) throw missing('recommendation');
    return row;
  }

  /** @throws Refusal when there is no such thing */
  async thing(about: Subject, id: string): Promise<Thing> {
    const found = await this.look(about, id);
    if (!found) throw missing(about === 'decision' ? 'decision' : about === 'contribution' ? 'view' : 'promise');
    return found;
  }

  /** Undefined: there is no such thing. */
  async look(about: Subject, id: string): Promise<Thing | undefined> {
    switch (about) {
      case 'commitment': {
        const row = await this.queries.execute(new FindCommitment(id));
        return row && { authority: row.authority, words: row.what, number: row.number };
      }
      case 'service-change': {
        const row = await this.queries.execute(new FindServiceChange(id));
        return row && { authority: row.authority, words: row.what, number: null };
      }
      case 'decision': {
        const row = await this.queries.execute(new FindDecision(id));
        return row && { authority: row.authority, words: row.statement, number: null };
      }
      case 'contribution': {
        const row = await this.queries.execute(new FindContribution(id));
        if (!row) return undefined;
        // The words of a view that is not shown stay unopened here too.
        const isShown = row.published === 1 && row.withdrawn_at === null;
        return { authority: row.authority, words: isShown ? asEveryoneReads(row).words : null, number: null };
      }
    }
  }

  private async into(context: CommandContext, who: Who, { audit, opening }: IntoAudit): Promise<string> {
    if (!opening) return (await this.audit(who, audit ?? '')).id;
    mayOpen(who, opening.authority);
    return createdId(context.commandId, 'audit');
  }

  /** An audit that this officer may work in. An audit of every council is open to the officers of each. */
  async audit(who: Who, id: string): Promise<AuditRow> {
    const row = await this.queries.execute(new FindAudit(id));
    if (!row || (row.authority !== null && !belongsTo(who, row.authority))) throw missing('audit');
    return row;
  }
}

/** Only someone who may act for every council opens an audit of every council. */
const mayOpen = (who: Who, authority: string | undefined): void => {
  if (!belongsTo(who, authority)) throw missing('council');
};
