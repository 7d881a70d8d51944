import { giverOf } from './giver.js';

type View = Parameters<typeof giverOf>[0];
const people = { get: (id: string) => (id === 'ann' ? { authority: 'essex', name: 'Ann Example', contact: null, format: null } : undefined) }; // prettier-ignore
const view = {
  attribution: 'name', words: { state: 'readable', value: 'Keep the bus' }, publicVersion: null, heldBack: null, voice: 'own',
} as unknown as View; // prettier-ignore

describe('who gave a view, for everyone', () => {
  it.each<[string, object, string | undefined]>([
    ['chose their name', {}, 'Ann Example'],
    ['had help with their own words', { voice: 'helped' }, 'Ann Example'],
    ['chose their first name', { attribution: 'first-name' }, 'Ann'],
    ['is a member of the group', { attribution: 'group' }, undefined],
    ['is not shown', { attribution: 'hidden' }, undefined],
    ['gave no name', { participant: null }, undefined],
    ['was erased', { participant: 'gone' }, undefined],
    ['has words that were erased', { words: { state: 'erased' } }, undefined],
    ['has words that are restricted', { words: { state: 'hidden' } }, undefined],
    ['has words that others do not read', { heldBack: { reason: 'could-harm' } }, undefined],
    ['has other words shown in their place', { publicVersion: { reason: 'names-someone' } }, undefined],
    ['had somebody else speak for them', { voice: 'proxy' }, undefined],
  ])('who %s', (_, { participant = 'ann', ...more }: { participant?: string | null }, then) =>
    expect(giverOf({ ...view, ...more }, participant, people)).toBe(then),
  );
});
