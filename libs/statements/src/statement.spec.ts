import { Refusal, Refusals } from '#kernel/refusal';
import { answerStatement, type AnswerGiven, askStatements, halfBefore, halfOf, type Questions } from './statement.js';
import { apartOf, fromDevice, fromPaper } from './answers.js';

const questions: Questions = { pledge: 'ours', wording: '1', asked: ['S8', 'S13', 'S14', 'S15', 'S16', 'S18'], same: { S12: 'S8' } }; // prettier-ignore
const slip = '5b0c2a9e-6f0d-5c3e-9a4b-1d2e3f405162';
const given = (more: Partial<AnswerGiven> = {}): AnswerGiven => ({
  statement: 'S13', answer: 'yes', voice: 'own', occasion: 'meeting', about: slip, bySupporter: false, ...more,
}); // prettier-ignore
const codes = (decided: unknown): string[] =>
  decided instanceof Refusals ? decided.all.map(({ code }) => code) : decided instanceof Refusal ? [decided.code] : [];
const sealed = (more?: Partial<AnswerGiven>) => {
  const decided = answerStatement(questions, slip, given(more));
  if (!Array.isArray(decided)) throw new Error('refused');
  return (decided[0] as { data: { answer: { of: string; open: Record<string, string> } } }).data.answer;
};

describe('asking a statement', () => {
  it('records which words are asked, each once, and at most five', () => {
    const asked = askStatements(questions, ['S8', 'S12', 'S16'], 'card');
    expect(asked).toMatchObject([{ data: { statements: ['S8', 'S16'], pledge: 'ours', wording: '1', occasion: 'card' } }]); // prettier-ignore
    expect(codes(askStatements(questions, ['S13', 'S99'], 'meeting'))).toEqual(['statement-unknown']);
    expect(codes(askStatements(questions, [], 'meeting'))).toEqual(['statements-missing']);
    expect(codes(askStatements(questions, questions.asked, 'campaign'))).toEqual(['too-many']);
  });
});

describe('an answer', () => {
  it('is sealed under a key of its own, S12 as S8', () => {
    expect(sealed({ statement: 'S12' })).toMatchObject({ of: slip, open: { statement: 'S8', capacity: 'not-said' } });
  });

  it('is always equally long, whatever was said', () => {
    const lengths = [given(), given({ answer: 'rather-not-say', voice: 'proxy', capacity: 'family-carer', occasion: 'campaign' })].map((each) => JSON.stringify(sealed(each).open).length); // prettier-ignore
    expect(new Set(lengths).size).toBe(1);
  });

  it.each([
    ['an unknown statement', { statement: 'P1a' }, 'statement-unknown'],
    ['an unknown answer', { answer: '10' }, 'answer-unknown'],
    ['no voice', { voice: undefined as never }, 'voice-missing'],
    ['a supporter’s card that does not say so', { bySupporter: true, voice: 'own' as const }, 'voice-not-marked'],
  ])('is refused: %s', (_, more, code) => expect(codes(answerStatement(questions, slip, given(more)))).toEqual([code]));
});

describe('counting', () => {
  const beside = { authority: 'essex', wording: 'ours 1' };
  const one = fromDevice(beside, { statement: 'S13', answer: 'no', voice: 'own', capacity: 'uses-services', occasion: 'meeting', about: slip, pad: '' }); // prettier-ignore

  it('adds devices and paper, and keeps statements, words, people, staff and what was said for someone apart', () => {
    const paper = (count: number) => fromPaper(beside, { statement: 'S13', answer: 'yes', count });
    const apart = apartOf([one, one, { ...one, voice: 'proxy' }, { ...one, capacity: 'staff' }, { ...one, wording: 'ours 2' }, paper(9), paper(0)]); // prettier-ignore
    expect(apart.map(({ statement, wording, population, groups }) => [statement, wording, population, ...groups.map(({ voice, counts }) => [voice, ...counts])])).toEqual([
      ['S13', 'ours 1', 'people', ['own', 0, 0, 2, 0, 0, 0], ['not-recorded', 9, 0, 0, 0, 0, 0]],
      ['S13', 'ours 1', 'for-someone', ['proxy', 0, 0, 1, 0, 0, 0]],
      ['S13', 'ours 1', 'staff', ['own', 0, 0, 1, 0, 0, 0]],
      ['S13', 'ours 2', 'people', ['own', 0, 0, 1, 0, 0, 0]],
    ]); // prettier-ignore
  });

  it('keeps the words in which it was asked; an answer of the first release takes those of its day', () => {
    expect(sealed().open).toMatchObject({ wording: 'ours 1' });
    expect(fromDevice(beside, { ...one, occasion: 'card', about: slip, pad: '', wording: 'ours 2', team: slip })).toMatchObject({ wording: 'ours 2', team: slip }); // prettier-ignore
    expect(one).toMatchObject({ wording: 'ours 1' });
  });

  it('goes by half years', () => {
    expect(['2026-06-30', '2026-07-01'].map(halfOf)).toEqual(['2026-H1', '2026-H2']);
    expect(['2026-H2', '2026-H1'].map(halfBefore)).toEqual(['2026-H1', '2025-H2']);
  });
});
