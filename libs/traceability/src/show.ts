import { hiddenWords } from '#vault/readable';
import type { Shown } from './chain.types.js';

/** Opens one sealed reference; the vault's answer, narrowed to what a page may say. */
export type OpenText = (ref: string) => Shown;

export const WITHHELD: Shown = { state: 'withheld' };

/** A sealed member of recorded data (`{ sealed: … }`), opened; null where there is none. */
export const show = (open: OpenText, value: unknown): Shown | null => {
  const ref = (value as { sealed?: unknown } | null | undefined)?.sealed;
  return typeof ref === 'string' ? open(ref) : null;
};

/** In quotation marks only what somebody said; what we say in place of words that are not shown is ours. */
export const quoted = (shown: Shown | null | undefined): string =>
  shown?.state === 'readable' ? `“${shown.text}”` : spoken(shown);

/** The words, or what to say in their place. */
export const spoken = (shown: Shown | null | undefined): string => {
  if (!shown) return '';
  switch (shown.state) {
    case 'readable':
      return shown.text;
    case 'erased':
      return `These words were erased on ${shown.on.slice(0, 10)}.`;
    case 'hidden':
      return hiddenWords(shown);
    case 'withheld':
      return 'The person does not want these words to be shown.';
    case 'held-back':
      return 'The team does not show these words.';
    case 'lost':
      return 'These words cannot be opened. This is a fault of ours, not an erasure.';
  }
};
