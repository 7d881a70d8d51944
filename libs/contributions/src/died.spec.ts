import { Refusal } from '#kernel/refusal';
import { issueCard } from './card.js';
import { contribution, type Contribution } from './contribution.js';
import { endReplies, giveReply, resumeReplies } from './replies.js';
import { remindOfReply, startClock, stopClock } from './reply-clock-rules.js';
import { replyDue } from './reply-clock.js';

type E = Parameters<typeof contribution.evolve>[1];
const ID = '00000000-0000-5000-8000-0000000000aa';
const on = (day: string) => ({ occurredAt: `2026-11-${day}T09:00:00.000Z`, recordedAt: `2026-11-${day}T09:00:00.000Z` }); // prettier-ignore
const received = { type: 'ContributionReceived', data: { authority: 'essex', words: { sealed: 'r' }, channel: 'meeting', capacity: 'other', voice: 'own', attribution: 'group' } } as unknown as E; // prettier-ignore
const given = (...events: readonly [string, string, object?][]): Contribution =>
  events.reduce<Contribution>(
    (state, [type, day, data = {}]) => contribution.evolve(state, { type, data } as unknown as E, on(day)),
    contribution.evolve(contribution.initial, received, on('02')),
  );
const outcome = (decided: unknown) =>
  decided instanceof Refusal ? decided.code : (decided as E[]).map(({ type }) => type).join(' ');

const reply = { channel: 'letter', format: 'plain', givenAt: '2026-11-20T09:00:00.000Z', byRole: 'chair', about: 'd' } as const; // prettier-ignore
const NOW = { instant: '2026-11-25T09:00:00.000Z', today: '2026-12-25' };
const family = (state: Contribution, agreed?: boolean) =>
  issueCard(state, { card: 'f', holder: 'family', ...(agreed !== undefined && { agreed }) });

describe('when the person has died', () => {
  const died = given(['RepliesEnded', '09']);

  it('no reply is given and no reminder goes out, but to a family that asked for a card', () => {
    expect(outcome(giveReply(given(), ID, reply, NOW.instant))).toBe('ReplySent');
    expect(outcome(giveReply(died, ID, reply, NOW.instant))).toBe('replies-ended');
    expect(outcome(giveReply(given(['RepliesEnded', '09'], ['CardIssued', '10', { card: 'f', holder: 'family' }]), ID, reply, NOW.instant))).toBe('ReplySent'); // prettier-ignore
    const late = { due: '2026-11-30', step: 1 } as never;
    expect(outcome(remindOfReply(given(), late, NOW, 20))).toBe('ReminderSent');
    expect(outcome(remindOfReply(died, late, NOW, 20))).toBe('');
    expect(outcome(stopClock(died, ID, { reason: 'asked-the-person' }, { today: '2026-11-10', days: 20 }))).toBe('replies-ended'); // prettier-ignore
    expect(outcome(startClock(died))).toBe('replies-ended');
  });

  it('is written down once, can be taken back, and the days meanwhile do not count', () => {
    expect([outcome(endReplies(given(), ID)), outcome(endReplies(died, ID))]).toEqual(['RepliesEnded', '']);
    expect([outcome(resumeReplies(died)), outcome(resumeReplies(given()))]).toEqual(['RepliesResumed', '']);
    const lives = given(['RepliesEnded', '09'], ['RepliesResumed', '11']);
    expect(outcome(giveReply(lives, ID, reply, NOW.instant))).toBe('ReplySent');
    const due = (state: Contribution) => replyDue(state.clock, 20, '2026-11-25');
    expect([due(given()), due(lives)]).toEqual(['2026-11-30', '2026-12-02']);
  });

  it('does not say in the open why', () =>
    expect(endReplies(given(), ID)).toEqual([{ type: 'RepliesEnded', data: { why: { of: ID, open: 'died' } } }]));

  it('a family has a card to look with, when it asked for one and not before', () => {
    expect(outcome(family(given(), true))).toBe('family-not-yet');
    expect(outcome(family(died))).toBe('family-not-asked');
    expect(family(died, true)).toMatchObject([{ data: { holder: 'family', scope: 'see' } }]);
    const [issued] = family(died, true) as E[];
    expect(issued && contribution.evolve(died, issued, on('12')).cards['f']).toMatchObject({ mayAct: false });
  });
});
