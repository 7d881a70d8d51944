import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCodec } from '#engine/every-event';
import type { Leaf } from '#event-store/leaf';
import type { Recorded } from '#kernel/event';
import { cloudEvent, PUBLIC_FIELDS, publicData } from './public-events.js';

const event = (type: string, data: object): Recorded => ({
  id: 'e1', stream: 'decision-d1', revision: 0, position: '1', type, data, occurredAt: '2026-11-01T12:00:00.000Z', recordedAt: '2026-11-02T12:00:00.000Z',
  actor: { role: 'chair', ref: 'a-person' }, about: { authority: 'essex' }, cause: { command: 'c', correlation: 'c', events: [] },
}); // prettier-ignore

describe('what leaves the house', () => {
  it('names only events that there are', () => {
    const known = openCodec().eventNames;
    expect(Object.keys(PUBLIC_FIELDS).filter((name) => !known.includes(name))).toEqual([]);
  });

  it('never names what points at a person', () => {
    const fields = Object.values(PUBLIC_FIELDS).flat();
    for (const never of ['participant', 'person', 'people', 'card', 'contact', 'subject', 'helper', 'words', 'statement', 'note', 'format'])
      expect(fields).not.toContain(never);
    for (const never of ['CardIssued', 'SubjectKeyCreated', 'RequestMade', 'UnderstandingAnswered', 'VerdictGiven', 'ParticipantRegistered', 'ContributionNoted'])
      expect(PUBLIC_FIELDS).not.toHaveProperty(never);
  }); // prettier-ignore

  it('leaves out sealed words and people however deep they stand, and the name of a view that is not shown', () => {
    const owner = { person: 'p', name: { sealed: 'ref' }, role: 'manager' };
    expect(publicData(event('OwnerChanged', { old: owner, new: owner, reason: { sealed: 'r' } }), () => true)).toEqual({
      old: { role: 'manager' },
      new: { role: 'manager' },
    });
    const link = event('DecisionLinkedToContribution', { contribution: 'v1', effect: 'heard', why: { sealed: 'r' } });
    expect(publicData(link, () => true)).toEqual({ contribution: 'v1', effect: 'heard' });
    expect(publicData(link, () => false)).toEqual({ effect: 'heard' });
    expect(JSON.stringify(cloudEvent(link, 'https://x', () => true))).not.toMatch(/a-person|sealed/);
  });

  const folder = join(import.meta.dirname, '../../../../tests/fixtures/events');
  const fixtures = readdirSync(folder).filter((name) => name.endsWith('.json'));
  it.each(fixtures)('says nothing sealed of the stored event %s', (name) => {
    const stored = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { type: string; leaf: string };
    const leaf = JSON.parse(stored.leaf) as Leaf;
    const place = { id: leaf.id, stream: leaf.stream, revision: leaf.rev, position: '1' };
    const decoded = openCodec().decode({ ...place, type: stored.type, leaf: Buffer.from(stored.leaf) });
    const text = JSON.stringify(publicData(decoded, () => true));
    expect(text).not.toMatch(/"(sealed|person|participant)":/);
    for (const { h } of Object.values(leaf.sealed)) expect(text).not.toContain(h);
  }); // prettier-ignore
});
