import { compileProgram, type Program } from './program.js';
import type { Assertion } from './syntax.js';

export { PatternError } from './syntax.js';

/** The whole match first, then the groups; null for a group that took no part. */
export type Match = { readonly at: number; readonly groups: readonly (string | null)[] };

/**
 * A regular expression from a mapping file, matched by following every possibility at once (Thompson, Pike) instead of
 * by trial and error: time grows with the length of the text times the length of the pattern, whatever the pattern is.
 * A mapping written by a stranger therefore cannot make an import hang.
 */
export class Pattern {
  private readonly program: Program;

  /** @throws PatternError for syntax that cannot be matched in linear time. */
  constructor(readonly source: string) {
    this.program = compileProgram(source);
  }

  test(text: string): boolean {
    return this.find(text, 0) !== null;
  }

  first(text: string): Match | null {
    return this.find(text, 0);
  }

  *all(text: string): Generator<Match> {
    let from = 0;
    while (from <= text.length) {
      const match = this.find(text, from);
      if (!match) return;
      yield match;
      const length = (match.groups[0] ?? '').length;
      from = match.at + (length === 0 ? Math.max(1, widthAt(text, match.at)) : length);
    }
  }

  private find(text: string, from: number): Match | null {
    const { steps, slots, prefix } = this.program;
    let current = new Threads(steps.length);
    let next = new Threads(steps.length);
    let found: readonly number[] | null = null;
    for (let at = from; ;) {
      if (current.size === 0) {
        if (found) break;
        if (prefix) {
          const start = text.indexOf(prefix, at);
          if (start < 0) return null;
          at = start;
        }
      }
      if (!found) follow(this.program, current, 0, new Array<number>(slots).fill(-1), text, at);
      const code = at < text.length ? (text.codePointAt(at) as number) : -1;
      const width = code > 0xffff ? 2 : 1;
      for (let index = 0; index < current.size; index++) {
        const thread = current.get(index);
        const step = steps[thread.step];
        if (step?.do === 'match') {
          found = thread.saved;
          // What comes later in the list is less preferred than this match.
          break;
        }
        if (code >= 0 && step?.do === 'test' && step.test(code))
          follow(this.program, next, thread.step + 1, thread.saved, text, at + width);
      }
      [current, next] = [next, current];
      next.clear();
      if (code < 0) break;
      at += width;
    }
    return found && toMatch(text, found);
  }
}

const toMatch = (text: string, saved: readonly number[]): Match => ({
  at: saved[0] ?? 0,
  groups: Array.from({ length: saved.length / 2 }, (_, group) => {
    const [start = -1, end = -1] = saved.slice(group * 2, group * 2 + 2);
    return start < 0 || end < 0 ? null : text.slice(start, end);
  }),
});

interface Thread {
  readonly step: number;
  readonly saved: readonly number[];
}

/** The steps alive at one place in the text, most preferred first, each at most once: that is what keeps it linear. */
class Threads {
  private readonly list: Thread[] = [];
  private readonly seen: Uint8Array;

  constructor(steps: number) {
    this.seen = new Uint8Array(steps);
  }

  get size(): number {
    return this.list.length;
  }

  get(index: number): Thread {
    return this.list[index] as Thread;
  }

  firstVisit(step: number): boolean {
    if (this.seen[step] === 1) return false;
    this.seen[step] = 1;
    return true;
  }

  add(thread: Thread): void {
    this.list.push(thread);
  }

  clear(): void {
    this.list.length = 0;
    this.seen.fill(0);
  }
}

/** Follows everything that needs no character, depth first so that preference is kept. */
const follow = (
  { steps }: Program,
  into: Threads,
  from: number,
  saved: readonly number[],
  text: string,
  at: number,
): void => {
  const stack: Thread[] = [{ step: from, saved }];
  for (let thread = stack.pop(); thread; thread = stack.pop()) {
    if (!into.firstVisit(thread.step)) continue;
    const step = steps[thread.step];
    if (step?.do === 'jump') stack.push({ ...thread, step: step.to });
    else if (step?.do === 'split') stack.push({ ...thread, step: step.second }, { ...thread, step: step.first });
    else if (step?.do === 'save') stack.push({ step: thread.step + 1, saved: thread.saved.with(step.slot, at) });
    else if (step?.do === 'assert') {
      if (holds(step.at, text, at)) stack.push({ ...thread, step: thread.step + 1 });
    } else into.add(thread);
  }
};

const isWord = (text: string, at: number): boolean => /^\w$/.test(text.charAt(at));

const holds = (assertion: Assertion, text: string, at: number): boolean => {
  if (assertion === 'start') return at === 0;
  if (assertion === 'end') return at === text.length;
  const boundary = isWord(text, at - 1) !== isWord(text, at);
  return assertion === 'boundary' ? boundary : !boundary;
};

const widthAt = (text: string, at: number): number => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
