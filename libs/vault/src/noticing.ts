import { AsyncLocalStorage } from 'node:async_hooks';

/** Something personal that was opened, in the vault's own terms; never what it says. */
export type Noticed =
  | { readonly kid: string; readonly type: string; readonly pointer: string }
  | { readonly record: string; readonly id: string; readonly subject: string | null };

const listening = new AsyncLocalStorage<(what: Noticed) => void>();

/** While `work` runs, and whatever it waits for, `tell` hears of everything that is opened. */
export const whileNoticing = <T>(tell: (what: Noticed) => void, work: () => T): T => listening.run(tell, work);

/** Called by the vault alone, for each thing that it opens. */
export const notice = (what: Noticed): void => listening.getStore()?.(what);
