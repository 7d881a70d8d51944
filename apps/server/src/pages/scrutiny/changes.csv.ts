import { csvText } from '../../shell/csv.js';
import type { ChangeLine, ChangeSection } from './changes.view.js';

/** What was asked for, and when: it stands in the file, because a file outlives the page it came from. */
interface Taken {
  readonly list: string;
  readonly since: string;
  readonly until: string;
  readonly at: string;
  readonly baseUrl: string;
}

const COLUMNS: readonly (readonly [string, keyof ChangeLine])[] = [
  ['Reference', 'reference'],
  ['Council', 'council'],
  ['What', 'what'],
  ['When', 'on'],
  ['What changed', 'change'],
  ['Old date', 'old'],
  ['New date', 'new'],
  ['Reason', 'reason'],
  ['Agreed by', 'agreedBy'],
];

/** One row for each change, with its section first. */
export const changesCsv = (sections: readonly ChangeSection[], { list, since, until, at, baseUrl }: Taken): string =>
  csvText([
    ['Section', ...COLUMNS.map(([heading]) => heading), 'Address', 'Since', 'Until', 'List', 'Taken at'],
    ...sections.flatMap(({ title, lines }) =>
      lines.map((line) => [
        title,
        ...COLUMNS.map(([, name]) => line[name] ?? null),
        `${baseUrl}${line.href}`,
        since,
        until,
        list,
        at,
      ]),
    ),
  ]);

/** The same; a section without a line is there with none, because nothing having happened is an answer too. */
export const changesJson = (sections: readonly ChangeSection[], { list, since, until, at, baseUrl }: Taken) => ({
  list,
  since,
  until,
  takenAt: at,
  sections: sections.map(({ code, title, lines }) => ({
    code,
    title,
    count: lines.length,
    items: lines.map(({ href, ...line }) => ({ ...line, address: `${baseUrl}${href}` })),
  })),
});
