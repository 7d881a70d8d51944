/**
 * Something a person should know about the source or the mapping. `error`: the row is not imported and goes to the rejects
 * file. `warning`: the row is imported. `fatal`: nothing is imported, because the rest of the file cannot be trusted.
 */
export interface Problem {
  readonly level: 'fatal' | 'error' | 'warning';
  readonly file: string;
  /** Row as a spreadsheet numbers it (header = 1); line of JSON Lines; element of a JSON array, from 1. 0: the whole file. */
  readonly row: number;
  /** Line of the file where the row starts, when rows may span lines. */
  readonly line?: number;
  /** Column or path of the source. */
  readonly column?: string;
  /** Stable, for machines. */
  readonly code: string;
  /** What is wrong and what to do, in plain words. Quotes at most a few words of the source. */
  readonly message: string;
}

/** The import cannot go on, and nothing of it has been recorded. */
export class ImportFailure extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.file}${problem.row > 0 ? `, row ${problem.row}` : ''}: ${problem.message}`);
    this.name = 'ImportFailure';
  }
}

/** A value in one row does not fit; becomes a `Problem` when file and row are known. */
export class CellError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly column?: string,
  ) {
    super(message);
    this.name = 'CellError';
  }
}

/** Quotes a value from the source in a message, short enough that no one's story ends up in a log. */
export const quote = (value: string): string => `“${value.length > 40 ? `${value.slice(0, 37)}…` : value}”`;
