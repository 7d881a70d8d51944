import type { Vault } from './vault.js';

/** The words behind a sealed reference; null where there are none, or they cannot be read any more. */
export const readable =
  (vault: Pick<Vault, 'open'>) =>
  (ref: string | null): string | null => {
    const opened = ref ? vault.open(ref) : undefined;
    return opened?.state === 'readable' ? opened.value : null;
  };

/** What to say in the place of words that are kept and not shown. */
export const hiddenWords = ({ why }: { readonly why: 'erasing' | 'restricted' }): string =>
  why === 'erasing' ? 'These words are being erased.' : 'These words are kept, and not shown for now.';
