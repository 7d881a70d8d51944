import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Authorities } from '#authorities/authorities';
import { authority, registerAuthority } from '#authorities/authority';
import { commitment, makeCommitment } from '#commitments/commitment';
import { contribution, giveContribution } from '#contributions/contribution';
import { Engine } from '#engine/engine';
import { type EventStore, StoreUnavailable } from '#event-store/event-store';
import { randomId } from '#event-store/ids';
import { type CommandContext, Recorder } from '#event-store/recorder';
import type { Aggregate, Decided, Now } from '#kernel/aggregate';
import { type DomainEvent, type Recorded, streamId } from '#kernel/event';
import { nowAt } from '#kernel/time';
import { type PromiseStep, takeStep } from '#lifecycle/promise-steps';
import { promiseServiceChange, serviceChange } from '#service-changes/service-change';
import { CarryOut, type Carried } from '#succession/carry-out';
import { Ordering } from '#succession/ordering';
import type { NewSuccession } from '#succession/succession';
import { formTeam, team } from '#teams/team';

const OWNER = { person: '00000000-0000-5000-8000-000000000001', name: 'Jane Smith', role: 'head of care' };
export type Kind = 'commitment' | 'serviceChange';

/** A record of several councils in which years go by. For specs. */
export class Region {
  readonly folder = mkdtempSync(join(tmpdir(), 'region-'));
  day = '2026-11-23';
  readonly engine = Engine.open({ dataDir: join(this.folder, 'data'), clock: { now: () => this.now() } });
  /** Of 100 appends, so many are cut off: the caller cannot know whether they were recorded. */
  cut = 0;
  cuts = 0;
  private chance: () => number = () => 1;

  async open(chance?: () => number): Promise<this> {
    if (chance) this.chance = chance;
    this.engine.start();
    await this.engine.whenSeeded();
    return this;
  }

  async close(): Promise<void> {
    await this.engine.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  now(): Now {
    return nowAt(new Date(`${this.day}T09:00:00.000Z`));
  }

  context(commandId = randomId()): CommandContext {
    return { commandId, actor: { role: 'administrator', ref: 'test' }, now: this.now() };
  }

  async current(): Promise<void> {
    await this.engine.caughtUp(await this.engine.store.head(), 60_000);
  }

  private async record<S, E extends DomainEvent>(
    aggregate: Aggregate<S, E>,
    decide: (state: S, id: string) => Decided<E>,
    id = randomId(),
  ): Promise<string> {
    await this.engine.recorder.act(aggregate, id, this.context(), (state) => decide(state, id));
    return id;
  }

  council = (code: string, validFrom: string): Promise<string> =>
    this.record(authority, (state) => registerAuthority(state, { authority: code, name: code, gss: 'E0', validFrom }));

  team = (code: string): Promise<string> =>
    this.record(team, (state) => formTeam(state, { authority: code, name: 'A team', stage: 'plan' }));

  view = (code: string, its?: string): Promise<string> =>
    this.record(contribution, (state, id) =>
      giveContribution(state, id, { authority: code, words: 'The bus is late', channel: 'meeting', capacity: 'uses-services', voice: 'own', attribution: 'group', ...(its && { team: its }) }),
    ); // prettier-ignore

  promise(kind: Kind, code: string, its?: string, due = '2029-06-01'): Promise<string> {
    const terms = { authority: code, what: 'The bus runs until 8pm', owner: OWNER, due, proofWanted: 'The timetable', checker: { role: 'the chair' }, ...(its && { team: its }) }; // prettier-ignore
    return kind === 'commitment'
      ? this.record(commitment, (state, id) => makeCommitment(state, id, { ...terms, pledge: 'east-of-england', part: 'P1a' }, { isPart: true, today: this.day }))
      : this.record(serviceChange, (state, id) => promiseServiceChange(state, id, terms, this.day)); // prettier-ignore
  }

  /** A step that the rules refuse changes nothing. */
  async step(kind: Kind, id: string, step: PromiseStep): Promise<void> {
    const take = <S extends Parameters<typeof takeStep>[0]>(state: S) => takeStep(state, id, step, this.now());
    await (
      kind === 'commitment'
        ? this.engine.recorder.act(commitment, id, this.context(), take)
        : this.engine.recorder.act(serviceChange, id, this.context(), take)
    ).catch(() => undefined);
  }

  async order(given: NewSuccession, commandId?: string): Promise<void> {
    await this.current();
    const { recorder, rows, clock } = this.engine;
    await new Ordering(recorder, rows, new Authorities(rows, clock)).order(this.context(commandId), given);
    await this.current();
  }

  /** One run of whoever carries orders out; appends may be cut off before or after they are recorded. */
  async carryOut(): Promise<Carried> {
    await this.current();
    const { store, codec, vault, rows } = this.engine;
    const fault = (): boolean => this.chance() * 100 < this.cut && ++this.cuts > 0;
    const cutting = new Proxy(store, {
      get: (target, key) =>
        key === 'append'
          ? async (...args: Parameters<EventStore['append']>) => {
              if (fault()) throw new StoreUnavailable('cut off before');
              const appended = await target.append(...args);
              if (fault()) throw new StoreUnavailable('cut off after');
              return appended;
            }
          : (Reflect.get(target, key) as () => unknown).bind(target),
    });
    const carried = await new CarryOut(new Recorder(cutting, codec, vault), rows).run(this.now());
    await this.current();
    return carried;
  }

  async *log(): AsyncGenerator<Recorded> {
    for await (const stored of this.engine.store.readAll()) yield this.engine.codec.decode(stored);
  }
}

export interface Held {
  readonly kind: Kind;
  readonly owners: readonly string[];
  readonly isOpen: boolean;
}

const OVER: Readonly<Record<string, boolean>> = {
  Dropped: true,
  DoneConfirmed: true,
  DoneDisputed: false,
  Reopened: false,
};

/** Who has each promise, told from the bare entries of the log and from nothing that the product made of them. */
export const holdersIn = (log: readonly Recorded[]): ReadonlyMap<string, Held> => {
  const held = new Map<string, Held>();
  for (const { type, stream, data } of log) {
    const { authority: maker, from, to } = data as Readonly<Record<string, string>>;
    const id = streamId(stream);
    const known = held.get(id);
    if (type === 'CommitmentMade' || type === 'ServiceChangePromised')
      held.set(id, { kind: type === 'CommitmentMade' ? 'commitment' : 'serviceChange', owners: [maker ?? ''], isOpen: true });
    else if (!known) continue;
    else if (type === 'CommitmentTransferred' || type === 'ServiceChangeTransferred')
      // Whoever passes it on must have it; what another passes on leaves it with both.
      held.set(id, { ...known, owners: [...known.owners.filter((each) => each !== from), to ?? ''] });
    else if (OVER[type] !== undefined) held.set(id, { ...known, isOpen: !OVER[type] });
  }
  return held;
}; // prettier-ignore
