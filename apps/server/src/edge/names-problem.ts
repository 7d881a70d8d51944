import { namesToAskAbout } from '#contributions/names-in-words';
import type { FieldProblem } from './bad-input.js';

export const NAME_FOUND = 'name-found';

/** Asked once, before words are read by everyone: what looks like a name can be taken out, or may stay. */
export const namesProblems = (given: Parameters<typeof namesToAskAbout>[0]): FieldProblem[] => {
  const names = namesToAskAbout(given);
  if (names.length === 0) return [];
  const quoted = names.slice(0, 5).map((name) => `“${name}”`).join(', '); // prettier-ignore
  const detail = `Everyone can read your words. ${quoted} may be a person’s name. Take it out, or tick that everyone may read it.`;
  return [{ pointer: '/words', code: NAME_FOUND, detail }];
};
