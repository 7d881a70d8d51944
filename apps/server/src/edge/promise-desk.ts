import { createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { StepCommitment } from '#commitments/commitment.commands';
import { FindCommitment } from '#commitments/commitments.queries';
import type { CommandContext } from '#event-store/recorder';
import { PROMISE_KEEPERS, SCRUTINEERS, type Who } from '#identity/who';
import { missing } from '#kernel/refusal';
import type { PromiseRow } from '#lifecycle/promise-row';
import type { PromiseStep } from '#lifecycle/promise-steps';
import { StepServiceChange } from '#service-changes/service-change.commands';
import { FindServiceChange } from '#service-changes/service-changes.queries';
import type { Asked } from './guard.js';
import { mayActOn } from './may.js';
import { ReadYourWrite } from './read-your-write.js';

/** The two kinds of promises, by the word in their addresses; all that can be done with them is the same. */
export const PROMISE_KINDS = ['service-changes', 'commitments'] as const;
export type PromiseKind = (typeof PROMISE_KINDS)[number];

/** Which kind a request is about, from its own address. */
export const Kind = createParamDecorator((_: unknown, context: ExecutionContext): PromiseKind => {
  const [path = ''] = context.switchToHttp().getRequest<Asked>().url.split('?');
  return path.split('/').includes('commitments') ? 'commitments' : 'service-changes';
});

/** Finds a promise of either kind and takes the next step with it. */
@Injectable()
export class PromiseDesk {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly wrote: ReadYourWrite,
  ) {}

  /** @throws Refusal when there is none that this person may act on; a card speaks of what answers its own view. */
  async find(kind: PromiseKind, id: string, who: Who): Promise<PromiseRow> {
    const row =
      kind === 'commitments'
        ? await this.queries.execute(new FindCommitment(id))
        : await this.queries.execute(new FindServiceChange(id));
    if (!row || !(who.kind === 'card' ? who.mayAct : mayActOn(who, row))) throw missing('promise');
    return row;
  }

  async take(kind: PromiseKind, context: CommandContext, id: string, step: PromiseStep) {
    const command =
      kind === 'commitments' ? new StepCommitment(context, id, step) : new StepServiceChange(context, id, step);
    const { position } = await this.wrote.after(this.commands.execute(command));
    return { id, position };
  }
}

/** Whoever scrutinises a promise is not led to keep it: they look, and say what they saw. */
const LOOKING = ['check', 'effect'];

/** Whether it is their own promise. Nobody knows which owner holds an owner's token: it counts for each of them. */
export const isOwner = (who: Who, { owner_person: owner }: Pick<PromiseRow, 'owner_person'>): boolean =>
  who.kind === 'token' ? who.role === 'owner' : who.kind === 'staff' && who.ref === owner;

/** What can be done next with a promise, by where it is and who asks. `isAsked`: the reasons were asked for and not given. */
export const stepsFor = (
  { state, owner_person, authority }: Pick<PromiseRow, 'state' | 'owner_person' | 'authority'>,
  who: Who,
  isAsked = false,
): { readonly href: string; readonly text: string }[] => {
  if (who.kind !== 'staff' || !PROMISE_KEEPERS.includes(who.role) || !mayActOn(who, { id: '', authority })) return [];
  const isTheirs = isOwner(who, { owner_person });
  const all = [
    ...(isTheirs && isAsked ? [{ href: 'reasons', text: 'Say why it is late' }] : []),
    ...(isTheirs ? [{ href: 'accept', text: 'Accept this promise' }] : []),
    { href: 'progress', text: 'Say what was done' },
    { href: 'evidence', text: 'Add proof' },
    isTheirs ? { href: 'ask-date', text: 'Ask for a new date' } : { href: 'move-date', text: 'Move the date' },
    { href: 'report-done', text: 'Report it done' },
    ...(isTheirs ? [] : [{ href: 'check', text: 'Check it' }]),
    { href: 'pause', text: 'Stop for now' },
    { href: 'drop', text: 'Drop it' },
    { href: 'effect', text: 'Say what changed for people' },
    { href: 'change-owner', text: 'Someone else takes it over' },
  ];
  const closed = state === 'confirmed' || state === 'dropped';
  const open = closed ? all.filter(({ href }) => href === 'effect') : all;
  if (SCRUTINEERS.includes(who.role)) return open.filter(({ href }) => LOOKING.includes(href));
  return state === 'promised' || state === 'under-way' ? open : [...open, { href: 'reopen', text: 'Open it again' }];
};
