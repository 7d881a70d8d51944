import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fact } from '../fact.js';
import { type ImportOptions, ImportRun } from '../import-run.js';
import { readMapping } from '../mapping/read-mapping.js';
import { ImportFailure, type Problem } from '../problem.js';
import type { ImportReport } from '../report.js';

export interface Imported {
  readonly report: ImportReport;
  readonly facts: readonly Fact[];
  readonly problems: readonly Problem[];
}

/** Reads files from memory with a mapping; for specs. */
export const importing = async (
  files: Readonly<Record<string, string | Uint8Array>>,
  mapping: unknown,
  more: Partial<ImportOptions> = {},
): Promise<Imported> => {
  const folder = mkdtempSync(join(tmpdir(), 'import-'));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    const [first = ''] = Object.keys(files);
    return await importPath(join(folder, first), mapping, more);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

export const importPath = async (
  path: string,
  mapping: unknown,
  more: Partial<ImportOptions> = {},
): Promise<Imported> => {
  const run = new ImportRun({ path, mapping: readMapping(mapping), rejectsPath: null, ...more });
  try {
    const report = await run.read();
    const facts: Fact[] = [];
    for await (const fact of run.facts()) facts.push(fact);
    return { report, facts, problems: [...run.problems()] };
  } finally {
    run.close();
  }
};

export const failureOf = async (files: Parameters<typeof importing>[0], mapping: unknown): Promise<Problem | null> => {
  try {
    await importing(files, mapping);
    return null;
  } catch (error) {
    if (error instanceof ImportFailure) return error.problem;
    throw error;
  }
};
