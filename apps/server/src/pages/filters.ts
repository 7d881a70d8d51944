import type { AuthorityRow } from '#authorities/authorities';

interface Option {
  readonly value: string;
  readonly text: string;
}

/** A filter above a list. Its first choice narrows nothing. */
export const filterBy = (
  name: string,
  label: string,
  value: string | undefined,
  options: readonly Option[],
  every = 'All',
) => ({ name, label, value, options: [{ value: '', text: every }, ...options] });

export const filterByCouncil = (value: string | undefined, councils: readonly AuthorityRow[], every?: string) =>
  filterBy('authority', 'Council', value, councilOptions(councils), every);

export const councilOptions = (councils: readonly AuthorityRow[]): readonly Option[] =>
  councils.map(({ code, name }) => ({ value: code, text: name }));
