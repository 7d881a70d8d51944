import fc from 'fast-check';
import { type Draft, emptyDraft } from './draft.js';
import { mergeCapture } from './merge-capture.js';
import { parseQuickCapture, printQuickCapture } from './quick-capture.js';
import { ANN, EARLIER } from './testing/bodies.js';

const typed = (text: string) => parseQuickCapture(text, '2026-11-23').data;
const merge = (draft: Partial<Draft>, text: string) => mergeCapture({ ...emptyDraft, ...draft }, typed(text));
const guided = { participant: ANN, capacity: 'family-carer', voice: 'helped', helper: 'Jo', agreed: true, attribution: 'name', groupSize: 3, language: 'pl' } as const; // prettier-ignore
const view = { number: 1, words: 'Too long', who: 'Amina', ...guided, readBack: true } as const;

describe('what was typed, put into the draft', () => {
  it('keeps what the line language cannot say about the same view', () =>
    expect(merge({ views: [view] }, 'view 1 Amina: Too long').views).toEqual([view]));

  it('words that change keep their person; that they were read back is not claimed any more', () => {
    const { readBack: _, ...rest } = view;
    expect(merge({ views: [view] }, 'view 1 Amina: Much too long').views).toEqual([
      { ...rest, words: 'Much too long' },
    ]);
  });

  it('words never slide over to another person', () => {
    expect(merge({ views: [view] }, 'view 1 Bob: Too long').views).toEqual([
      { number: 1, who: 'Bob', words: 'Too long' },
    ]);
    expect(merge({ views: [view] }, 'view 1: Something else').views).toEqual([{ number: 1, words: 'Something else' }]);
  });

  it('an earlier view is never taken for other words', () => {
    const earlier = { number: 1, words: 'Bigger print', existing: EARLIER };
    expect(merge({ views: [earlier] }, 'view 1: Bigger print').views).toEqual([earlier]);
    expect(merge({ views: [earlier] }, 'view 1: Smaller print').views[0]?.existing).toBeUndefined();
  });

  it('a view that is not typed any more is gone', () =>
    expect(merge({ views: [view, { number: 2, words: 'Bus' }] }, 'view 2: Bus').views).toEqual([
      { number: 2, words: 'Bus' },
    ]));

  it('decisions keep money, importance, easy words and an override, each for its own answer and views', () => {
    const [yes] = typed('view: a\nyes 1: A shorter form').decisions;
    const kept = { money: '4,000', importance: 5, easyText: 'Short form', vagueOverride: 'A quote' };
    const draft = { decisions: [{ ...yes!, ...kept }] };
    expect(merge(draft, 'view: a\nyes 1: An even shorter form').decisions).toMatchObject([{ ...kept, statement: 'An even shorter form' }]);
    expect(merge(draft, 'view: a\nno 1: A shorter form').decisions[0]?.money).toBeUndefined();
    // Two alike: what was kept is used once.
    const two = merge(draft, 'view: a\nyes 1: One\nyes 1: Two').decisions;
    expect(two.map(({ money }) => money)).toEqual(['4,000', undefined]);
  }); // prettier-ignore

  it('promises keep their override while their words stay', () => {
    const [promise] = typed('view: a\npromise 1: A notice').promises;
    const draft = { promises: [{ ...promise!, vagueOverride: 'A quote' }] };
    expect(merge(draft, 'view: a\npromise 1: A notice').promises[0]?.vagueOverride).toBe('A quote');
    expect(merge(draft, 'view: a\npromise 1: Another').promises[0]?.vagueOverride).toBeUndefined();
  });

  it('leaves attendance, interests and what was confirmed alone', () => {
    const rest = {
      about: { rung: 'co-design' },
      interests: [{ role: 'chair', interest: 'x' }],
      namesConfirmed: ['May'],
    };
    expect(merge(rest, 'view: a')).toMatchObject(rest);
  });

  it('printed and typed again without a change, nothing is lost', () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.record({ number: fc.integer({ min: 1, max: 9 }), who: fc.constantFrom(undefined, 'Amina', 'Bob'), helped: fc.boolean() }),
          { selector: ({ number }) => number, maxLength: 5 },
        ),
        (picked) => {
          const views = [...picked]
            .sort((a, b) => a.number - b.number)
            .map(({ number, who, helped }) => ({ number, words: `Words ${number}`, ...(who && { who }), ...(helped && guided) }));
          const draft: Draft = { ...emptyDraft, views };
          const text = printQuickCapture(draft);
          expect(mergeCapture(draft, typed(text)).views).toEqual(views);
        },
      ),
    )); // prettier-ignore
});
