import { People } from '#participants/people';
import type { ChainContribution } from '#traceability/chain.types';
import { whileNoticing } from '#vault/noticing';

type Given = Pick<ChainContribution, 'attribution' | 'words' | 'publicVersion' | 'heldBack' | 'voice'>;

/**
 * Who gave a view, for everyone, as they chose to be shown. Nobody is named beside words that are not their own, nor
 * beside none: held back, changed for others, taken back, restricted, erased.
 */
export const giverOf = (view: Given, participant: string | null, people: Pick<People, 'get'>): string | undefined => {
  const { attribution, words, publicVersion, heldBack, voice } = view;
  if (participant === null || (attribution !== 'name' && attribution !== 'first-name')) return undefined;
  if (words?.state !== 'readable' || publicVersion || heldBack || voice === 'proxy') return undefined;
  // What its owner wants everyone to read is no reading of something private.
  const person = whileNoticing(
    () => undefined,
    () => people.get(participant),
  );
  return person && People.shown(person.name, attribution);
};
