import { Refusal } from '#kernel/refusal';
import { contribution, type Contribution, correctContribution } from './contribution.js';
import { givePublicVersion, holdBack, releaseView } from './moderate.js';

type E = Parameters<typeof contribution.evolve>[1];
const ID = '00000000-0000-5000-8000-0000000000aa';
const at = { occurredAt: '2026-11-10T09:00:00.000Z', recordedAt: '2026-11-10T09:00:00.000Z' };
const received = (more: object = {}): E =>
  ({ type: 'ContributionReceived', data: { authority: 'essex', words: { sealed: 'r' }, channel: 'meeting', capacity: 'other', voice: 'own', attribution: 'group', ...more } }) as unknown as E; // prettier-ignore
const given = (...events: readonly (E | string)[]): Contribution =>
  [received(), ...events].reduce<Contribution>(
    (state, event) => contribution.evolve(state, typeof event === 'string' ? ({ type: event, data: { attribution: 'hidden' } } as unknown as E) : event, at),
    contribution.initial,
  ); // prettier-ignore
const outcome = (decided: unknown) =>
  decided instanceof Refusal
    ? `${decided.code} ${decided.pointer}`.trim()
    : (decided as E[]).map(({ type }) => type).join(' ');
const version = (state: Contribution, more: object = {}) =>
  outcome(givePublicVersion(state, ID, { words: 'Somebody was rude', reason: 'names-someone', ...more }));
const back = (state: Contribution, more: object = {}) =>
  outcome(holdBack(state, ID, { reason: 'could-harm', ...more }));

describe('what everyone reads of a view', () => {
  it.each<[string, string, string]>([
    ['other words', version(given()), 'PublicVersionGiven'],
    ['other words again', version(given('PublicVersionGiven')), 'PublicVersionGiven'],
    ['no words in their place', version(given(), { words: ' \n' }), 'words-missing /words'],
    ['too many words', version(given(), { words: 'x'.repeat(10_001) }), 'too-long /words'],
    ['a reason that is none', version(given(), { reason: 'embarrassing' }), 'reason-missing /reason'],
    ['a reason that only we may give', version(given(), { reason: 'fix-not-read-yet' }), 'reason-missing /reason'],
    ['nothing for now', back(given()), 'ViewHeldBack'],
    ['nothing, twice', back(given('ViewHeldBack')), 'held-back'],
    ['nothing, without a reason', back(given(), { reason: '' }), 'reason-missing /reason'],
    ['nothing, for a vague reason', back(given(), { explanation: 'We will show it in due course' }), 'vague /explanation'],
    ['what nobody sees anyway', back(given('AttributionChanged')), 'not-public'],
    ['what was taken back', version(given('ContributionWithdrawn')), 'withdrawn'],
    ['what there is not', version(contribution.initial), 'not-found'],
    ['what an import does not publish', back([received({ published: false })].reduce<Contribution>((state, event) => contribution.evolve(state, event, at), contribution.initial)), 'not-public'],
    ['what was held back, again', outcome(releaseView(given('ViewHeldBack'))), 'ViewReleased'],
    ['what was not held back', outcome(releaseView(given())), 'not-held-back'],
  ])('%s: %s', (_, said, expected) => expect(said).toBe(expected)); // prettier-ignore

  it('never becomes the words of a fix before somebody looked: they are held back first', () => {
    const fix = (state: Contribution) => outcome(correctContribution(state, ID, { words: 'Mrs Jones was rude to me' }));
    expect(fix(given())).toBe('ContributionCorrected');
    expect(fix(given('PublicVersionGiven'))).toBe('ViewHeldBack ContributionCorrected');
    expect(fix(given('PublicVersionGiven', 'ViewHeldBack'))).toBe('ContributionCorrected');
    const fixed = given('PublicVersionGiven', 'ViewHeldBack', 'ContributionCorrected');
    expect(outcome(releaseView(fixed))).toBe('version-outdated');
    expect(version(fixed)).toBe('PublicVersionGiven');
    expect(outcome(releaseView(given('PublicVersionGiven', 'ViewHeldBack', 'ContributionCorrected', 'PublicVersionGiven', 'ViewHeldBack')))).toBe('ViewReleased'); // prettier-ignore
  });

  it('does not show what the person hid meanwhile', () => {
    const released = releaseView(given('ViewHeldBack', 'AttributionChanged'));
    expect(released).toEqual([{ type: 'ViewReleased', data: { shown: false } }]);
  });

  it('seals both the words and what is said about them with the key of the one who gave them', () => {
    const events = givePublicVersion(given(), ID, { words: 'Somebody was rude', reason: 'names-someone' });
    expect(events).toMatchObject([{ data: { words: { of: ID, open: 'Somebody was rude' } } }]);
  });
});
