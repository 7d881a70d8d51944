import { Refusal, Refusals } from '#kernel/refusal';
import { audit, type Audit } from './audit.js';
import type { AuditEvent } from './audit.events.js';
import { closeAudit, drawSample, type NewFinding, type NewSample, openAudit, publishFinding, recordFinding } from './audit-rules.js'; // prettier-ignore
import { monthsAfter, type NewRecommendation, type NewResponse, noteSilence, recommend, respond } from './recommendation-rules.js'; // prettier-ignore

const ID = '00000000-0000-5000-8000-0000000000aa';
const THING = '00000000-0000-5000-8000-0000000000bb';
const today = '2026-11-26';
const at = { occurredAt: '2026-11-26T09:00:00.000Z', recordedAt: '2026-11-26T09:00:00.000Z' };
const given = (...events: readonly AuditEvent[]): Audit =>
  events.reduce<Audit>((state, event) => audit.evolve(state, event, at), audit.initial);
const event = (type: string, data: object) => ({ type, data }) as AuditEvent;
const opened = event('AuditOpened', { authority: 'essex' });
const found = event('AuditFinding', { finding: 'f1', about: 'commitment', thing: THING, authority: 'essex' });
const published = event('FindingPublished', { finding: 'f1' });
const recommended = event('RecommendationMade', { recommendation: 'r1', authority: 'essex', due: '2026-11-25' });
const answered = event('ResponseReceived', { recommendation: 'r1' });
const overdue = event('ResponseOverdue', { recommendation: 'r1' });
const closed = event('AuditClosed', {});

const outcome = (decided: unknown): string =>
  decided instanceof Refusals
    ? decided.all.map(({ code, pointer }) => `${code} ${pointer}`.trim()).join(', ')
    : decided instanceof Refusal
      ? `${decided.code} ${decided.pointer}`.trim()
      : (decided as AuditEvent[]).map(({ type }) => type).join(' ');

const sample: NewSample = {
  sample: 's1', seed: 'ab'.repeat(32), of: 'promises', filter: { authority: 'essex' }, asked: 20, population: 12, position: '9', day: today, ids: [THING],
}; // prettier-ignore
const finding: NewFinding = { finding: 'f2', about: 'commitment', thing: THING, authority: 'essex', found: 'cannot-tell', reason: 'There is no proof.' }; // prettier-ignore
const advice: NewRecommendation = { recommendation: 'r2', authority: 'essex', to: 'The cabinet', what: 'Publish the bus timetable in large print.' }; // prettier-ignore
const answer: NewResponse = { recommendation: 'r1', answer: 'accepted', words: 'We agree.', byRole: 'pledge-lead', action: 'Printed by May.' }; // prettier-ignore

describe('what scrutiny may record', () => {
  it.each<[string, Audit, unknown, string]>([
    ['an audit', given(), openAudit(given(), ID, { title: 'Buses', body: 'Overview' }), 'AuditOpened'],
    ['an audit without words', given(), openAudit(given(), ID, { title: ' ', body: '' }), 'title-missing /title, body-missing /body'],
    ['an audit twice', given(opened), openAudit(given(opened), ID, { title: 'x', body: 'y' }), 'already-recorded'],
    ['a sample', given(opened), drawSample(given(opened), sample), 'SampleDrawn'],
    ['none', given(opened), drawSample(given(opened), { ...sample, asked: 0 }), 'asked-wrong /asked'],
    ['more than anyone looks through', given(opened), drawSample(given(opened), { ...sample, asked: 501 }), 'asked-wrong /asked'],
    ['half of one', given(opened), drawSample(given(opened), { ...sample, asked: 1.5 }), 'asked-wrong /asked'],
    ['a seed of a person', given(opened), drawSample(given(opened), { ...sample, seed: '7' }), 'seed-wrong /seed'],
    ['from nothing', given(opened), drawSample(given(opened), { ...sample, population: 0 }), 'nothing-to-draw'],
    ['from another council', given(opened), drawSample(given(opened), { ...sample, filter: { authority: 'luton' } }), 'other-council /authority'],
    ['from every council', given(opened), drawSample(given(opened), { ...sample, filter: {} }), 'other-council /authority'],
    ['after the end', given(opened, closed), drawSample(given(opened, closed), sample), 'closed /audit'],
    ['into no audit', given(), drawSample(given(), sample), 'not-found'],
    ['a finding', given(opened), recordFinding(given(opened), ID, finding, today), 'AuditFinding'],
    ['a finding of nothing', given(opened), recordFinding(given(opened), ID, { ...finding, found: '', reason: ' ', nextCheck: '2026-11-25' }, today), 'found-missing /found, reason-missing /reason, date-past /nextCheck'],
    ['a finding about another council', given(opened), recordFinding(given(opened), ID, { ...finding, authority: 'luton' }, today), 'other-council /audit'],
    ['a publication', given(opened, found), publishFinding(given(opened, found), ID, { finding: 'f1', found: 'satisfied', decidedBy: 'Overview, 1 May' }), 'FindingPublished'],
    ['a publication that nobody decided', given(opened, found), publishFinding(given(opened, found), ID, { finding: 'f1', found: 'satisfied', decidedBy: '' }), 'body-missing /decidedBy'],
    ['a publication twice', given(opened, found, published), publishFinding(given(opened, found, published), ID, { finding: 'f1', found: 'satisfied', decidedBy: 'x' }), ''],
    ['a publication of what is not there', given(opened), publishFinding(given(opened), ID, { finding: 'f1', found: 'satisfied', decidedBy: 'x' }), 'not-found'],
    ['a recommendation', given(opened), recommend(given(opened), ID, advice, { today }), 'RecommendationMade'],
    ['a recommendation to nobody', given(opened), recommend(given(opened), ID, { ...advice, to: '', what: '' }, { today }), 'what-missing /what, to-missing /to'],
    ['a vague recommendation', given(opened), recommend(given(opened), ID, { ...advice, what: 'Do it in due course' }, { today }), 'vague /what'],
    ['an answer wanted yesterday', given(opened), recommend(given(opened), ID, { ...advice, due: '2026-11-25' }, { today }), 'date-past /due'],
    ['a recommendation from no finding', given(opened), recommend(given(opened), ID, { ...advice, finding: 'f9' }, { today }), 'not-found'],
    ['an answer', given(opened, recommended), respond(given(opened, recommended), ID, answer, { today }), 'ResponseReceived'],
    ['an answer after the audit was closed', given(opened, recommended, closed), respond(given(opened, recommended, closed), ID, answer, { today }), 'ResponseReceived'],
    ['an empty answer', given(opened, recommended), respond(given(opened, recommended), ID, { recommendation: 'r1', byRole: 'owner' }, { today }), 'answer-missing /answer, words-missing /words'],
    ['a yes that does nothing', given(opened, recommended), respond(given(opened, recommended), ID, { ...answer, action: ' ' }, { today }), 'action-missing /action'],
    ['a no that does nothing', given(opened, recommended), respond(given(opened, recommended), ID, { ...answer, answer: 'not-accepted', action: '' }, { today }), 'ResponseReceived'],
    ['an answer to nothing', given(opened), respond(given(opened), ID, answer, { today }), 'not-found'],
    ['silence', given(opened, recommended), noteSilence(given(opened, recommended), 'r1', today), 'ResponseOverdue'],
    ['silence on the day itself', given(opened, recommended), noteSilence(given(opened, recommended), 'r1', '2026-11-25'), ''],
    ['silence twice', given(opened, recommended, overdue), noteSilence(given(opened, recommended, overdue), 'r1', today), ''],
    ['silence after an answer', given(opened, recommended, answered), noteSilence(given(opened, recommended, answered), 'r1', today), ''],
    ['an end', given(opened), closeAudit(given(opened), ID, ''), 'AuditClosed'],
    ['an end twice', given(opened, closed), closeAudit(given(opened, closed), ID, ''), ''],
  ])('%s', (_, _state, decided, expected) => expect(outcome(decided)).toBe(expected)); // prettier-ignore

  it('an answer is wanted in two months when nobody sets a day, and a late answer says so', () => {
    const [made] = recommend(given(opened), ID, advice, { today }) as AuditEvent[];
    expect(made?.data).toMatchObject({ due: '2027-01-26' });
    expect(monthsAfter('2026-12-31', 2)).toBe('2027-02-28');
    const [late] = respond(given(opened, recommended), ID, answer, { today }) as AuditEvent[];
    expect(late?.data).toMatchObject({ afterDue: true });
  });
});
