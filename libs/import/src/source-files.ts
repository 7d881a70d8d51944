import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { FilePlan, MappingPlan } from './mapping/plan.js';
import { failure } from './readers/bytes.js';

export interface SourceFile {
  readonly path: string;
  /** Without its folder: what problems and provenance name. */
  readonly name: string;
  readonly plan: FilePlan;
}

/**
 * The files of a mapping, given one of them or the folder that they are in.
 * @throws ImportFailure when one is not there.
 */
export const sourceFiles = (path: string, mapping: MappingPlan): readonly SourceFile[] => {
  const folder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const [only] = mapping.files;
  // With one file in the mapping, the file that the command names is meant, whatever its name.
  if (only && mapping.files.length === 1 && !folder) return [{ path, name: basename(path), plan: only }];
  const where = folder ? path : dirname(path);
  const names = mapping.files.map(({ name }) => name ?? '');
  if (!folder && !names.some((name) => isCalled(basename(path), name)))
    throw failure(
      basename(path),
      'file-not-in-mapping',
      `This mapping reads ${names.map((name) => `“${name}”`).join(', ')}. Name one of them, or the folder they are in.`,
    );
  return mapping.files.map((plan) => {
    const name = plan.name ?? '';
    const found = [name, `${name}.gz`].find((candidate) => name !== '' && existsSync(join(where, candidate)));
    if (found === undefined)
      throw failure(
        name || basename(path),
        'file-unreadable',
        'The mapping needs this file, and it is not in the folder.',
      );
    return { path: join(where, found), name: found, plan };
  });
};

const isCalled = (given: string, name: string): boolean => given === name || given === `${name}.gz`;
