import { Refusal } from '#kernel/refusal';
import { appointChair, formTeam, joinTeam, leaveTeam, team, type Team } from './team.js';

type E = Parameters<typeof team.evolve>[1];
const at = { occurredAt: '2026-11-10T09:00:00.000Z', recordedAt: '2026-11-10T09:00:00.000Z' };
const given = (...events: readonly E[]): Team =>
  events.reduce<Team>((state, event) => team.evolve(state, event, at), team.initial);
const formed: E = {
  type: 'TeamFormed',
  data: { authority: 'essex', name: 'Transport', stage: 'plan', pledge: ['P1a'] },
};
const joined = (participant: string): E => ({ type: 'MemberJoined', data: { participant, capacity: 'uses-services' } });
const chair = (participant: string): E => ({ type: 'ChairAppointed', data: { participant } });
const coChair = (participant: string): E => ({ type: 'CoChairAppointed', data: { participant } });
const left = (participant: string): E => ({ type: 'MemberLeft', data: { participant } });
const outcome = (decided: unknown) =>
  decided instanceof Refusal ? decided.code : (decided as E[]).map(({ type }) => type).join(' ');
const join = { participant: 'ann', capacity: 'family-carer' } as const;

describe('a team', () => {
  it.each<[string, E[], (state: Team) => unknown, string]>([
    [
      'is formed',
      [],
      (state) => formTeam(state, { authority: 'essex', name: ' Transport ', stage: 'plan' }),
      'TeamFormed',
    ],
    [
      'is formed twice',
      [formed],
      (state) => formTeam(state, { authority: 'essex', name: 'x', stage: 'plan' }),
      'already-recorded',
    ],
    [
      'is formed without a name',
      [],
      (state) => formTeam(state, { authority: 'essex', name: ' ', stage: 'plan' }),
      'name-missing',
    ],
    ['is joined', [formed], (state) => joinTeam(state, join), 'MemberJoined'],
    ['is joined twice by one person', [formed, joined('ann')], (state) => joinTeam(state, join), ''],
    ['is joined, though there is none', [], (state) => joinTeam(state, join), 'not-found'],
    [
      'is left',
      [formed, joined('ann')],
      (state) => leaveTeam(state, { participant: 'ann', reason: 'moved' }),
      'MemberLeft',
    ],
    ['is left by someone who is not in it', [formed], (state) => leaveTeam(state, { participant: 'ann' }), ''],
    ['is left, though there is none', [], (state) => leaveTeam(state, { participant: 'ann' }), 'not-found'],
    [
      'gets a chair',
      [formed, joined('ann')],
      (state) => appointChair(state, { participant: 'ann', post: 'chair' }),
      'ChairAppointed',
    ],
    [
      'gets a co-chair',
      [formed, joined('ann')],
      (state) => appointChair(state, { participant: 'ann', post: 'co-chair' }),
      'CoChairAppointed',
    ],
    [
      'gets the chair it has',
      [formed, joined('ann'), chair('ann')],
      (state) => appointChair(state, { participant: 'ann', post: 'chair' }),
      '',
    ],
    [
      'gets a chair who is not a member',
      [formed],
      (state) => appointChair(state, { participant: 'ann', post: 'chair' }),
      'not-a-member',
    ],
    [
      'gets a chair, though there is none',
      [],
      (state) => appointChair(state, { participant: 'ann', post: 'chair' }),
      'not-found',
    ],
    [
      'gets back a chair who left',
      [formed, joined('ann'), chair('ann'), left('ann'), joined('ann')],
      (state) => appointChair(state, { participant: 'ann', post: 'chair' }),
      'ChairAppointed',
    ],
  ])('when it %s', (_, events, decide, then) => expect(outcome(decide(given(...events)))).toBe(then));

  it('has no chair when the chair has left, and keeps the other one', () => {
    const state = given(formed, joined('ann'), joined('bob'), chair('ann'), coChair('bob'), left('ann'));
    expect(state).toEqual({
      exists: true,
      about: { authority: 'essex', pledge: ['P1a'] },
      members: ['bob'],
      coChair: 'bob',
    });
  });

  it('seals the reason of leaving under who leaves', () =>
    expect(leaveTeam(given(formed, joined('ann')), { participant: 'ann', reason: 'moved' })).toMatchObject([
      { data: { reason: { of: 'ann', open: 'moved' } } },
    ]));
});
