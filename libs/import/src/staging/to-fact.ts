import { CONCEPTS } from '../concepts.js';
import type { Fact, FactLink, FactTarget } from '../fact.js';
import { factDigest, factId } from '../fact-id.js';
import type { DraftTarget } from '../rows/draft.js';
import type { Staged, Staging } from './staging.js';

export interface FactContext {
  readonly source: string;
  readonly staging: Staging;
  /** SHA-256 of each file by name. */
  readonly digests: ReadonlyMap<string, string>;
  /** Whether something is recorded already that this run does not tell of. */
  readonly isKnown: (target: Omit<FactTarget, 'resolved'>) => boolean;
}

/** What was staged, with its links followed and its place in its series settled. */
export const toFact = (staged: Staged, context: FactContext): Fact => {
  const { fact, file, row, copies } = staged.merged;
  const { concept, sourceId, series } = fact;
  const links: FactLink[] = fact.links.map(({ as, to, effect, why }) => ({
    as,
    to: targetOf(to, staged, context),
    effect,
    why,
  }));
  const before =
    series !== null && (concept === 'decision' || concept === 'reopening')
      ? context.staging.beside('before', series, staged)
      : null;
  if (before !== null) {
    const to = {
      concept: 'decision',
      id: factId(context.source, before, 'decision'),
      sourceId: before,
      resolved: true,
    } as const;
    links.push({ as: concept === 'decision' ? 'supersedes' : 'reopens', to, effect: null, why: null });
  }
  const said = {
    concept,
    source: context.source,
    sourceId,
    occurredAt: fact.occurredAt,
    authority: fact.authority,
    public: fact.public,
    language: fact.language,
    series,
    fields: Object.fromEntries(Object.keys(CONCEPTS[concept]).map((name) => [name, fact.fields[name] ?? null])),
    links,
    ...(fact.from && { from: targetOf(fact.from, staged, context) }),
  } as unknown as Omit<Fact, 'id' | 'digest' | 'provenance'>;
  return {
    ...said,
    id: factId(context.source, sourceId, concept),
    digest: factDigest(said),
    provenance: { file, digest: context.digests.get(file) ?? '', row, copies },
  } as Fact;
};

const targetOf = (target: DraftTarget, staged: Staged, { source, staging, isKnown }: FactContext): FactTarget => {
  const { concept } = target;
  const sourceId = target.by === 'id' ? target.name : inForce(target.name, staged, staging);
  if (sourceId === null)
    return { concept, id: factId(source, `series ${target.name}`, concept), sourceId: null, resolved: false };
  const known = { concept, id: factId(source, sourceId, concept), sourceId };
  return { ...known, resolved: staging.has(concept, sourceId) || isKnown(known) };
};

/** The decision of a series that stood at that moment; if there was none yet, the first one after it. */
const inForce = (series: string, staged: Staged, staging: Staging): string | null =>
  staging.beside('before', series, staged) ?? staging.beside('after', series, staged);
