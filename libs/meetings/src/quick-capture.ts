import type { Draft } from './draft.js';
import { readDecisionDetails, readPromiseDetails, type Unread } from './quick-details.js';
import { type Head, readHead } from './quick-head.js';
import { unguarded } from './quick-text.js';

export { printQuickCapture } from './quick-print.js';

/** The part of a draft that the line language can say. */
export type QuickCapture = Pick<Draft, 'views' | 'decisions' | 'promises' | 'disagreements' | 'unsorted'>;

/** One line as typed and what it was understood as: a row of the preview. Blank lines have none. */
export interface CaptureRow {
  /** From 1, as people count. */
  readonly line: number;
  readonly text: string;
  readonly as: keyof QuickCapture;
  /** Its place in that list. */
  readonly at: number;
}

/** What to add, in words that start with the line: "Line 9: add the view number, like 'yes 3: …'". */
export interface CaptureProblem {
  readonly line: number;
  readonly code: string;
  readonly message: string;
}

export interface Captured {
  readonly data: QuickCapture;
  readonly rows: readonly CaptureRow[];
  readonly problems: readonly CaptureProblem[];
}

interface Line {
  readonly line: number;
  readonly text: string;
  readonly head: Head | undefined;
  readonly hasColon: boolean;
  readonly body: string;
}

/**
 * Reads what was typed live in a meeting, one thing per line. Nothing is rejected and nothing is lost: a line that is
 * not understood is kept as "Not sorted yet". `today` (`YYYY-MM-DD`) gives dates without a year their year.
 */
export const parseQuickCapture = (text: string, today: string): Captured => {
  const lines = text.split(/\r\n|[\n\r\u0085\u2028\u2029]/).map((each, index) => readLine(each.trim(), index + 1));
  const numbers = numberViews(lines);
  const known = new Set(numbers.values());
  const data = { views: [], decisions: [], promises: [], disagreements: [], unsorted: [] } as {
    -readonly [K in keyof QuickCapture]: QuickCapture[K][number][];
  };
  const rows: CaptureRow[] = [];
  const problems: CaptureProblem[] = [];

  for (const each of lines) {
    if (each.text === '') continue;
    const { line, head, body } = each;
    const keep = <K extends keyof QuickCapture>(as: K, item: QuickCapture[K][number]): void => {
      data[as].push(item);
      rows.push({ line, text: each.text, as, at: data[as].length - 1 });
    };
    const advise = (code: string, advice: string): void =>
      void problems.push({ line, code, message: `Line ${line}: ${advice}` });
    const fault = faultOf(each, numbers, known);
    if (fault || !head || !each.hasColon) {
      if (fault) advise(...fault);
      keep('unsorted', each.text);
      continue;
    }
    const views = head.numbers;
    const [words, details] = parts(body);
    const tell = (unread: readonly Unread[]): string[] =>
      unread.map(({ typed, advice }) => (advise('detail-unread', advice), typed));
    if (head.keyword.kind === 'view') {
      keep('views', { number: numbers.get(line) ?? 0, words: unguarded(body), ...(head.rest && { who: head.rest }) });
    } else if (head.keyword.kind === 'disagree') {
      keep('disagreements', { views, words: unguarded(body) });
    } else if (head.keyword.kind === 'promise') {
      const { found, unread } = readPromiseDetails(details, today);
      keep('promises', { views, what: words, ...found, unread: tell(unread) });
    } else if ('answer' in head.keyword) {
      const { answer } = head.keyword;
      const { found, unread } = readDecisionDetails(answer, details, views, today);
      keep('decisions', { views, answer, statement: words, ...found, unread: tell(unread) });
    }
  }
  return { data, rows, problems };
};

const BULLET = /^(?:[-*•·‣◦–—>+]\s*|\d{1,3}[.)]\s+|\[[ x]?\]\s*)+/i;
const IN_QUOTES = /^["'“”„‘’«](.*)["'“”‘’»]$/s;

/** Bullets, list numbers and quotes around a line are taken off only where a word of the line language stands behind them. */
const readLine = (text: string, line: number): Line => {
  const bare = text.replace(BULLET, '');
  for (const each of [text, bare, IN_QUOTES.exec(bare)?.[1]?.trim() ?? '']) {
    const colon = each.search(/[:：]/);
    const head = readHead(colon < 0 ? each : each.slice(0, colon));
    if (head) return { line, text, head, hasColon: colon >= 0, body: colon < 0 ? '' : each.slice(colon + 1).trim() };
  }
  return { line, text, head: undefined, hasColon: false, body: '' };
};

/** The number of each view by line: as typed, and the smallest free one where none was typed. A number used twice is nobody's. */
const numberViews = (lines: readonly Line[]): ReadonlyMap<number, number> => {
  const views = lines.filter(
    (each) => each.head?.keyword.kind === 'view' && each.hasColon && unguarded(each.body) !== '',
  );
  const byLine = new Map<number, number>();
  const taken = new Set<number>();
  for (const { line, head } of views) {
    const number = head?.numbers[0];
    if (number === undefined || head?.numbers.length !== 1 || taken.has(number)) continue;
    taken.add(number);
    byLine.set(line, number);
  }
  let free = 1;
  for (const { line, head } of views) {
    if (head?.numbers.length !== 0 || /^\d/.test(head.rest)) continue;
    while (taken.has(free)) free++;
    taken.add(free);
    byLine.set(line, free);
  }
  return byLine;
};

/** Why a line that starts like one of ours cannot be sorted, and what to add. */
const faultOf = (
  { head, hasColon, body, line }: Line,
  numbers: ReadonlyMap<number, number>,
  known: ReadonlySet<number>,
): [code: string, advice: string] | undefined => {
  if (!head) return undefined;
  const { word, rest } = head;
  const isView = head.keyword.kind === 'view';
  if (!hasColon) {
    const isMeant = head.numbers.length > 0;
    return isMeant
      ? ['colon-missing', `add a colon after the number, like '${word} ${head.numbers[0]}: …'.`]
      : undefined;
  }
  if (!isView && rest !== '' && head.numbers.length > 0)
    return ['head-unclear', `write only numbers between '${word}' and the colon, like '${word} 3: …'.`];
  if (!isView && head.numbers.length === 0) return ['number-missing', `add the view number, like '${word} 3: …'`];
  const isPlain = isView || head.keyword.kind === 'disagree';
  if ((isPlain ? unguarded(body) : parts(body)[0]) === '')
    return ['words-missing', isView ? 'add what they said after the colon.' : 'add what was said after the colon.'];
  if (isView && !numbers.has(line)) return ['number-taken', 'give this view one number of its own, or none.'];
  const unknown = isView ? undefined : head.numbers.find((each) => !known.has(each));
  return unknown === undefined
    ? undefined
    : ['view-unknown', `there is no view ${unknown}. Add it, or change the number.`];
};

/** What was said, and the details after the first `>>`. */
const parts = (body: string): [words: string, details: string] => {
  const at = body.indexOf('>>');
  return at < 0 ? [unguarded(body), ''] : [unguarded(body.slice(0, at)), body.slice(at + 2)];
};
