import { chainOf } from './chain.js';
import type { Chain, Reader } from './chain.types.js';
import { graphOf } from './graph.js';
import { readable, sealed, Story, type Told, usual } from './testing/story.js';

const on = (day: string, more: Told = {}): Told => ({ at: `2026-11-${day}T09:00:00.000Z`, ...more });
const PRIVATE = { state: 'withheld' };

describe('a view in a chain', () => {
  const photo = { kind: 'photo', description: sealed('a bus'), file: sealed('digest') };
  const full = { participant: 'id-of-ann', voice: 'helped', helper: sealed('Jo'), groupSize: 3, language: 'pl', reference: 'R1', media: [photo], translation: { words: sealed('in English'), by: 'translator' } }; // prettier-ignore
  const seen = (story: Story, reader: Reader) => story.chain('v1', { reader })?.contributions[0];

  it('says words, media, translation, capacity, voice, group and where it was given', () =>
    expect(seen(new Story().view('v1', full, on('02', { occurredAt: '2026-11-01T00:00:00.000Z' })), 'staff')).toEqual({
      clock: { days: 20, due: '2026-11-30', waited: 15, stops: [], stopped: false, answered: false, late: false },
      id: 'v1', authority: 'essex', team: 'team-1', meeting: null, words: readable('words of v1'),
      media: [{ kind: 'photo', description: readable('a bus'), file: 'digest' }], language: 'pl',
      translation: { words: readable('in English'), by: 'translator' }, channel: 'meeting', capacity: 'uses-services', voice: 'helped',
      helper: readable('Jo'), attribution: 'group', participant: 'id-of-ann', groupSize: 3, occurredAt: '2026-11-01T00:00:00.000Z',
      precision: null, recordedAt: '2026-11-02T09:00:00.000Z', imported: false, corrected: false, givenTo: 'essex', publicVersion: null, heldBack: null, repliesEnded: false, withdrawnOn: null, reference: 'R1',
    })); // prettier-ignore

  it('tells everyone neither who gave it nor who helped, in no place of the chain', () => {
    const chain = new Story().view('v1', full).chain('v1');
    expect(chain?.contributions).toMatchObject([{ participant: null, helper: null }]);
    expect(JSON.stringify(chain)).not.toContain('id-of-ann');
    expect(JSON.stringify(chain)).not.toContain('Jo');
    expect(JSON.stringify(new Story().view('v1', full).chain('v1', { reader: 'own' }))).toContain('"id-of-ann"');
  });

  it.each<[string, (story: Story) => Story]>([
    ['asked to be hidden', (story) => story.tell('v1', 'AttributionChanged', { attribution: 'hidden' })],
    ['was taken back', (story) => story.tell('v1', 'ContributionWithdrawn', { reason: sealed('mine') })],
  ])('that %s keeps its words for the person and staff; everyone reads that they are withheld', (_, then) => {
    const story = then(new Story().view('v1', full).tell('v1', 'ContributionCorrected', { words: sealed('other words') }));
    expect(seen(story, 'public')).toMatchObject({
      words: PRIVATE,
      media: [{ description: PRIVATE, file: null }],
      translation: { words: PRIVATE },
    });
    const texts = story.chain('v1')?.steps.map(({ text }) => text);
    expect(texts).not.toContainEqual(readable('words of v1'));
    expect(texts).not.toContainEqual(readable('other words'));
    for (const reader of ['own', 'staff'] as const) expect(seen(story, reader)?.words).toEqual(readable('other words'));
  }); // prettier-ignore

  it('given as hidden, or declared private by its source, is withheld; and shown when the person changes it', () => {
    expect(seen(new Story().view('v1', { attribution: 'hidden' }), 'public')?.words).toEqual(PRIVATE);
    expect(seen(new Story().view('v1', { published: false }), 'public')?.words).toEqual(PRIVATE);
    const shown = new Story().view('v1', { attribution: 'hidden' }).tell('v1', 'AttributionChanged', { attribution: 'name' });
    expect(seen(shown, 'public')).toMatchObject({ words: readable('words of v1'), attribution: 'name' });
  }); // prettier-ignore

  it('"never edited": a correction stands beside the first words, which stay in the steps', () => {
    const story = new Story().view('v1').tell('v1', 'ContributionCorrected', { words: sealed('I said no'), why: sealed('typo') });
    expect(seen(story, 'public')).toMatchObject({ words: readable('I said no'), corrected: true });
    expect(story.chain('v1')?.steps.map(({ text }) => text)).toEqual([readable('words of v1'), readable('I said no')]);
  }); // prettier-ignore

  it('of another person stays hidden to the holder of a card who looks at the same decision', () => {
    const story = usual().tell('v2', 'AttributionChanged', { attribution: 'hidden' });
    const [mine, other] = story.chain('d1', { reader: 'own' })?.contributions ?? [];
    expect([mine?.words, other?.words]).toEqual([readable('words of v1'), PRIVATE]);
    story.tell('v2', 'RequestMade', { request: 'r', kind: 'call-me', note: sealed('SECRET') });
    expect(JSON.stringify(story.chain('d1', { reader: 'own' }))).not.toContain('SECRET');
    const texts = story.chain('d1', { reader: 'own' })?.steps.map(({ text }) => text);
    expect(texts).not.toContainEqual(readable('words of v2'));
  });

  it('shows erased and lost words as what they are', () => {
    const story = new Story().view('v1', { helper: sealed('Jo') });
    const graph = graphOf(story.rows(), 'v1');
    const ask = { root: 'v1', reader: 'staff', today: '2026-11-23', asOf: null } as const;
    const erased = graph && chainOf(graph, ask, () => ({ state: 'erased', on: '2026-11-20' }));
    expect(erased?.contributions[0]).toMatchObject({ words: { state: 'erased', on: '2026-11-20' } });
    expect(erased?.steps[0]?.text).toEqual({ state: 'erased', on: '2026-11-20' });
    expect(graph && chainOf(graph, ask, () => ({ state: 'lost' })).contributions[0]?.words).toEqual({ state: 'lost' });
  });
});

describe('the one state of a view', () => {
  const status = (story: Story, root = 'v1') => story.chain(root)?.status;
  const answered = (answer: string | undefined) => new Story().view('v1').decide('d1', answer).link('d1', 'v1');
  it.each<[string, Story, string]>([
    ['given', new Story().view('v1'), 'heard'],
    ['considered', new Story().view('v1').talk('t1', ['v1']), 'waiting'],
    ['answered yes', answered('yes'), 'yes'],
    ['answered no', answered('no'), 'no'],
    ['answered, the source does not say what', answered(undefined), 'waiting'],
    ['answered, and the link taken back', answered('yes').unlink('d1', 'v1'), 'heard'],
    ['answered by a superseded decision', answered('yes').tell('d1', 'DecisionSuperseded', { by: 'd2' }), 'heard'],
    ['answered, and reopened', answered('yes').tell('d1', 'DecisionReopened', { status: 'open' }), 'heard'],
    ['answered twice: the later', answered('yes').decide('d2', 'no', {}, on('10')).link('d2', 'v1', 'heard', on('10')), 'no'],
    ['not answered, but another in the same talk', new Story().view('v1').view('v2').talk('t1', ['v1', 'v2']).decide('d1', 'yes', { discussion: 't1' }).link('d1', 'v2'), 'waiting'],
    ['taken back', answered('yes').tell('v1', 'ContributionWithdrawn', {}), 'withdrawn'],
  ])('%s', (_, story, then) => expect(status(story)).toBe(then)); // prettier-ignore
});

describe('decisions, promises and replies in a chain', () => {
  const decision = (story: Story) => story.chain('d1')?.decisions[0];
  it('a decision says answer, reason, which part, who decided, what was weighed up and by whom it was replaced', () => {
    const story = new Story().decide('d1', 'partly', {
      reason: { codes: ['money'], words: sealed('4,000'), source: 'Minutes' }, whichPart: sealed('page 1'), lookAgain: '2027-01-01', noLookAgain: false,
      passedTo: 'NHS', alternatives: [{ what: sealed('keep'), why: sealed('cheap') }, { what: sealed('drop') }],
      interests: [{ role: 'chair', interest: sealed('printer') }], money: '4,000', easyText: sealed('Shorter'), reference: 'R', url: 'https://x',
    }, on('03', { about: { precision: 'day' } })); // prettier-ignore
    expect(decision(story)).toEqual({
      id: 'd1', meeting: null, team: 'team-1', authority: 'essex', answer: 'partly', statement: readable('says d1'),
      reason: { codes: ['money'], words: readable('4,000'), source: 'Minutes' }, whichPart: readable('page 1'), lookAgain: '2027-01-01',
      noLookAgain: false, passedTo: 'NHS', sourceStatus: null,
      alternatives: [{ what: readable('keep'), why: readable('cheap') }, { what: readable('drop'), why: null }],
      interests: [{ role: 'chair', interest: readable('printer') }], decidedBy: [{ role: 'team', capacity: 'other' }], money: '4,000',
      easyText: readable('Shorter'), occurredAt: '2026-11-03T09:00:00.000Z', precision: 'day', recordedAt: '2026-11-03T09:00:00.000Z',
      imported: false, supersededBy: null, reopened: false, reference: 'R', url: 'https://x',
    }); // prettier-ignore
  });
  it('what the source does not say is null, never a word of ours', () =>
    expect(decision(new Story().decide('d1', undefined))).toMatchObject({ answer: null, reason: null, lookAgain: null, money: null, easyText: null })); // prettier-ignore
  it('reopened and replaced again is replaced', () => {
    const reopened = new Story().decide('d1', 'yes').tell('d1', 'DecisionReopened', { status: 'open' });
    expect(decision(reopened)?.reopened).toBe(true);
    expect(decision(reopened.tell('d1', 'DecisionSuperseded', { by: 'd2' }))).toMatchObject({ reopened: false, supersededBy: 'd2' });
  }); // prettier-ignore

  it('"the council\'s claim and people\'s verdicts are both kept for ever and shown side by side"', () => {
    const story = usual()
      .tell('p1', 'OwnerChanged', { old: {}, new: { person: 'bob', name: sealed('Bob'), role: 'director' }, reason: sealed('left') })
      .tell('p1', 'DueDateChanged', { old: '2027-03-01', new: '2027-06-01', reason: sealed('printer'), agreedBy: sealed('chair'), afterDue: false })
      .tell('p1', 'EvidenceAttached', { evidence: 'x', kind: 'photo', hash: 'h', title: sealed('form'), suppliedByRole: 'owner' })
      .tell('p1', 'ReportedDone', { byRole: 'owner' })
      .tell('p1', 'VerdictGiven', { verdict: 'not-done', contribution: 'v1', comment: sealed('Still long') })
      .tell('p1', 'DoneDisputed', { byRole: 'participant' })
      .tell('p1', 'DoneConfirmed', { person: 'x', byRole: 'checker', words: sealed('I saw it') })
      .tell('p1', 'EffectObserved', { what: sealed('fewer calls'), forWhom: 'carers', source: 'data', before: '40', after: '12' }); // prettier-ignore
    expect(story.chain('p1')?.serviceChanges[0]).toMatchObject({
      decision: 'd1', what: readable('does p1'), owner: { person: 'bob', name: readable('Bob'), role: 'director' }, due: '2027-06-01',
      moved: [{ old: '2027-03-01', new: '2027-06-01', reason: readable('printer'), agreedBy: readable('chair'), afterDue: false }],
      state: 'confirmed', late: false, rag: { colour: 'green' },
      proofs: [{ title: readable('form'), kind: 'photo', hash: 'h', url: null, supplierRole: 'owner' }],
      verdicts: [{ verdict: 'not-done', comment: readable('Still long'), contribution: 'v1' }],
      checks: [{ confirmed: false, byRole: 'participant', words: null }, { confirmed: true, byRole: 'checker', words: readable('I saw it') }],
      effects: [{ what: readable('fewer calls'), forWhom: 'carers', source: 'data', before: '40', after: '12', harm: false }],
    }); // prettier-ignore
  });

  it('a reply belongs to the person and to staff; everyone reads only that there was one', () => {
    const sent = { channel: 'letter', format: 'easy-read', givenAt: '2026-11-05T09:00:00.000Z', byRole: 'chair', about: 'd1', words: sealed('Dear Ann') }; // prettier-ignore
    const story = usual().tell('v1', 'ReplySent', sent).tell('v1', 'ReplyFailed', { reply: 'e10', reason: 'moved' });
    const replies = (reader: Reader): Chain['replies'] => story.chain('v1', { reader })?.replies ?? [];
    expect(replies('own')).toEqual([
      { id: 'e10', contribution: 'v1', channel: 'letter', format: 'easy-read', givenAt: '2026-11-05T09:00:00.000Z', byRole: 'chair', about: 'd1', answerBy: null, words: readable('Dear Ann'), failed: true },
    ]); // prettier-ignore
    expect(replies('public')).toMatchObject([{ words: null, failed: true }]);
    expect(JSON.stringify(story.chain('v1'))).not.toContain('Dear Ann');
  });

  it.each(['RequestMade', 'RequestAnswered', 'ReplySent', 'ContributionWithdrawn'])('%s: words for the person and staff only', (type) => {
    const words = { note: sealed('SECRET'), answer: sealed('SECRET'), words: sealed('SECRET'), reason: sealed('SECRET') };
    const story = new Story().view('v1').tell('v1', type, words);
    expect(JSON.stringify(story.chain('v1'))).not.toContain('SECRET');
    expect(story.chain('v1')?.steps.at(-1)?.text).toEqual(PRIVATE);
    expect(story.chain('v1', { reader: 'own' })?.steps.at(-1)?.text).toEqual(readable('SECRET'));
  }); // prettier-ignore

  it('steps stand in the order in which things happened, whatever order they were written down in', () => {
    const story = new Story().view('v1', {}, on('05')).tell('v1', 'ContributionReadBack', { agreed: true }, on('06', { occurredAt: '2026-11-04T09:00:00.000Z' })); // prettier-ignore
    expect(story.chain('v1')?.steps.map(({ kind }) => kind)).toEqual(['ContributionReadBack', 'ContributionReceived']);
  });

  it('dissent is kept in the chain', () => {
    const talk = { authority: 'essex', title: 'The form', contributions: [], points: [sealed('a point')], dissent: [sealed('two disagreed')] }; // prettier-ignore
    expect(new Story().tell('t1', 'DiscussionHeld', talk).chain('t1')?.discussions).toMatchObject([
      { title: 'The form', points: [readable('a point')], dissent: [readable('two disagreed')] },
    ]);
  });
});
