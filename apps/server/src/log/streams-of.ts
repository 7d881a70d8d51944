import type { Chain } from '#traceability/chain.types';

/** Everything that a chain is made of, as the log names it, and the one stream that it is about. */
export const streamsOf = (chain: Chain): { readonly about: string; readonly streams: readonly string[] } => {
  const streams = [
    ...chain.contributions.map(({ id }) => `contribution-${id}`),
    ...chain.decisions.map(({ id }) => `decision-${id}`),
    ...chain.serviceChanges.map(({ id }) => `serviceChange-${id}`),
  ];
  return { about: streams.find((each) => each.endsWith(chain.root)) ?? '', streams };
};
