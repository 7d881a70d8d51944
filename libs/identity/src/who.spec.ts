import { ROLES } from '#kernel/codes';
import { actorOf, belongsTo, councilOf, onlyReads, RECORDERS, STAFF, type Who } from './who.js';

const anyone: Who = { kind: 'anyone' };
const card: Who = { kind: 'card', card: 'c', contribution: 'v', holder: 'person', mayAct: true };
const of = (kind: 'staff' | 'token', authority?: string, role: (typeof ROLES)[number] = 'chair'): Who => ({
  kind,
  role,
  ref: 'r',
  ...(authority && { authority }),
});

describe('who is asking', () => {
  it('belongs to their own council and to no other, and without one to every', () => {
    for (const kind of ['staff', 'token'] as const) {
      expect([belongsTo(of(kind, 'essex'), 'essex'), belongsTo(of(kind, 'essex'), 'norfolk')]).toEqual([true, false]);
      expect([belongsTo(of(kind, 'essex'), undefined), belongsTo(of(kind), 'essex')]).toEqual([false, true]);
      expect([councilOf(of(kind, 'essex')), councilOf(of(kind))]).toEqual(['essex', undefined]);
    }
    expect([anyone, card].map((who) => [belongsTo(who, 'essex'), belongsTo(who, undefined), councilOf(who)])).toEqual([
      [false, false, undefined],
      [false, false, undefined],
    ]);
  });

  it('only reads: scrutiny without a council, and nobody else', () => {
    for (const kind of ['staff', 'token'] as const)
      for (const role of ROLES) {
        expect([role, onlyReads(of(kind, undefined, role))]).toEqual([role, role === 'scrutiny-officer']);
        expect([role, onlyReads(of(kind, 'essex', role))]).toEqual([role, false]);
      }
    expect([onlyReads(anyone), onlyReads(card)]).toEqual([false, false]);
  });

  it('stands in an event by role and by an id that is no name', () => {
    expect(actorOf(anyone)).toEqual({ role: 'participant', ref: 'not-signed-in' });
    expect(actorOf(card)).toEqual({ role: 'participant', ref: 'v' });
    expect(actorOf({ ...card, holder: 'supporter' })).toEqual({ role: 'supporter', ref: 'v' });
    for (const kind of ['staff', 'token'] as const) expect(actorOf(of(kind, 'essex'))).toEqual({ role: 'chair', ref: 'r' });
  }); // prettier-ignore

  it('no participant and no supporter is staff, and no scrutiny officer records for a team', () => {
    expect(STAFF.filter((role) => role === 'participant' || role === 'supporter')).toEqual([]);
    expect(RECORDERS).not.toContain('scrutiny-officer');
    expect([...STAFF].sort()).toEqual(ROLES.filter((role) => role !== 'participant' && role !== 'supporter').sort());
  });
});
