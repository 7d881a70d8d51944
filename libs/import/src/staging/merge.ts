import { canonicalJson } from '#event-store/canonical-json';
import type { DraftFact, DraftLink } from '../rows/draft.js';

/** What all copies of a thing say together. */
export interface Merged {
  readonly fact: DraftFact;
  /** When each field was last said, for sources that say when a row was changed. */
  readonly saidAt: Readonly<Record<string, string | null>>;
  readonly file: string;
  readonly row: number;
  readonly copies: number;
}

export interface Conflict {
  readonly fields: readonly string[];
  /** Where the copy stands that this one disagrees with. */
  readonly file: string;
  readonly row: number;
}

const ABOUT = ['occurredAt', 'authority', 'public', 'language', 'series'] as const;

const saidBy = (fact: DraftFact): Readonly<Record<string, unknown>> => ({
  ...Object.fromEntries(ABOUT.filter((name) => fact[name] !== null).map((name) => [`@${name}`, fact[name]])),
  ...fact.fields,
});

export const firstCopy = (fact: DraftFact, updatedAt: string | null, file: string, row: number): Merged => ({
  fact,
  saidAt: Object.fromEntries(Object.keys(saidBy(fact)).map((name) => [name, updatedAt])),
  file,
  row,
  copies: 1,
});

/**
 * Puts one more copy to what is known. A field that a copy does not say is not taken back. Where two copies say different
 * things the later one counts, if the source says which is later; otherwise nobody can know, and that is a conflict.
 * The outcome does not depend on the order of the copies.
 */
export const addCopy = (known: Merged, fact: DraftFact, updatedAt: string | null): Merged | Conflict => {
  const [before, now] = [saidBy(known.fact), saidBy(fact)];
  const saidAt = { ...known.saidAt };
  const said: Record<string, unknown> = { ...before };
  const disagree: string[] = [];
  for (const [name, value] of Object.entries(now)) {
    const earlier = known.saidAt[name] ?? null;
    if (!(name in before) || canonicalJson(before[name]) === canonicalJson(value)) {
      said[name] = value;
      saidAt[name] = later(earlier, updatedAt);
    } else if (earlier === null || updatedAt === null || earlier === updatedAt) disagree.push(name.replace('@', ''));
    else if (updatedAt > earlier) {
      said[name] = value;
      saidAt[name] = updatedAt;
    }
  }
  if (disagree.length > 0) return { fields: disagree, file: known.file, row: known.row };
  const about = Object.fromEntries(ABOUT.map((name) => [name, said[`@${name}`] ?? null]));
  const fields = Object.fromEntries(Object.entries(said).filter(([name]) => !name.startsWith('@')));
  return {
    ...known,
    fact: {
      ...known.fact,
      ...about,
      fields: fields as DraftFact['fields'],
      links: union(known.fact.links, fact.links),
    },
    saidAt,
    copies: known.copies + 1,
  };
};

const later = (a: string | null, b: string | null): string | null => (a === null || (b !== null && b > a) ? b : a);

const linkKey = ({ as, to }: DraftLink): string => JSON.stringify([as, to.concept, to.by, to.name]);

const union = (known: readonly DraftLink[], more: readonly DraftLink[]): readonly DraftLink[] => {
  const links = new Map(known.map((link) => [linkKey(link), link]));
  for (const link of more) {
    const earlier = links.get(linkKey(link));
    links.set(
      linkKey(link),
      earlier ? { ...earlier, effect: earlier.effect ?? link.effect, why: earlier.why ?? link.why } : link,
    );
  }
  return [...links.values()];
};

export const isConflict = (outcome: Merged | Conflict): outcome is Conflict => !('fact' in outcome);
