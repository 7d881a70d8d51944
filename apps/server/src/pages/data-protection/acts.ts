import {
  ERASURE_BASES, type ErasureBasis, HOLD_GROUNDS, type HoldGround, RESTRICTION_GROUNDS, type RestrictionGround,
} from '#erasure/data-subject.events'; // prettier-ignore
import type { DataSubjectStep } from '#erasure/data-subjects.queries';
import type { Engine } from '#engine/engine';
import type { CommandContext } from '#event-store/recorder';
import { refuse } from '#kernel/refusal';
import { GROUNDS } from './data-protection.view.js';

/** What may be chosen now, each with its ground: one question instead of five forms. */
export const actsOn = (steps: readonly DataSubjectStep[]): { value: string; text: string }[] => {
  const open = steps.filter(({ ended_at }) => ended_at === null);
  if (steps.some(({ kind }) => kind === 'erasure')) return [];
  const choose = (verb: string, text: string, of: 'hold' | 'restriction' | 'erasure', codes: readonly string[]) =>
    codes.map((code) => ({ value: `${verb}:${code}`, text: `${text}: ${GROUNDS[of][code] ?? code}` }));
  const isRestricted = open.some(({ kind }) => kind === 'restriction');
  return [
    { value: '', text: 'Choose' },
    ...open.filter(({ kind }) => kind === 'hold').map(({ id, ground }) => ({ value: `lift-hold:${id}`, text: `Lift the legal hold for ${GROUNDS.hold[ground] ?? ground}` })),
    ...choose('hold', 'Place a legal hold', 'hold', HOLD_GROUNDS),
    ...(isRestricted ? [{ value: 'lift-restriction', text: 'Show it again: lift the restriction' }] : choose('restrict', 'Keep it and do not show it', 'restriction', RESTRICTION_GROUNDS)),
    ...choose('erase', 'Erase it for good', 'erasure', ERASURE_BASES),
  ]; // prettier-ignore
};

const isOneOf = <T extends string>(codes: readonly T[], code: string): code is T => codes.includes(code as T);

/** @throws Refusal when the rules say no, or nothing that may be chosen was. */
export const actOf = async (
  { eraser, restrictor }: Pick<Engine, 'eraser' | 'restrictor'>,
  id: string,
  act: string,
  isSure: boolean,
  context: CommandContext,
): Promise<void> => {
  const [verb = '', code = ''] = act.split(':');
  if (verb === 'hold' && isOneOf<HoldGround>(HOLD_GROUNDS, code)) return void (await eraser.hold(id, context, code));
  if (verb === 'lift-hold') return eraser.lift(id, context, code);
  if (verb === 'restrict' && isOneOf<RestrictionGround>(RESTRICTION_GROUNDS, code))
    return restrictor.restrict(id, context, code);
  if (verb === 'lift-restriction') return restrictor.lift(id, context);
  if (verb !== 'erase' || !isOneOf<ErasureBasis>(ERASURE_BASES, code))
    throw refuse('act-unknown', 'Choose what shall be done.', '/act');
  if (!isSure) throw refuse('not-sure', 'This cannot be undone. Tick the box if you are sure.', '/sure');
  await eraser.erase(id, context, { basis: code });
};
