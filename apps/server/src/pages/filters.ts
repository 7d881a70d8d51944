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

type Councils = readonly Pick<AuthorityRow, 'code' | 'name'>[];

export const filterByCouncil = (value: string | undefined, councils: Councils, every?: string) =>
  filterBy('authority', 'Council', value, councilOptions(councils), every);

export const councilOptions = (councils: Councils): Option[] =>
  councils.map(({ code, name }) => ({ value: code, text: name }));
