import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandBus } from '@nestjs/cqrs';
import { Cards } from '#contributions/cards';
import { ConsiderContribution, GiveContribution, ReadBackContribution } from '#contributions/contribution.commands';
import {
  ConsiderContributionHandler,
  GiveContributionHandler,
  ReadBackContributionHandler,
} from '#contributions/contribution.handlers';
import { contribution, giveContribution } from '#contributions/contribution';
import { contributionEvents } from '#contributions/contribution.events';
import { RecordDecision } from '#decisions/decision.commands';
import { decisionEvents } from '#decisions/decision.events';
import { RecordDecisionHandler } from '#decisions/decision.handlers';
import { Codec } from '#event-store/codec';
import type { EventStore } from '#event-store/event-store';
import { randomId } from '#event-store/ids';
import { decodeLeaf, type Leaf } from '#event-store/leaf';
import { type CommandContext, Recorder } from '#event-store/recorder';
import { openSqliteEventStore } from '#event-store/sqlite/sqlite-event-store';
import { isSealed } from '#kernel/personal';
import { nowAt } from '#kernel/time';
import { lifecycleEvents, serviceChangeEvents } from '#lifecycle/lifecycle.events';
import { participant, registerParticipant } from '#participants/participant';
import { participantEvents } from '#participants/participant.events';
import { People } from '#participants/people';
import { PromiseServiceChange } from '#service-changes/service-change.commands';
import { PromiseServiceChangeHandler } from '#service-changes/service-changes.module';
import { formTeam, team } from '#teams/team';
import { teamEvents } from '#teams/team.events';
import { Vault } from '#vault/vault';
import { vaultEvents } from '#vault/vault.events';
import { Drafts } from '../drafts.js';
import { FanOut } from '../fan-out.js';
import { callMeeting, meeting } from '../meeting.js';
import { HoldDiscussion, RecordOutcomes } from '../meeting.commands.js';
import { HoldDiscussionHandler } from '../meeting.handlers.js';
import { discussionEvents, meetingEvents } from '../meeting.events.js';
import { OutcomeFactsReader } from '../outcome-facts.js';
import { RecordOutcomesHandler } from '../record-outcomes.handler.js';
import type { OutcomesBody } from '../outcomes.js';
import { ANN, EARLIER, idOf, MEETING, TEAM } from './bodies.js';

export class Killed extends Error {}

/** Where this process dies: at its n-th append from now on, before or after the store has it. Dead stays dead. */
export interface Death {
  readonly at: number;
  readonly side: 'before' | 'after';
}

export const codec = new Codec([
  vaultEvents, teamEvents, participantEvents, meetingEvents, contributionEvents, discussionEvents, decisionEvents,
  serviceChangeEvents, lifecycleEvents,
]); // prettier-ignore

/** A folder that several processes use one after the other: each starts with empty memory and the same files. */
export class Hall {
  private constructor(readonly folder: string) {}

  /** @param keyFile the same in two halls: what follows from the key can be compared. */
  static async build(keyFile: string): Promise<Hall> {
    const hall = new Hall(mkdtempSync(join(tmpdir(), 'hall-')));
    const process = hall.start(keyFile);
    await process.recorder.act(team, TEAM, process.context('form'), (state) =>
      formTeam(state, { authority: 'essex', name: 'Form team', stage: 'plan' }),
    );
    await process.recorder.act(contribution, EARLIER, process.context('early'), (state) =>
      giveContribution(state, EARLIER, {
        authority: 'essex', words: 'Bigger print', channel: 'paper', capacity: 'other', voice: 'own', attribution: 'group',
      }),
    ); // prettier-ignore
    await process.recorder.act(participant, ANN, process.context('ann'), (state) =>
      registerParticipant(state, { authority: 'essex' }),
    );
    await process.recorder.act(meeting, MEETING, process.context('call'), (state) =>
      callMeeting(state, { authority: 'essex', team: TEAM, title: 'November', startsAt: '2026-11-23T10:00:00.000Z' }),
    );
    await process.stop();
    return hall;
  }

  start(keyFile: string, now = '2026-11-23T12:00:00.000Z', death?: Death): Process {
    return new Process(this.folder, keyFile, now, death);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

export class Process {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly recorder: Recorder;
  readonly fanOut: FanOut;
  readonly drafts: Drafts;
  private readonly handler: RecordOutcomesHandler;
  appends = 0;

  constructor(
    folder: string,
    keyFile: string,
    readonly now: string,
    private readonly death?: Death,
  ) {
    this.store = openSqliteEventStore(join(folder, 'log.db'));
    this.vault = new Vault({ vault: join(folder, 'v.db'), sealed: join(folder, 's.db'), keyFile });
    const mortal = Object.assign(Object.create(this.store) as EventStore, {
      append: (...args: Parameters<EventStore['append']>) => this.append(args),
    });
    this.recorder = new Recorder(mortal, codec, this.vault);
    const cards = new Cards(this.vault, this.recorder);
    const handlers = new Map<unknown, { execute(command: never): unknown }>([
      [GiveContribution, new GiveContributionHandler(this.recorder, cards)],
      [ReadBackContribution, new ReadBackContributionHandler(this.recorder)],
      [ConsiderContribution, new ConsiderContributionHandler(this.recorder)],
      [HoldDiscussion, new HoldDiscussionHandler(this.recorder)],
      [RecordDecision, new RecordDecisionHandler(this.recorder)],
      [PromiseServiceChange, new PromiseServiceChangeHandler(this.recorder)],
    ]);
    const bus = {
      execute: async (command: object) => handlers.get(command.constructor)?.execute(command as never),
    } as unknown as CommandBus;
    const clock = { now: () => nowAt(new Date(now)) };
    this.drafts = new Drafts(this.vault);
    this.fanOut = new FanOut(this.recorder, this.vault, bus, clock);
    const facts = new OutcomeFactsReader(this.recorder, new People(this.vault));
    this.handler = new RecordOutcomesHandler(this.recorder, facts, this.fanOut, this.drafts, cards);
  }

  context(command: string = randomId(), ref = 'note-taker-1'): CommandContext {
    const commandId = command.length === 36 ? command : idOf(command);
    return { commandId, actor: { role: 'note-taker', ref }, now: nowAt(new Date(this.now)) };
  }

  record(body: OutcomesBody, command?: string) {
    return this.recordAs(this.context(command), MEETING, body);
  }

  recordAs(context: CommandContext, id: string, body: OutcomesBody) {
    return this.handler.execute(new RecordOutcomes(context, id, body));
  }

  /** Everything in the log, each with the stream it stands in. */
  async log(): Promise<Leaf[]> {
    const all: Leaf[] = [];
    for await (const { leaf } of this.store.readAll()) all.push(decodeLeaf(leaf));
    return all;
  }

  /** The same with every sealed text opened: what a reader would be told. */
  async told(): Promise<string[]> {
    const all: string[] = [];
    for await (const stored of this.store.readAll())
      all.push(
        JSON.stringify(codec.decode(stored).data, (_key, value: unknown) =>
          isSealed(value) ? this.vault.open<never>(value.sealed) : value,
        ),
      );
    return all;
  }

  /** Erases a person from the vault: their keys are gone, and when. */
  erase(subject: string, on: string): void {
    const { db } = this.vault.database;
    db.prepare('INSERT INTO erased_key SELECT kid, ? FROM subject_key WHERE subject = ?').run(on, subject);
    db.prepare('DELETE FROM subject_key WHERE subject = ?').run(subject);
  }

  async stop(): Promise<void> {
    await this.store.close();
    this.vault.close();
  }

  private async append(args: Parameters<EventStore['append']>) {
    const at = ++this.appends;
    const { death } = this;
    if (death && (at > death.at || (at === death.at && death.side === 'before'))) throw new Killed();
    const done = await this.store.append(...args);
    if (death && at === death.at) throw new Killed();
    return done;
  }
}
