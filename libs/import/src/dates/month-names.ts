const SPOKEN = ['long', 'short'] as const;

const tables = new Map<string, ReadonlyMap<string, number>>();

const plain = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/** Names of months in a language, long and short, as people write them: `mars`, `Mär`, `Sept.`. English always works too. */
export const monthNames = (language: string): ReadonlyMap<string, number> => {
  const known = tables.get(language);
  if (known) return known;
  const table = new Map<string, number>([['sept', 9]]);
  for (const locale of ['en', 'en-GB', language]) {
    for (let month = 1; month <= 12; month++) {
      const date = new Date(Date.UTC(2021, month - 1, 15));
      for (const style of SPOKEN) {
        // Beside a day the name takes another form in some languages (Polish, Russian): both are read.
        table.set(plain(new Intl.DateTimeFormat(locale, { month: style, timeZone: 'UTC' }).format(date)), month);
        const inDate = new Intl.DateTimeFormat(locale, { day: 'numeric', month: style, timeZone: 'UTC' })
          .formatToParts(date)
          .find(({ type }) => type === 'month')?.value;
        if (inDate && !/^\d+$/.test(inDate)) table.set(plain(inDate), month);
      }
    }
  }
  tables.set(language, table);
  return table;
};

export const monthNumber = (name: string, language: string): number | null =>
  monthNames(language).get(plain(name)) ?? null;
