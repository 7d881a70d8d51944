import { meeting } from './meeting.js';
import { type Draft, type DraftDecision, type DraftPromise, emptyDraft } from './draft.js';
import { groupsOf } from './draft-groups.js';
import { type DraftFacts, draftToOutcomes, likelyEffect } from './draft-to-outcomes.js';
import { warningsOf } from './draft-warnings.js';
import { checkOutcomes } from './record-outcomes.js';
import { ANN, EARLIER, MEETING, TEAM } from './testing/bodies.js';
import { factsOf } from './testing/facts.js';

const facts: DraftFacts = {
  title: 'November',
  teamName: 'Form team',
  roster: [{ participant: ANN, name: 'Ann Webb', capacity: 'family-carer', attribution: 'first-name' }],
  today: '2026-11-23',
};
const answer = (views: number[], more: Partial<DraftDecision> = {}): DraftDecision => ({
  views, answer: 'yes', statement: 'A shorter form', reasons: [], alternatives: [], effects: [], unread: [], ...more,
}); // prettier-ignore
const promise = (views: number[], more: Partial<DraftPromise> = {}): DraftPromise => ({
  views, what: 'One page', ownerName: 'Jane Smith', ownerRole: 'forms manager', due: '2027-03-01',
  proofWanted: 'The form', checkerRole: 'co-chair', unread: [], ...more,
}); // prettier-ignore
const views = (...numbers: number[]) => numbers.map((number) => ({ number, words: `View ${number}` }));
const draft = (more: Partial<Draft>): Draft => ({ ...emptyDraft, ...more });
const bodyFor = (more: Partial<Draft>) => draftToOutcomes(draft(more), facts).body;
const groups = (more: Partial<Draft>) => groupsOf(draft(more)).map((group) => group.views.map(({ number }) => number));

describe('views that are named together', () => {
  it.each<[string, Partial<Draft>, number[][]]>([
    ['an empty draft has no discussion', {}, []],
    ['views that nothing names stand together', { views: views(1, 2) }, [[1, 2]]],
    ['each answer is a discussion', { views: views(1, 2), decisions: [answer([1]), answer([2])] }, [[1], [2]]],
    ['one answer ties two', { views: views(1, 2, 3), decisions: [answer([1, 3]), answer([2])] }, [[1, 3], [2]]],
    ['a promise ties what answers do not', { views: views(1, 2), decisions: [answer([1]), answer([2])], promises: [promise([1, 2])] }, [[1, 2]]],
    ['a disagreement ties too', { views: views(1, 2), disagreements: [{ views: [2, 1], words: 'x' }] }, [[1, 2]]],
    ['ties chain', { views: views(1, 2, 3), decisions: [answer([1, 2]), answer([2, 3])] }, [[1, 2, 3]]],
    ['what nothing names comes last', { views: views(1, 2), decisions: [answer([2])] }, [[2], [1]]],
    ['an answer to nothing still stands somewhere', { decisions: [answer([])] }, [[]]],
    ['an answer to a view that is not there stands in the first', { views: views(1), decisions: [answer([9])] }, [[1]]],
    ['an unknown view does not tear a tie', { views: views(1, 2), decisions: [answer([9, 1, 2])] }, [[1, 2]]],
  ])('%s', (_, given, then) => expect(groups(given)).toEqual(then)); // prettier-ignore

  it('every view, answer, promise and disagreement stands in exactly one discussion', () => {
    const all = draft({
      views: views(1, 2, 3, 4),
      decisions: [answer([1]), answer([2, 3]), answer([9])],
      promises: [promise([3]), promise([8])],
      disagreements: [{ views: [], words: 'x' }],
    });
    const made = groupsOf(all);
    const numbers = made.flatMap((group) => group.views).map(({ number }) => number);
    expect(numbers.sort()).toEqual([1, 2, 3, 4]);
    for (const list of ['decisions', 'promises', 'disagreements'] as const)
      expect(made.flatMap((group) => group[list] as readonly unknown[])).toHaveLength(all[list].length);
  });
});

describe('a draft as the body that records it', () => {
  const whole: Partial<Draft> = {
    about: { openness: 'open', rung: 'co-design' },
    attendance: {
      people: [{ participant: ANN, capacity: 'family-carer' }],
      others: [{ capacity: 'family-carer', count: 2 }, { capacity: 'staff', count: 1 }],
      decisionMakerPresent: false,
      access: [{ need: 'large print', count: 2, met: false, why: 'No printer' }, { need: 'a loop', count: 1 }],
    },
    interests: [{ role: 'chair', interest: 'Works for the printer' }],
    views: [{ number: 1, words: 'Too long', who: 'ann' }, { number: 2, words: 'Bus', capacity: 'staff' }, { number: 7, words: '', existing: EARLIER }],
    decisions: [answer([1, 7]), answer([2], { answer: 'undecided', statement: 'When is the bus?', decideBy: '2027-01-01' })],
    promises: [promise([1])],
    disagreements: [{ views: [1], words: 'Two wanted it long' }],
    howWasIt: [{ statement: 'Listened', answer: 'yes', count: 2 }],
  }; // prettier-ignore

  it('can be recorded as it is', () => {
    const called = { ...meeting.initial, exists: true, about: { authority: 'essex', team: TEAM } };
    expect(checkOutcomes(called, MEETING, bodyFor(whole), factsOf())).toEqual([]);
  });

  it('says who was there, what was needed and answered; what nobody said yet is left out, not made up', () =>
    expect(bodyFor(whole)).toMatchObject({
      attendance: [{ capacity: 'family-carer', count: 3 }, { capacity: 'staff', count: 1 }],
      people: [ANN], decisionMakerPresent: false, openness: 'open', rung: 'co-design',
      accessTasks: [{ need: 'large print', count: 2, met: false, reason: 'No printer' }],
      howWasIt: [{ statement: 'Listened', answer: 'yes', count: 2 }],
      discussions: [{ title: 'November: item 1', dissent: ['Two wanted it long'] }, { title: 'November: item 2', points: ['When is the bus?'], decideBy: '2027-01-01', decisions: [] }],
    })); // prettier-ignore

  it('gives each view the person, the capacity and the choice from the roster, where the name is known', () =>
    expect(bodyFor(whole).discussions[0]?.contributions).toEqual([
      { ref: 'view-1', words: 'Too long', participant: ANN, capacity: 'family-carer', voice: 'own', attribution: 'first-name' },
      { id: EARLIER },
    ])); // prettier-ignore

  it('answers views by their refs, an earlier one by its id, each with its likely effect until somebody says', () => {
    const effects = [{ view: 7, effect: 'heard' as const }];
    const decision = bodyFor({ ...whole, decisions: [answer([1, 7], { effects })] }).discussions[0]?.decisions[0];
    expect(decision).toMatchObject({
      ref: 'decision-1',
      decidedBy: [{ role: 'team', body: 'Form team', capacity: 'other' }],
      answers: [{ contribution: 'view-1', effect: 'changed' }, { contribution: EARLIER, effect: 'heard' }],
      interests: [{ role: 'chair', interest: 'Works for the printer' }],
    }); // prettier-ignore
    expect((['yes', 'partly', 'later', 'no', 'passed-on', 'already'] as const).map(likelyEffect)).toEqual([
      'changed', 'helped', 'heard', 'heard', 'heard', 'heard',
    ]); // prettier-ignore
  });

  it('ties a promise to the yes about the same view, else to another answer, else to nothing', () => {
    const behind = (...decisions: DraftDecision[]) =>
      bodyFor({ views: views(1, 2), decisions, promises: [promise([1])] }).discussions.flatMap(({ serviceChanges }) =>
        serviceChanges.map(({ decision }) => decision),
      );
    expect(behind(answer([1], { answer: 'no' }), answer([1]))).toEqual(['decision-2']);
    expect(behind(answer([1], { answer: 'no' }))).toEqual(['decision-1']);
    expect(behind(answer([2]))).toEqual(['']);
    expect(behind(answer([1], { answer: 'undecided' }))).toEqual(['']);
  });

  it('knows where each item of the body came from, so that a problem can be shown where it can be mended', () => {
    const { body, places } = draftToOutcomes(draft(whole), facts);
    expect(places).toEqual({
      '/discussions/0/contributions/0': { as: 'views', at: 0 },
      '/discussions/0/contributions/1': { as: 'views', at: 2 },
      '/discussions/0/decisions/0': { as: 'decisions', at: 0 },
      '/discussions/0/serviceChanges/0': { as: 'promises', at: 0 },
      '/discussions/1/contributions/0': { as: 'views', at: 1 },
    });
    expect(body.discussions).toHaveLength(2);
  });

  it('leaves what is missing empty, for the rules to name', () =>
    expect(bodyFor({ views: views(1), decisions: [answer([1])], promises: [{ views: [1], what: 'x', unread: [] }] })).toMatchObject({
      discussions: [{ title: 'November', serviceChanges: [{ owner: { name: '', role: '' }, due: '', proofWanted: '', checker: { role: '' } }] }],
    })); // prettier-ignore
});

describe('worth a look before recording', () => {
  const codes = (more: Partial<Draft>, today = facts.today) =>
    warningsOf(draft(more), { ...facts, today }).map(({ code }) => code);
  const family = { ...emptyDraft.attendance, others: [{ capacity: 'family-carer' as const, count: 1 }] };
  const known = [{ number: 1, words: 'x', capacity: 'staff' as const }];
  const fine = {
    attendance: family,
    views: known,
    decisions: [answer([1], { effects: [{ view: 1, effect: 'changed' }] })],
  };

  it.each<[string, Partial<Draft>, string[]]>([
    ['nothing', fine, []],
    ['no family', { ...fine, attendance: emptyDraft.attendance }, ['no-family-member']],
    ['no family among none', { ...fine, attendance: { ...family, others: [{ capacity: 'family-carer', count: 0 }] } } as never, ['no-family-member']],
    ['no answer', { attendance: family, views: known }, ['view-unanswered']],
    ['no answer today', { ...fine, decisions: [answer([1], { answer: 'undecided' })] }, ['view-unanswered']],
    ['a far promise', { ...fine, promises: [promise([1], { due: '2027-05-24' })] }, ['promise-over-6-months']],
    ['a promise in 6 months', { ...fine, promises: [promise([1], { due: '2027-05-23' })] }, []],
    ['lines to sort', { ...fine, unsorted: ['?'] }, ['unsorted']],
    ['what was not read', { ...fine, promises: [promise([1], { unread: ['by spring'] })] }, ['detail-unread']],
    ['an unknown speaker', { ...fine, views: [{ number: 1, words: 'x', who: 'Zoe' }] }, ['speaker-unknown', 'capacity-unknown']],
    ['a known speaker', { ...fine, views: [{ number: 1, words: 'x', who: 'Ann' }] }, []],
    ['an unsaid effect', { ...fine, decisions: [answer([1])] }, ['effect-assumed']],
    ['unsaid access', { ...fine, attendance: { ...family, access: [{ need: 'a loop', count: 1 }] } }, ['access-open']],
  ])('%s', (_, given, then) => expect(codes(given)).toEqual(then)); // prettier-ignore

  it('says which view, answer or promise it is about', () => {
    const given = { ...fine, views: [...known, { number: 7, words: 'x', who: 'Zoe' }], decisions: [answer([1])], promises: [promise([1]), promise([1], { due: '2027-05-24' })] }; // prettier-ignore
    expect(warningsOf(draft(given), { ...facts, today: facts.today }).map(({ code, place }) => [code, place])).toEqual([
      ['view-unanswered', undefined],
      ['promise-over-6-months', { as: 'promises', at: 1 }],
      ['speaker-unknown', { as: 'views', at: 1 }],
      ['capacity-unknown', { as: 'views', at: 1 }],
      ['effect-assumed', { as: 'decisions', at: 0 }],
    ]);
  });

  it('counts six months to the last day of a shorter month', () => {
    const due = (day: string) => ({ ...fine, promises: [promise([1], { due: day })] }) as never;
    expect(codes(due('2027-02-28'), '2026-08-31')).toEqual([]);
    expect(codes(due('2027-03-01'), '2026-08-31')).toEqual(['promise-over-6-months']);
  });
});
