import type { LogState } from '#ledger/log-state';
import type { Chain, Shown } from '#traceability/chain.types';

/** Words in JSON: the text, or null; `wordsState` beside it says why. */
const isShown = (value: object): value is Shown =>
  'state' in value &&
  ['readable', 'erased', 'hidden', 'withheld', 'lost'].includes(String(value.state)) &&
  Object.keys(value).length <= 2;

const flat = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(flat);
  if (isShown(value))
    return value.state === 'readable'
      ? value.text
      : value.state === 'erased'
        ? { erasedOn: value.on }
        : { [value.state]: true };
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, flat(member)]));
};

/** The chain in the shape of the public surface: plain texts, each step with its kind, dates, role and words. */
export const chainJson = (chain: Chain, seal?: LogState) => {
  const { contributions, steps, root, ...rest } = flat(chain) as Chain;
  const own = contributions.find(({ id }) => id === root);
  return {
    contribution: own ?? null,
    contributions,
    ...rest,
    steps,
    proof: seal ? sealJson(seal) : null,
  };
};

/** How the seal of the record stands: what is sealed, and who else vouches for it. Each entry has its own proof in `/log/proof`. */
const sealJson = ({ origin, checkpoint, witnesses }: LogState) => ({
  origin,
  sealedEntries: checkpoint?.size ?? null,
  seal: checkpoint?.root ?? null,
  sealedAt: checkpoint?.signedAt ?? null,
  independentWitnesses: witnesses.independent,
  conflicts: witnesses.conflicts,
});
