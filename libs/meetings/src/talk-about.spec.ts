import { emptyDraft } from './draft.js';
import { mergeCapture } from './merge-capture.js';
import { parseQuickCapture, printQuickCapture } from './quick-capture.js';
import { isTalkedAbout, talkAbout } from './talk-about.js';

const bus = { id: 'v-bus', words: 'Keep the bus until 8pm' };
const pool = { id: 'v-pool', words: 'I want to swim' };
const QUESTION = 'From last time, we promised: “Take a group to the pool; by bus >> on Tuesdays”';
const linesOf = (draft: Parameters<typeof printQuickCapture>[0]) => printQuickCapture(draft).split('\n');

describe('talking about something from last time', () => {
  it('puts a view into the draft once, after the views that are there', () => {
    const typed = mergeCapture(emptyDraft, parseQuickCapture('view 4: The door is heavy', '2026-11-25').data);
    const once = talkAbout(typed, [bus]);
    expect(linesOf(once)).toEqual(['view 4: The door is heavy', 'view 5: Keep the bus until 8pm']);
    expect(talkAbout(once, [bus])).toEqual(once);
  });

  it('puts a promise there as a question on the views behind it', () => {
    const draft = talkAbout(talkAbout(emptyDraft, [bus]), [pool, bus], QUESTION);
    expect(draft.views.map(({ existing }) => existing)).toEqual(['v-bus', 'v-pool']);
    expect(draft.decisions).toMatchObject([{ views: [1, 2], answer: 'undecided', statement: QUESTION }]);
    expect(talkAbout(draft, [pool, bus], QUESTION)).toEqual(draft);
  });

  it('comes back from the big box as it was, and stays known when the answer changes', () => {
    const draft = talkAbout(emptyDraft, [pool], QUESTION);
    const again = (lines: string) => mergeCapture(draft, parseQuickCapture(lines, '2026-11-25').data);
    expect(again(printQuickCapture(draft))).toEqual(draft);
    const answered = again(printQuickCapture(draft).replace('undecided', 'yes'));
    expect(answered.decisions[0]?.answer).toBe('yes');
    expect(isTalkedAbout(answered, QUESTION)).toBe(true);
    expect(isTalkedAbout(again('view 1: I want to swim'), QUESTION)).toBe(false);
  });

  it('keeps a question that no view stands behind as a line to sort', () => {
    const draft = talkAbout(emptyDraft, [], QUESTION);
    expect(draft).toMatchObject({ views: [], decisions: [], unsorted: [QUESTION] });
    expect(parseQuickCapture(printQuickCapture(draft), '2026-11-25').data.unsorted).toEqual([QUESTION]);
    expect(talkAbout(draft, [], QUESTION)).toEqual(draft);
  });
});
