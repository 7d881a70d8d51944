import { didYouMean } from '../suggestion.js';
import type { FilePlan } from '../mapping/plan.js';
import { failure, type FileTally, readBytes } from './bytes.js';
import { type CsvNotes, readCsv } from './csv.js';
import { readJsonArray } from './json-array.js';
import { readJsonLines } from './json-lines.js';
import type { Rows } from './rows.js';
import { decodeText, EncodingError } from './text.js';

/** What the reader learned about a file, for the report. */
export interface FileNotes extends FileTally, CsvNotes {
  format: NonNullable<FilePlan['format']>;
}

export const newNotes = (): FileNotes => ({ bytes: 0, digest: '', gzip: false, delimiter: null, format: 'csv' });

/**
 * The rows of one file, whatever its format, in constant memory.
 * @throws ImportFailure
 */
export async function* readRows(path: string, name: string, plan: FilePlan, notes: FileNotes): Rows {
  notes.format = plan.format ?? formatOf(name);
  const texts = decodeText(readBytes(path, name, notes), plan.encoding);
  try {
    if (notes.format === 'csv')
      yield* readCsv(texts, plan, name, notes, (columns) => checkColumns(columns, plan, name));
    else if (notes.format === 'jsonl') yield* readJsonLines(texts, name);
    else yield* readJsonArray(texts, plan.at, name);
  } catch (error) {
    if (error instanceof EncodingError) throw failure(name, error.code, error.message, 0, error.line);
    throw error;
  }
}

const formatOf = (name: string): NonNullable<FilePlan['format']> => {
  const ending = name.toLowerCase().replace(/\.gz$/, '').split('.').at(-1);
  if (ending === 'csv' || ending === 'tsv' || ending === 'txt') return 'csv';
  if (ending === 'jsonl' || ending === 'ndjson') return 'jsonl';
  if (ending === 'json') return 'json';
  throw failure(
    name,
    'format-unknown',
    'The name does not say what this file is. Put "format": "csv", "json" or "jsonl" into the mapping.',
  );
};

/** Every column that the mapping names must be there, once: a column that is missing is a mistake, not an empty value. */
const checkColumns = (columns: readonly string[], plan: FilePlan, name: string): void => {
  const wanted = new Map(plan.used.map(({ path, text }) => [text, path[0] ?? text]));
  const row = plan.columns ? 0 : plan.headerRow;
  const absent = [...wanted].filter(([text, first]) => !columns.includes(text) && !columns.includes(first));
  if (absent.length > 0)
    throw failure(
      name,
      'column-missing',
      `The mapping names ${absent.length === 1 ? 'a column that is' : 'columns that are'} not in this file: ` +
        `${absent.map(([text]) => `“${text}”.${didYouMean(text, columns)}`).join(' ')} ` +
        `The file has: ${columns.filter((column) => column !== '').join(', ')}.`,
      row,
    );
  const twice = [...wanted.keys()].find((text) => columns.filter((column) => column === text).length > 1);
  if (twice !== undefined)
    throw failure(name, 'column-twice', `The column “${twice}” is there more than once. Rename one of them.`, row);
};
