import { meeting } from './meeting.js';
import { namesConfirmedIn, textsOf } from './check-outcomes.js';
import { outcomeId } from './outcome-facts.js';
import type { OutcomeFacts, OutcomesBody } from './outcomes.js';
import { outline } from './outline.js';
import { checkOutcomes, recordOutcomes } from './record-outcomes.js';
import { ANN, bodyOf, decided, EARLIER, idOf, MEETING, promised, said, TEAM, WHOLE } from './testing/bodies.js';
import { factsOf, KNOWN_DECISION } from './testing/facts.js';

const called = { ...meeting.initial, exists: true, about: { authority: 'essex', team: TEAM } };
const problems = (body: OutcomesBody, facts: Partial<OutcomeFacts> = {}) =>
  checkOutcomes(called, MEETING, body, factsOf(facts)).map(({ code, pointer }) => `${code} ${pointer}`);
const ref = (kind: Parameters<typeof outcomeId>[1], name: string) => outcomeId(MEETING, kind, name);

describe('the body of a whole meeting', () => {
  it('that is right has no problems', () => expect(problems(WHOLE)).toEqual([]));

  describe('has a pointer for everything that is wrong', () => {
    const at0 = '/discussions/0';
    it.each<[string, OutcomesBody, string[]]>([
      ['nothing at all', { attendance: [], discussions: [] }, ['nothing-to-record /discussions']],
      ['a discussion of nothing', bodyOf({ contributions: [], decisions: [], serviceChanges: [] }), ['nothing-to-record /discussions']],
      ['fewer than nobody', bodyOf({}, { attendance: [{ capacity: 'staff', count: 1 }, { capacity: 'other', count: -1 }] }), ['count-wrong /attendance/1/count']],
      ['a ref used twice', bodyOf({ contributions: [said('v1'), said('v1')] }), [`ref-repeated ${at0}/contributions/1/ref`]],
      ['a ref used twice in two discussions', { ...bodyOf(), discussions: [...bodyOf().discussions, ...bodyOf({ contributions: [], decisions: [decided()], serviceChanges: [] }).discussions] }, ['ref-repeated /discussions/1/decisions/0/ref']],
      ['an empty ref', bodyOf({ contributions: [said('v1'), said(' ')] }), [`ref-wrong ${at0}/contributions/1/ref`]],
      ['a very long ref', bodyOf({ contributions: [said('v1'), said('x'.repeat(65))] }), [`ref-wrong ${at0}/contributions/1/ref`]],
      ['a view of before that is not there', bodyOf({ contributions: [said('v1'), { id: idOf('gone') }] }), [`view-unknown ${at0}/contributions/1/id`]],
      ['a view of somebody who is not there', bodyOf({ contributions: [{ ...said('v1'), participant: idOf('gone') }] }), [`person-unknown ${at0}/contributions/0/participant`]],
      ['an answer to a view that is not there', bodyOf({ decisions: [decided({ answers: [{ contribution: 'v1', effect: 'heard' }, { contribution: 'v9', effect: 'heard' }] })] }), [`view-unknown ${at0}/decisions/0/answers/1/contribution`]],
      ['an answer to nothing', bodyOf({ decisions: [decided({ answers: [] })] }), [`answers-missing ${at0}/decisions/0/answers`]],
      ['a promise on no decision', bodyOf({ serviceChanges: [promised({ decision: 'd9' })] }), [`decision-unknown ${at0}/serviceChanges/0/decision`]],
      ['a view without words', bodyOf({ contributions: [said('v1', ' ')] }), [`words-missing ${at0}/contributions/0/words`]],
      ['a view for someone who did not agree', bodyOf({ contributions: [{ ...said('v1'), voice: 'proxy', helper: 'Jo' }] }), [`agreement-missing ${at0}/contributions/0/agreed`]],
      ['a view in more than can be read', bodyOf({ contributions: [said('v1', 'x'.repeat(10_001))] }), [`too-long ${at0}/contributions/0/words`]],
      ['a discussion without a title', bodyOf({ title: ' ' }), [`title-missing ${at0}/title`]],
      ['a no without a reason', bodyOf({ decisions: [decided({ answer: 'no' })], serviceChanges: [] }), [`reason-missing ${at0}/decisions/0/reason/codes`, `why-missing ${at0}/decisions/0/reason/words`]],
      ['a promise of nobody', bodyOf({ serviceChanges: [promised(), promised({ ref: 'p2', owner: { name: 'The team', role: '' } })] }), [`owner-missing ${at0}/serviceChanges/1/owner/name`, `owner-role-missing ${at0}/serviceChanges/1/owner/role`]],
      ['a promise by yesterday', bodyOf({ serviceChanges: [promised({ due: '2026-11-22' })] }), [`date-past ${at0}/serviceChanges/0/due`]],
    ])('%s', (_, body, then) => expect(problems(body)).toEqual(then)); // prettier-ignore

    it('of each of two that have the same ref', () =>
      expect(problems(bodyOf({ contributions: [said('v1', ' '), said('v1')] }))).toEqual([
        'ref-repeated /discussions/0/contributions/1/ref',
        'words-missing /discussions/0/contributions/0/words',
      ]));

    it('all of them at once', () =>
      expect(
        problems(
          bodyOf({
            contributions: [said('v1', '')],
            decisions: [decided({ statement: ' ', decidedBy: [] })],
            serviceChanges: [promised({ due: '', proofWanted: '' })],
          }),
        ),
      ).toHaveLength(5));

    it('a view that was taken back', () =>
      expect(problems(WHOLE, { withdrawn: new Set([EARLIER]) })).toEqual([`withdrawn /discussions/0/contributions/1/id`]));
  }); // prettier-ignore

  it('may answer a view and follow from a decision of before, by their ids', () =>
    expect(
      problems(
        bodyOf({
          contributions: [said('v1')],
          decisions: [decided({ answers: [{ contribution: EARLIER, effect: 'heard' }] })],
          serviceChanges: [promised({ decision: KNOWN_DECISION })],
        }),
      ),
    ).toEqual([]));

  it('does not name somebody who asked not to be named, unless a person looked: the override is recorded, as a number', () => {
    const facts = { namesNotToShow: ['Amina Khan'] };
    const body = bodyOf({ points: ['Amina said so'], title: 'Khan Road' });
    expect(problems(body, facts)).toEqual(['name-found /discussions/0/title', 'name-found /discussions/0/points/0']);
    const confirmed = { ...body, namesConfirmed: ['khan', 'AMINA', 'Zoe'] };
    expect(problems(confirmed, facts)).toEqual([]);
    expect(namesConfirmedIn(confirmed, factsOf(facts))).toBe(2);
    const decidedOn = recordOutcomes(called, MEETING, confirmed, factsOf(facts), { role: 'chair', ref: 'r' });
    expect((decidedOn as { type: string; data: object }[]).at(-1)).toMatchObject({
      type: 'OutcomesRecorded',
      data: { namesConfirmed: 2, by: 'r', items: 4 },
    });
  });

  it('asks for names in some fields, and does not look for them there', () => {
    const texts = textsOf(bodyOf({ contributions: [{ ...said('v1'), participant: ANN, helper: 'Jo' }] })).map(([at]) => at);
    expect(texts).toContain('/discussions/0/contributions/0/words');
    for (const named of ['contributions/0/helper', 'contributions/0/participant', 'contributions/0/ref', 'serviceChanges/0/owner/name', 'serviceChanges/0/decision'])
      expect(texts).not.toContain(`/discussions/0/${named}`);
  }); // prettier-ignore
});

describe('the outline', () => {
  it('gives every item its place and the id that follows from meeting, kind and ref', () => {
    const all = outline(WHOLE, factsOf());
    expect(all.contributions).toMatchObject([{ pointer: '/discussions/0/contributions/0', ref: 'v1', item: ref('contribution', 'v1') }]);
    expect(all.earlier).toEqual([{ pointer: '/discussions/0/contributions/1', id: EARLIER }]);
    expect(all.discussions).toMatchObject([{ ref: 'form', contributions: [ref('contribution', 'v1'), EARLIER] }]);
    expect(all.decisions).toMatchObject([{ ref: 'd1', discussion: ref('discussion', 'form') }]);
    expect(all.serviceChanges.map((each) => each.item)).toEqual([ref('serviceChange', 'p1'), ref('serviceChange', 'p2')]);
    expect([all.contribution('v1'), all.contribution(EARLIER), all.decision('d1'), all.decision(KNOWN_DECISION)]).toEqual([
      ref('contribution', 'v1'), EARLIER, ref('decision', 'd1'), KNOWN_DECISION,
    ]);
  }); // prettier-ignore

  it('numbers discussions and promises that have no ref, through the whole body', () => {
    const two = { ...bodyOf(), discussions: [...bodyOf().discussions, ...bodyOf({ contributions: [said('v2')] }).discussions] };
    const all = outline(two, factsOf());
    expect(all.discussions.map((each) => each.ref)).toEqual(['discussion-1', 'discussion-2']);
    expect(all.serviceChanges.map((each) => each.ref)).toEqual(['promise-1', 'promise-2']);
  }); // prettier-ignore

  it('names a view once, though it is listed twice', () =>
    expect(outline(bodyOf({ contributions: [{ id: EARLIER }, { id: EARLIER }] }), factsOf()).discussions).toMatchObject([
      { contributions: [EARLIER] },
    ])); // prettier-ignore
});
