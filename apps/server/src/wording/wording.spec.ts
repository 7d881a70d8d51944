import {
  ANSWERS,
  ATTRIBUTIONS,
  CAPACITIES,
  CHANNELS,
  EFFECTS,
  LIFECYCLE,
  REASONS,
  REQUEST_KINDS,
  ROLES,
  STAGES,
  UNDERSTANDINGS,
  VERDICTS,
  VOICES,
} from '#kernel/codes';
import wording from './wording.json' with { type: 'json' };
import { choices, has, say } from './wording.js';

const { _about, ...groups } = wording;
const texts = Object.entries(groups).flatMap(([group, codes]) =>
  Object.entries(codes).flatMap(([code, registers]) =>
    Object.entries(registers as Record<string, string>).map(([register, text]) => ({
      key: `${group}.${code}`,
      register,
      text,
    })),
  ),
);
const sentences = (text: string) => text.split(/(?<=[.?!:])\s+/);
const words = (sentence: string) => sentence.split(/\s+/).filter((word) => /\w/.test(word)).length;
const longer = (register: string, most: number) =>
  texts.filter((each) => each.register === register && sentences(each.text).some((sentence) => words(sentence) > most));

/** screens.md 5.0: what is refused in a reason must not stand in our own words either. */
const VAGUE =
  /\b(in principle|noted|in due course|going forward|take forward|subject to|explor(e|ing)|ongoing|look into|raise awareness|where possible|as appropriate|will consider)\b/i;

describe('the words people read', () => {
  it.each([
    ['answer', ANSWERS],
    ['reason', REASONS],
    ['effect', EFFECTS],
    ['verdict', VERDICTS],
    ['attribution', ATTRIBUTIONS],
    ['shownAs', ATTRIBUTIONS],
    ['capacity', CAPACITIES],
    ['channel', CHANNELS],
    ['voice', VOICES],
    ['role', ROLES],
    ['stage', STAGES],
    ['understanding', UNDERSTANDINGS],
    ['requestKind', REQUEST_KINDS],
    ['lifecycle', [...LIFECYCLE, 'late']],
    ['statementAnswer', ['yes', 'a-bit', 'no', 'not-sure', 'rather-not-say', 'not-about-me']],
  ] as const)('%s has words for every code and for no other', (group, codes) =>
    expect(Object.keys(groups[group]).sort()).toEqual([...codes].sort()),
  );

  it('has plain and easy words for everything', () =>
    expect(
      Object.entries(groups).flatMap(([group, codes]) =>
        Object.entries(codes as Record<string, Record<string, string>>).flatMap(([code, { plain, easy }]) =>
          plain && easy ? [] : [`${group}.${code}`],
        ),
      ),
    ).toEqual([]));

  it('has formal words for everything that scrutiny reads', () =>
    expect(
      (
        [
          'viewStatus',
          'answer',
          'lifecycle',
          'reason',
          'effect',
          'verdict',
          'attribution',
          'capacity',
          'channel',
          'voice',
          'gap',
          'rag',
        ] as const
      ).flatMap((group) =>
        Object.entries(groups[group] as Record<string, { formal?: string }>).flatMap(([code, { formal }]) =>
          formal ? [] : [`${group}.${code}`],
        ),
      ),
    ).toEqual([]));

  it('keeps plain sentences to 20 words', () => expect(longer('plain', 20)).toEqual([]));
  it('keeps easy sentences to 15 words', () => expect(longer('easy', 15)).toEqual([]));
  it('says nothing vague', () => expect(texts.filter(({ text }) => VAGUE.test(text))).toEqual([]));
  it('has no words all in capitals', () =>
    expect(texts.filter(({ text }) => /\b[A-Z]{2,}\b/.test(text.replaceAll('UK', '')))).toEqual([]));
  it('says that it is a draft', () => expect(_about.status).toMatch(/draft/i));
});

describe('say', () => {
  it('fills in what is known', () =>
    expect(say('viewStatus.later', 'plain', { date: '30 April 2027' })).toBe(
      'Not now. We will look again on 30 April 2027.',
    ));

  it('leaves out the sentence whose parameter is not known, and invents nothing', () =>
    expect(say('viewStatus.later')).toBe('Not now.'));

  it('writes formal words for scrutiny, and plain ones where none are written', () =>
    expect([say('answer.later', 'formal'), say('stepState.next', 'formal')]).toEqual(['Deferred', 'Next']));

  it('stops rather than say nothing at all', () => expect(() => say('error.decisionEmpty')).toThrow(/parameters/));

  it('stops at a code that has no words', () =>
    expect(() => say('answer.maybe' as 'answer.yes')).toThrow(/answer\.maybe/));

  it('can always say something about a state without parameters', () => {
    const silent = texts
      .filter(({ register, key, text }) => {
        try {
          return say(key as 'answer.yes', register as 'plain').length === 0 || text === '';
        } catch {
          return true;
        }
      })
      .map(({ key, register }) => `${key} ${register}`);
    expect([...new Set(silent)].filter((each) => !each.startsWith('error.'))).toEqual([]);
  });

  it('offers choices for a form', () => expect(choices('answer')[0]).toEqual({ value: 'yes', text: 'Yes' }));

  it('knows what it knows', () =>
    expect([has('answer.yes'), has('answer.maybe'), has('nonsense')]).toEqual([true, false, false]));
});
