import type { Figure } from './evidence.queries.js';

export const amount = (count: number): string => count.toLocaleString('en-GB');
export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
const noun = ([one, many]: readonly [string, string], count: number): string => (count === 1 ? one : many);

/** One figure in one sentence: what a reader needs who reads nothing else. */
export const figureSentence = ({ terms, counted }: Figure): string => {
  if (counted === null) return 'Not recorded yet';
  const { met, unmet, unknown } = counted;
  const of = met + unmet;
  if (terms.as === 'count') return `${amount(met)} ${noun(terms.noun, met)} ${terms.phrase}.`;
  if (terms.as === 'kinds') return `${amount(met)} ${noun(terms.noun, met)}, by kind.`;
  return of === 0
    ? `Not known for ${amount(unknown)} ${noun(terms.noun, unknown)}.`
    : `${amount(met)} of ${amount(of)} ${terms.noun[1]} ${terms.phrase}.`;
};

/** What is counted, where there is nothing to count yet. */
export const figureName = ({ terms }: Pick<Figure, 'terms'>): string =>
  `${capital(terms.noun[1])}: how many ${terms.phrase}`;
