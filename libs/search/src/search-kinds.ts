/** What can be found. */
export const SEARCH_KINDS = ['view', 'decision', 'promise', 'discussion', 'meeting', 'team'] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];
export const isSearchKind = (value: string): value is SearchKind => (SEARCH_KINDS as readonly string[]).includes(value);

/** A filter as one word of the index, so that the index itself narrows what is ranked. Letters and digits only. */
export const facet = (name: 'kind' | 'authority', code: string): string =>
  `${name === 'kind' ? 'k' : 'a'}0${code.replace(/[^a-z0-9]/g, '0')}`;
