import type { Who } from '#identity/who';
import { mayActIn, mayActOn } from './may.js';

const OURS = { id: 'v1', authority: 'essex' };
const THEIRS = { id: 'v2', authority: 'norfolk' };
const of = (kind: 'staff' | 'token', authority?: string): Who => ({ kind, role: 'chair', ref: 'r', ...(authority && { authority }) }); // prettier-ignore
const card: Who = { kind: 'card', card: 'c', contribution: 'v1', holder: 'person', mayAct: true };

describe('whose things somebody may touch', () => {
  it('staff and tokens: their council’s, or every council’s', () => {
    for (const kind of ['staff', 'token'] as const) {
      expect([mayActOn(of(kind, 'essex'), OURS), mayActOn(of(kind, 'essex'), THEIRS)]).toEqual([true, false]);
      expect([mayActOn(of(kind), OURS), mayActOn(of(kind), THEIRS)]).toEqual([true, true]);
      expect(() => mayActIn(of(kind, 'essex'), 'essex')).not.toThrow();
      expect(() => mayActIn(of(kind, 'essex'), 'norfolk')).toThrow(
        expect.objectContaining({ kind: 'missing' }) as Error,
      );
    }
  });

  it('a card: its own view, and no council; anyone: nothing', () => {
    expect([mayActOn(card, OURS), mayActOn(card, { ...THEIRS, authority: 'essex' })]).toEqual([true, false]);
    expect(mayActOn({ ...card, mayAct: false }, OURS)).toBe(false);
    expect(mayActOn({ kind: 'anyone' }, OURS)).toBe(false);
    for (const who of [card, { kind: 'anyone' }] as Who[]) expect(() => mayActIn(who, 'essex')).toThrow();
  });
});
