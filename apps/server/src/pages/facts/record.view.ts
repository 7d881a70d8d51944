import { everyGroup } from '#facts/every-kind';
import type { FactKind } from '#facts/fact-kind';
import { type Elsewhere, ELSEWHERE } from '#evidence/recorded-elsewhere';
import { elsewhereFor, kindsFor } from '#evidence/recorded-for';
import { listAddress } from '../list-address.js';

const ICONS: Readonly<Record<string, string>> = {
  plan: 'book',
  invitations: 'speech',
  access: 'ear',
  learning: 'person',
  meetings: 'calendar',
  recognition: 'heart',
  reviews: 'star',
  commissioning: 'pound',
  reports: 'eye',
};

/** What one may want to record, in the order of the groups; for one line of the pledge only what is evidence for it. */
export const recordGroups = (line: string | undefined, addressOf: (kind: FactKind) => string | null) => {
  const of = line === undefined ? undefined : kindsFor(line);
  return everyGroup.flatMap(({ code, title, kinds }) => {
    const shown = kinds.filter((kind) => of === undefined || of.includes(kind));
    const items = shown.map((kind) => ({
      code: kind.code,
      title: kind.birth.title,
      about: kind.about,
      href: addressOf(kind),
      then: kind.steps.map(({ title: step }) => step.replace(/^Record /, '')),
      isPrivate: kind.isPrivate === true,
    }));
    return items.length > 0 ? [{ code, title, icon: ICONS[code] ?? 'pencil', items }] : [];
  });
};

/** What has a page of its own outside this list, for the same line. */
export const elsewhere = (line: string | undefined): readonly Elsewhere[] =>
  line === undefined ? ELSEWHERE : elsewhereFor(line);

export const recordAddress = (kind: FactKind, place: { readonly authority?: string; readonly team?: string }): string =>
  listAddress(`/record/${kind.code}`, place, '') ?? '/record';
