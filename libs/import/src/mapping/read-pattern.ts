import { Pattern, PatternError } from '../pattern/pattern.js';
import type { Part } from './part.js';

export const readPattern = (part: Part): Pattern | null => {
  const text = part.text();
  if (text === null) return null;
  try {
    return new Pattern(text);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return part.issue(error.message);
  }
};
