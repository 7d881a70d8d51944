import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMapping } from '../mapping/read-mapping.js';
import type { FilePlan } from '../mapping/plan.js';
import { ImportFailure, type Problem } from '../problem.js';
import { type FileNotes, newNotes, readRows } from '../readers/read-rows.js';
import type { SourceRow } from '../readers/rows.js';

type Json = Record<string, unknown>;
export const planOf = (file: Json): FilePlan =>
  readMapping({ source: 's', public: true, files: [file] }).files[0] as FilePlan;

export const collect = async (rows: AsyncIterable<readonly SourceRow[]>): Promise<SourceRow[]> => {
  const all: SourceRow[] = [];
  for await (const batch of rows) all.push(...batch);
  return all;
};

export interface ReadFile {
  readonly rows: readonly SourceRow[];
  readonly records: readonly SourceRow['record'][];
  readonly notes: FileNotes;
}

/** Writes a file and reads its rows; for specs of readers. */
export const readContent = async (name: string, content: string | Uint8Array, file: Json = {}): Promise<ReadFile> => {
  const folder = mkdtempSync(join(tmpdir(), 'import-reading-'));
  try {
    const path = join(folder, name);
    writeFileSync(path, content);
    const notes = newNotes();
    const rows = await collect(readRows(path, name, planOf(file), notes));
    return { rows, records: rows.map(({ record }) => record), notes };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

export const readingFailure = async (
  name: string,
  content: string | Uint8Array,
  file: Json = {},
): Promise<Problem | null> => {
  try {
    await readContent(name, content, file);
    return null;
  } catch (error) {
    if (error instanceof ImportFailure) return error.problem;
    throw error;
  }
};
