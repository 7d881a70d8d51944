import type { Concept } from './concepts.js';
import type { FactTarget } from './fact.js';
import type { FilePlan } from './mapping/plan.js';
import type { Problem } from './problem.js';

export interface FileReport {
  readonly name: string;
  /** SHA-256 of the file's bytes, hex. */
  readonly digest: string;
  readonly bytes: number;
  readonly gzip: boolean;
  readonly format: NonNullable<FilePlan['format']>;
  readonly encoding: FilePlan['encoding'];
  readonly delimiter: string | null;
  readonly rows: number;
  /** Rows that the mapping leaves out on purpose, by its own reason. */
  readonly ignored: Readonly<Record<string, number>>;
  /** Rows that are not imported; each is in the problems and in the rejects file. */
  readonly rejected: number;
  /** What the rejected rows tell of, per concept, as far as that can be said. */
  readonly rejectedFacts: Readonly<Partial<Record<Concept, number>>>;
  /** Rows for which the mapping yields nothing, though it does not say that they are left out. */
  readonly withoutFacts: number;
}

export interface UnresolvedLink {
  readonly file: string;
  readonly row: number;
  readonly concept: Concept;
  readonly sourceId: string;
  readonly as: string;
  readonly to: Pick<FactTarget, 'concept' | 'sourceId'>;
}

/** What a run found: the whole of a dry run, and the start of a real one. */
export interface ImportReport {
  readonly source: string;
  readonly files: readonly FileReport[];
  readonly rows: number;
  /** Different things per concept, repeats counted once. */
  readonly facts: Readonly<Partial<Record<Concept, number>>>;
  /** How many times a row told again of something that was known. */
  readonly repeats: number;
  readonly problems: {
    readonly total: number;
    readonly byCode: Readonly<Record<string, number>>;
    readonly first: readonly Problem[];
  };
  readonly links: { readonly resolved: number; readonly unresolved: number; readonly first: readonly UnresolvedLink[] };
  /** Decisions by what is missing from them, so that nobody mistakes a gap for an answer. */
  readonly missing: Readonly<Record<'answer' | 'reason', number>>;
}

/** How many problems and unresolved links a report shows; all of them can be asked for. */
export const SHOWN = 100;
