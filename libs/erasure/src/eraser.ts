import type { Clock, Now } from '#kernel/aggregate';
import type { Actor } from '#kernel/event';
import { missing, Refusal, refuse } from '#kernel/refusal';
import { contribution, subjectOf } from '#contributions/contribution';
import type { EventStore } from '#event-store/event-store';
import { createdId } from '#event-store/ids';
import { decodeLeaf } from '#event-store/leaf';
import type { CommandContext, Recorder } from '#event-store/recorder';
import { itemOfPart, streamOfPart } from '#event-store/sealer';
import { participant } from '#participants/participant';
import type { Person } from '#participants/people';
import type { ErasureLedger, LedgerEntry, Target } from '#vault/erasure-ledger';
import type { Vault } from '#vault/vault';
import { VaultRecords } from '#vault/vault-records';
import type { ErasureBasis, HoldGround } from './data-subject.events.js';
import { completeErasure, dataSubject, type Erasure, liftHold, placeHold, requestErasure } from './data-subject.js';
import type { PersonalStore, Whose } from './personal-store.js';

/** Somebody whose data is held, found by an id. */
export type Found = Whose & { readonly authority: string };

export interface Erased {
  readonly erasure: string;
  readonly on: string;
  readonly kids: number;
  readonly stores: readonly { readonly store: string; readonly purged: number }[];
}

/** What an erasure under way has still to do; all that is needed to carry it on after a crash. */
type UnderWay = LedgerEntry & {
  /** None when the vault itself began it from the ledger, because a restore had brought somebody back. */
  readonly asked?: { readonly command: string; readonly actor: Actor; readonly now: Now };
};

/** The moments between which a crash may fall; told to whoever tests just that. */
export const BOUNDARIES = ['closed', 'requested', 'destroyed', 'purged'] as const;
export type Boundary = (typeof BOUNDARIES)[number];

const HELD_ELSEWHERE =
  'A legal hold was placed on the person, or on one of their views. Lift it first; until then nothing may be erased.';

interface Parts {
  readonly store: EventStore;
  readonly recorder: Recorder;
  readonly vault: Vault;
  readonly ledger: ErasureLedger;
  readonly stores: readonly PersonalStore[];
  readonly clock: Clock;
  /** How long writes that began before are given to land, in milliseconds. */
  readonly settleMs?: number;
  readonly reached?: (boundary: Boundary) => void;
}

/**
 * Forgets a person, in an order that a crash cannot turn round: closed (nothing is shown) → said in the record → said in
 * the ledger → keys destroyed → every store purged → looked through → said to be done. Begun is finished, at the latest
 * by the next start.
 */
export class Eraser {
  constructor(private readonly parts: Parts) {}

  /** A participant, a member of staff, or a view whose giver has no record of their own. */
  async find(id: string): Promise<Found | undefined> {
    const { recorder, vault } = this.parts;
    const person = await recorder.load(participant, `${participant.category}-${id}`);
    const named = new VaultRecords<Person>(vault.database, 'person').get(id, true)?.value.authority;
    const authority = person.state.about.authority ?? named;
    if (person.state.exists || named !== undefined)
      return this.whose('participant', id, authority ?? '', [{ subject: id, stream: '' }]);
    const view = await recorder.load(contribution, `${contribution.category}-${id}`);
    if (!view.state.exists) return undefined;
    const subject = subjectOf(view.state, id);
    const own: Target[] = [{ subject: id, stream: '' }];
    // Of somebody with a record of their own only what stands in this view, and what elsewhere belongs to it.
    const elsewhere = vault.forgetting
      .keysOf([{ subject, stream: '' }])
      .filter(({ stream }) => itemOfPart(stream) === id)
      .map(({ stream }) => ({ subject, stream }));
    const targets =
      subject === id ? own : [...own, { subject, stream: `${contribution.category}-${id}` }, ...elsewhere];
    return this.whose('contribution', id, view.state.about.authority ?? '', targets);
  }

  /**
   * Resolves when all of it is gone and was looked for. @throws Refusal when the rules say no (a hold; erased already);
   * any other error leaves an erasure that goes on at the next start, with everything closed meanwhile.
   */
  async erase(id: string, context: CommandContext, given: { readonly basis: ErasureBasis }): Promise<Erased> {
    const found = await this.find(id);
    if (!found || (context.within !== undefined && found.authority !== context.within)) throw missing('person');
    const erasure = createdId(context.commandId, 'erasure');
    const begun = this.parts.vault.forgetting.underWay<UnderWay>().find((each) => each.id === erasure);
    if (begun) return this.carryOn(begun);
    const { state } = await this.parts.recorder.load(dataSubject, `${dataSubject.category}-${id}`);
    const asked: Erasure = {
      erasure,
      subject: found.kind,
      authority: found.authority,
      basis: given.basis,
      authorisedBy: context.actor.role,
    };
    const decided = requestErasure(state, asked);
    if (decided instanceof Error) throw decided;
    const { now, actor, commandId: command } = context;
    const entry = { ...found, v: 1 as const, id: erasure, on: now.today, at: now.instant };
    const { basis, authorisedBy } = asked;
    const by = { command, actor, now };
    return this.begin({ ...entry, basis, authorisedBy, asked: by });
  }

  /** What a crash cut off, and what a restore brought back. Answers how many were carried on. */
  async resume(): Promise<number> {
    const open = this.parts.vault.forgetting.underWay<UnderWay>();
    for (const each of open) await this.carryOn(each);
    return open.length;
  }

  /** Words that must be kept for a court or an inquiry: until it is lifted nothing of theirs may be erased. Answers the id. */
  async hold(id: string, context: CommandContext, ground: HoldGround): Promise<string> {
    const found = await this.find(id);
    if (!found) throw missing('person');
    const hold = createdId(context.commandId, 'hold');
    const { kind: subject, authority } = found;
    await this.parts.recorder.act(dataSubject, id, context, (state) =>
      placeHold(state, { subject, authority, hold, ground }),
    );
    return hold;
  }

  async lift(id: string, context: CommandContext, hold: string): Promise<void> {
    await this.parts.recorder.act(dataSubject, id, context, (state) => liftHold(state, hold));
  }

  private async begin(body: UnderWay): Promise<Erased> {
    const { vault } = this.parts;
    const kidsOf = (keys: readonly { kid: string; stream: string }[]) => ({
      kids: [...new Set([...body.kids, ...keys.map(({ kid }) => kid)])],
      streams: [...new Set([...body.streams, ...keys.map(({ stream }) => streamOfPart(stream))])],
    });
    const begun = await vault.forgetting.begin((keys) => ({ ...body, ...kidsOf(keys) }), body.targets, body.at);
    this.parts.reached?.('closed');
    return this.carryOn(begun);
  }

  private async carryOn(body: UnderWay): Promise<Erased> {
    const { recorder, vault, ledger, stores } = this.parts;
    const { asked: by, person, kind, authority, basis, authorisedBy, on } = body;
    const { command, actor, now }: NonNullable<UnderWay['asked']> = by ?? {
      command: createdId(body.id, 'replay'),
      actor: { role: authorisedBy, ref: 'erasure-ledger' },
      now: this.parts.clock.now(),
    };
    const asked: Erasure = { erasure: body.id, subject: kind, authority, basis: basis as ErasureBasis, authorisedBy }; // prettier-ignore
    const context = (what: string): CommandContext => ({ commandId: createdId(command, what), actor, now });
    // A replay asks no rule: the ledger has the last word, not a hold in an older record.
    if (by)
      try {
        if (await this.isHeldElsewhere(body)) throw refuse('legal-hold', HELD_ELSEWHERE);
        await recorder.act(dataSubject, person, context('ask'), (state) => requestErasure(state, asked));
      } catch (error) {
        // A hold came first: what was closed is opened again, and nothing was destroyed.
        if (error instanceof Refusal) await vault.forgetting.end(body);
        throw error;
      }
    this.parts.reached?.('requested');
    await new Promise((resolve) => setTimeout(resolve, this.parts.settleMs ?? 200));
    // Inside a write of the vault, so that two processes never write at once.
    await vault.database.commits.run(() => ledger.append(ledgerEntryOf(body)));
    await vault.forgetting.destroy(body.targets, body.kids, on);
    this.parts.reached?.('destroyed');
    const purged: { store: string; purged: number }[] = [];
    for (const store of stores) purged.push({ store: store.name, purged: await store.purge(body) });
    this.parts.reached?.('purged');
    for (const store of stores) {
      const left = await store.left(body);
      if (left > 0) throw new Error(`The erasure is not done: ${left} left in "${store.name}". It goes on at the next start; until then nothing of theirs is shown.`); // prettier-ignore
    }
    const kids = await this.announced(body);
    await recorder.act(dataSubject, person, context('done'), (state) =>
      completeErasure(state, asked, { kids, on, stores: purged }),
    );
    await vault.forgetting.end(body);
    return { erasure: body.id, on, kids: kids.length, stores: purged };
  }

  /** A hold on a person keeps each of their views, and a hold on a view keeps whoever gave it. */
  private async isHeldElsewhere({ id, person, targets, views }: UnderWay): Promise<boolean> {
    const stateOf = async (of: string) =>
      (await this.parts.recorder.load(dataSubject, `${dataSubject.category}-${of}`)).state;
    // Asked for in the record already: there is no way back.
    if ((await stateOf(person)).erasing === id) return false;
    const others = new Set([...targets.map(({ subject }) => subject), ...views]);
    others.delete(person);
    for (const other of others) if ((await stateOf(other)).holds.length > 0) return true;
    return false;
  }

  /** The record says of no key that it is gone that it never announced: one that was made for an append that never came. */
  private async announced({ kids, streams }: Whose): Promise<string[]> {
    const wanted = new Set(kids);
    const found = new Set<string>();
    for (const stream of streams)
      for await (const { leaf } of this.parts.store.read(stream)) {
        const { type, data } = decodeLeaf(leaf);
        const { kid } = data as { kid?: string };
        if (type.startsWith('subject-key-created.') && kid && wanted.has(kid)) found.add(kid);
      }
    return kids.filter((kid) => found.has(kid));
  }

  private whose(kind: Found['kind'], person: string, authority: string, targets: readonly Target[]): Found {
    const keys = this.parts.vault.forgetting.keysOf(targets);
    const streams = [...new Set(keys.map(({ stream }) => streamOfPart(stream)))];
    const prefix = `${contribution.category}-`;
    const given = streams.filter((each) => each.startsWith(prefix)).map((each) => each.slice(prefix.length));
    const views = [...new Set([...given, ...(kind === 'contribution' ? [person] : [])])];
    return { person, kind, authority, targets, views, kids: keys.map(({ kid }) => kid), streams };
  }
}

const ledgerEntryOf = (body: UnderWay): LedgerEntry => {
  const { v, id, person, kind, authority, targets, views, kids, streams, basis, authorisedBy, on, at } = body;
  return { v, id, person, kind, authority, targets, views, kids, streams, basis, authorisedBy, on, at };
};
