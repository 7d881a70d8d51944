import { hiddenWords } from '#vault/readable';
import type { Opened, Vault } from '#vault/vault';

/** The address of a list with its filters: what is shown can be sent to someone else. Null where there is no such page. */
export const listAddress = (
  path: string,
  filters: Readonly<Record<string, string | undefined>>,
  after: string | null,
): string | null => {
  if (after === null) return null;
  const query = new URLSearchParams(
    Object.entries({ ...filters, ...(after && { after }) }).filter((entry): entry is [string, string] =>
      Boolean(entry[1]),
    ),
  );
  return query.size > 0 ? `${path}?${query.toString()}` : path;
};

/** A sealed reference as text for a list, or what to say in its place. */
export const shownText = (vault: Vault, ref: string | null): string =>
  ref ? openedText(vault.open(ref)) : 'Not recorded';

export const openedText = (opened: Opened<string>): string =>
  opened.state === 'readable'
    ? opened.value
    : opened.state === 'erased'
      ? `These words were erased on ${opened.on.slice(0, 10)}.`
      : opened.state === 'hidden'
        ? hiddenWords(opened)
        : 'These words cannot be opened. This is a fault of ours.';
