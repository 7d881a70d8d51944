import type { WrittenFile } from './export-folder.js';

export interface Counts {
  /** Entries of the log. */
  entries: number;
  /** Of these, entries of things that another council began and that passed to this one. */
  takenOver: number;
  /** Sealed texts that were opened. */
  words: number;
  /** Opened too, and not to be used: the person had their use restricted. */
  restricted: number;
  erased: number;
  beingErased: number;
  /** Gone without an erasure: a fault. */
  lost: number;
  /** Pictures and recordings. */
  files: number;
}

export const nothingYet = (): Counts => ({
  entries: 0, takenOver: 0, words: 0, restricted: 0, erased: 0, beingErased: 0, lost: 0, files: 0,
}); // prettier-ignore

/** `manifest.json`: what is here, and what it can be held against. */
export interface ExportManifest {
  readonly v: 1;
  readonly kind: 'council-export';
  readonly madeAt: string;
  readonly council: { readonly code: string; readonly name: string; readonly gss: string | null };
  readonly log: {
    readonly key: string;
    readonly size: number;
    /** Of the whole log, base64. */
    readonly root: string;
  };
  readonly counts: Readonly<Counts>;
  /** Rows of the files that hold what lies beside the log. */
  readonly beside: Readonly<Record<string, number>>;
  readonly files: readonly WrittenFile[];
}
