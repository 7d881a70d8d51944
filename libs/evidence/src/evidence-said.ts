import type { Done, FactFacts, Said } from './things.js';

/** What a fact says, from the entries of it that stand. */
export const toldBy = (said: readonly Said[]): Pick<FactFacts, 'said' | 'did'> => ({
  said,
  did: said.some(({ born }) => born)
    ? said.reduce<Record<string, Done>>((did, { type, done }) => ({ ...did, [type]: together(did[type], done) }), {})
    : {},
});

/** The newest says what holds; people who came again are counted again. */
const together = (before: Done | undefined, { data, lived, others, n }: Done): Done => ({
  data,
  lived: lived + (before?.lived ?? 0),
  others: others + (before?.others ?? 0),
  n: n + (before?.n ?? 0),
});
