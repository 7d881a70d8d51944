import { EFFECTS, REASONS, type Reason } from '#kernel/codes';
import type { DraftDecision, DraftPromise } from './draft.js';
import { readNumbers } from './quick-head.js';
import { GUARD, unguarded } from './quick-text.js';
import { readUkDate } from './uk-date.js';

/** A detail that could not be read: kept as typed, with what to do about it. */
export interface Unread {
  readonly typed: string;
  readonly advice: string;
}

export interface Details<T> {
  readonly found: T;
  readonly unread: readonly Unread[];
}

/** The detail words of one kind of line: after `>>`, separated by `;`. Only these words end the detail before them. */
export const detailWords = (kind: DraftDecision['answer'] | 'promise'): readonly string[] => {
  if (kind === 'promise') return ['who', 'by', 'proof', 'check'];
  const more = { partly: ['part'], 'passed-on': ['to'], undecided: ['by'] }[kind as string] ?? [];
  return ['why', 'look', 'else', ...EFFECTS, ...more];
};

/** Matches a `;` (or the start) that begins a new detail. */
export const detailStart = (words: readonly string[]): RegExp => {
  const plain = words.filter((word) => !(EFFECTS as readonly string[]).includes(word)).join('|');
  const effects =
    words.length > plain.split('|').length ? `|(?:${EFFECTS.join('|')})(?=(?:[\\s\\d,&+#–-]|and)*(?:;|$))` : '';
  return new RegExp(`;(?=\\s*(?:(?:${plain})(?![\\p{L}\\p{M}\\p{N}])${effects}))`, 'giu');
};

const REASON_WORDS: Readonly<Record<string, Reason>> = {
  ...Object.fromEntries(
    REASONS.flatMap((code) => [
      [code, code],
      [code.replaceAll('-', ' '), code],
    ]),
  ),
  'not enough money': 'money',
  'not enough staff': 'staff',
  'the law': 'law',
  'find out more': 'find-out-more',
};

/** `money, staff. The old form stops in April` → codes and the person's reason in plain words. */
const readWhy = (value: string): { reasons: readonly Reason[]; why?: string } => {
  const [, first = '', rest = ''] = /^([^.:]*)[.:]?([\s\S]*)$/.exec(value) ?? [];
  const codes = first.split(/,|&|\/| and /i).map((each) => REASON_WORDS[each.trim().toLowerCase()]);
  const isCodes = !value.startsWith(GUARD) && codes.every((code) => code !== undefined);
  const why = unguarded(isCodes ? rest : value);
  return { reasons: isCodes ? [...new Set(codes)] : [], ...(why !== '' && { why }) };
};

const nameAndRole = (value: string): [first: string, second: string] => {
  const comma = value.search(new RegExp(`,(?!${GUARD})`));
  return comma < 0 ? [unguarded(value), ''] : [unguarded(value.slice(0, comma)), unguarded(value.slice(comma + 1))];
};

const pieces = (text: string, words: readonly string[]): { word: string; value: string; typed: string }[] =>
  text
    .split(detailStart(words))
    .map((piece) => piece.replace(/^[;\s]+|(?<![;\s])[;\s]+$/g, ''))
    .filter((typed) => typed !== '')
    .map((typed) => {
      const word = words.find((each) => new RegExp(`^${each}(?![\\p{L}\\p{M}\\p{N}])`, 'iu').test(typed)) ?? '';
      return { word, value: typed.slice(word.length).replace(/^[\s:]+/, ''), typed };
    });

const notADate = (typed: string, value: string): Unread => ({
  typed,
  advice: `'${value.slice(0, 40)}' is not a date we can read. Write it like 1 Mar 2027.`,
});

type DecisionDetails = Partial<Omit<DraftDecision, 'reasons' | 'alternatives' | 'effects'>> &
  Pick<DraftDecision, 'reasons' | 'alternatives' | 'effects'>;

export const readDecisionDetails = (
  kind: DraftDecision['answer'],
  text: string,
  views: readonly number[],
  today: string,
): Details<DecisionDetails> => {
  let found: DecisionDetails = { reasons: [], alternatives: [], effects: [] };
  const unread: Unread[] = [];
  const seen = new Set<string>();
  for (const { word, value, typed } of pieces(text, detailWords(kind))) {
    const isRepeat = seen.has(word) && word !== 'else' && !(EFFECTS as readonly string[]).includes(word);
    if (word === '' || isRepeat || (value === '' && !(EFFECTS as readonly string[]).includes(word))) {
      unread.push({
        typed,
        advice:
          word === ''
            ? 'After >> start with why, look or else.'
            : isRepeat
              ? `Use '${word}' once.`
              : `Add what comes after '${word}'.`,
      });
      continue;
    }
    seen.add(word);
    if (word === 'why') found = { ...found, ...readWhy(value) };
    else if (word === 'else') found = { ...found, alternatives: [...found.alternatives, unguarded(value)] };
    else if (word === 'part') found = { ...found, whichPart: unguarded(value) };
    else if (word === 'to') found = { ...found, passedTo: unguarded(value) };
    else if (word === 'look' && /^(?:never|not again)$/i.test(value)) found = { ...found, noLookAgain: true };
    else if (word === 'look' || word === 'by') {
      const date = readUkDate(value, today);
      if (date === undefined) unread.push(notADate(typed, value));
      else found = { ...found, [word === 'look' ? 'lookAgain' : 'decideBy']: date };
    } else {
      const [named, more] = readNumbers(value);
      const effect = word as (typeof EFFECTS)[number];
      const meant =
        named.length > 0 ? named : views.filter((view) => !found.effects.some((each) => each.view === view));
      const isClear =
        more === '' &&
        meant.length > 0 &&
        meant.every((view) => views.includes(view) && !found.effects.some((each) => each.view === view));
      if (!isClear) unread.push({ typed, advice: `Use the numbers on this line, once each, after '${word}'.` });
      else found = { ...found, effects: [...found.effects, ...meant.map((view) => ({ view, effect }))] };
    }
  }
  return { found, unread };
};

export const readPromiseDetails = (text: string, today: string): Details<Partial<DraftPromise>> => {
  let found: Partial<DraftPromise> = {};
  const unread: Unread[] = [];
  const seen = new Set<string>();
  for (const { word, value, typed } of pieces(text, detailWords('promise'))) {
    if (word === '' || value === '' || seen.has(word)) {
      unread.push({
        typed,
        advice:
          word === ''
            ? 'After >> start with who, by, proof or check.'
            : seen.has(word)
              ? `Use '${word}' once.`
              : `Add what comes after '${word}'.`,
      });
      continue;
    }
    seen.add(word);
    const [first, second] = nameAndRole(value);
    if (word === 'who') found = { ...found, ownerName: first, ...(second && { ownerRole: second }) };
    else if (word === 'proof') found = { ...found, proofWanted: unguarded(value) };
    // Who checks is a role; a name may stand before it.
    else if (word === 'check')
      found = { ...found, ...(second ? { checkerName: first, checkerRole: second } : { checkerRole: first }) };
    else {
      const due = readUkDate(value, today);
      if (due === undefined) unread.push(notADate(typed, value));
      else found = { ...found, due };
    }
  }
  return { found, unread };
};
