import { type CsvError, parse } from 'csv-parse/sync';
import { code, date, fields, list, optional, ShapeError, text } from '#kernel/shape';
import { emptyTexts, type FileProblem, readShapedFile, ShapedFileError } from '#kernel/shaped-file';
import type { AuthorityFacts } from './authority.js';

/** A council as a file names it: it has an official code, and a day from which it exists. */
const council = fields({ authority: code, name: text, gss: text, validFrom: date, validTo: optional(date) });

/** The councils of a file: JSON, or CSV with a header row. @throws ShapedFileError with file, place and reason */
export const readCouncils = (content: string, file: string): readonly AuthorityFacts[] =>
  /\.csv$/i.test(file) ? fromCsv(content, file) : readShapedFile(content, file, list(council), problemsOf);

const problemsOf = (all: readonly AuthorityFacts[]): readonly FileProblem[] => [
  ...emptyTexts(all, ''),
  ...all.flatMap((each, n) => wrongIn(each, all, (field) => `/${n}/${field}`)),
];

const wrongIn = (
  each: AuthorityFacts,
  all: readonly AuthorityFacts[],
  at: (field: string) => string,
): readonly FileProblem[] => {
  const { authority, validFrom = '', validTo } = each;
  const isRepeat = all.find((other) => other.authority === authority) !== each;
  return [
    ...(isRepeat ? [{ path: at('authority'), reason: `${authority} is there twice.` }] : []),
    ...(validTo !== undefined && validTo < validFrom
      ? [{ path: at('validTo'), reason: `It cannot end on ${validTo}, before it begins on ${validFrom}.` }]
      : []),
  ];
};

/** Rows as a spreadsheet numbers them; a cell without anything in it is not there. */
const fromCsv = (content: string, file: string): readonly AuthorityFacts[] => {
  const problems: FileProblem[] = [];
  const rows = cells(content, file).map((row, n) => {
    const at = (field: string): string => `row ${n + 2}, ${field}`;
    const given = Object.fromEntries(Object.entries(row).filter(([, cell]) => cell.trim() !== ''));
    try {
      return { at, council: council.check(given, '') };
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
      const reason = error.message.replace(/^.*?: expected /, 'Expected ');
      problems.push({ path: at(error.pointer.slice(1)), reason });
      return undefined;
    }
  });
  const read = rows.filter((row) => row !== undefined);
  const all = read.map((row) => row.council);
  problems.push(...read.flatMap((row) => wrongIn(row.council, all, row.at)));
  if (problems.length > 0) throw new ShapedFileError(file, problems);
  return all;
};

const cells = (content: string, file: string): readonly Readonly<Record<string, string>>[] => {
  try {
    return parse(content, { columns: true, bom: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    throw new ShapedFileError(file, [{ path: '', reason: (error as CsvError).message }]);
  }
};
