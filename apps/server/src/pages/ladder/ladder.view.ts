import { LADDER } from '#facts/ladder';
import { HIDDEN } from '#suppression/answer-table';
import { shownOf } from '#suppression/rounding';

/** How many people felt that the team is on a step, as somebody counted them. */
export interface Felt {
  readonly rung: string;
  readonly count: number;
}

/** What is told of a half year: steps that enough people chose, about how many, and nothing of the others. */
export interface FeltHalf {
  readonly half: string;
  /** Not over yet: its numbers would move, and each move would tell of few people. */
  readonly isOpen: boolean;
  /** Null: too few people said so to show anything. */
  readonly total: number | null;
  readonly steps: readonly { readonly text: string; readonly about: number }[];
}

/**
 * A step that nobody chose and one that few chose look the same, so that no number of few people can be worked out from the
 * others. Newest half year first.
 */
export const feltHalves = (
  said: readonly { readonly half: string; readonly felt: readonly Felt[] }[],
  now: string,
  threshold: number,
): readonly FeltHalf[] =>
  [...new Set(said.map(({ half }) => half))]
    .toSorted()
    .toReversed()
    .map((half) => {
      const isOpen = half >= now;
      const all = said.filter((each) => each.half === half).flatMap(({ felt }) => felt);
      const countOf = (rung: string) => all.reduce((sum, each) => sum + (each.rung === rung ? each.count : 0), 0);
      const enough = (count: number): number | null => {
        const shown = isOpen ? HIDDEN : shownOf(count, threshold);
        return shown === HIDDEN || shown === 0 ? null : shown;
      };
      const total = enough(all.reduce((sum, { count }) => sum + count, 0));
      const steps = LADDER.flatMap(({ value, text }) => {
        const about = enough(countOf(value));
        return total === null || about === null ? [] : [{ text, about }];
      });
      return { half, isOpen, total, steps };
    });
