/** One row as it came. `record` is null when the row cannot be read; then `problem` says why and `raw` is what there is. */
export interface SourceRow {
  readonly row: number;
  readonly line?: number;
  readonly record: Readonly<Record<string, unknown>> | null;
  readonly raw?: unknown;
  readonly problem?: { readonly code: string; readonly message: string };
}

/** Longest row, in characters, in every format: beyond it something is broken (a quote that is never closed). */
export const MAX_ROW = 10_000_000;

/** Rows come in batches: one wait per piece of the file, not one per row. */
export type Rows = AsyncGenerator<readonly SourceRow[]>;
