import { statSync } from 'node:fs';
import { Subject, type Observable } from 'rxjs';
import type { Fact, FactTarget } from './fact.js';
import type { MappingPlan } from './mapping/plan.js';
import { ImportFailure, type Problem } from './problem.js';
import { FileReader } from './read-source.js';
import { RejectsFile } from './rejects.js';
import { type FileReport, type ImportReport, SHOWN, type UnresolvedLink } from './report.js';
import { type SourceFile, sourceFiles } from './source-files.js';
import { Staging } from './staging/staging.js';
import { toFact } from './staging/to-fact.js';

export interface Progress {
  /** `reading` goes through the files, `giving` hands out what they said. */
  readonly phase: 'reading' | 'giving';
  /** The file that is being read; empty while giving. */
  readonly file: string;
  /** Rows read or facts given so far. */
  readonly rows: number;
  /** Of how many; while reading it is not known, and `share` tells how far. */
  readonly of?: number;
  /** 0 to 1, by bytes while reading. */
  readonly share: number;
  readonly perSecond: number;
}

export interface ImportOptions {
  /** A file, or the folder of the mapping's files. */
  readonly path: string;
  readonly mapping: MappingPlan;
  /** Where rows go that cannot be imported; null: nowhere (a dry run). */
  readonly rejectsPath: string | null;
  /** Used when the mapping names no authority. */
  readonly authority?: string;
  /** Whether a link's target is recorded already, from an earlier import. */
  readonly isKnown?: (target: Omit<FactTarget, 'resolved'>) => boolean;
  /** Whether there is such an authority; without it, every code counts. */
  readonly isAuthority?: (code: string) => boolean;
  /** Milliseconds of a steady clock, for the rate only. */
  readonly clock?: () => number;
}

/**
 * One import, up to facts. `read` goes through all files first, so that copies of a row are put together, links are
 * followed and a broken file is found before anything is recorded. Then `facts` hands out each thing once, in an order in
 * which it can be recorded. Both run in constant memory. A dry run ends after `read`.
 */
export class ImportRun {
  private readonly staging = new Staging();
  private readonly subject = new Subject<Progress>();
  private readonly files: readonly SourceFile[];
  private reports: readonly FileReport[] = [];
  private total = 0;

  /** @throws ImportFailure when the files of the mapping are not there. */
  constructor(private readonly options: ImportOptions) {
    this.files = sourceFiles(options.path, options.mapping);
  }

  get progress(): Observable<Progress> {
    return this.subject.asObservable();
  }

  /**
   * @throws ImportFailure when a file is broken; then nothing may be recorded.
   * @throws Error when rejects cannot be written.
   */
  async read(): Promise<ImportReport> {
    const rejects = new RejectsFile(this.options.rejectsPath);
    const started = this.now();
    const ofBytes = this.files.reduce(
      (sum, { path }) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
    let rows = 0;
    let bytes = 0;
    this.staging.begin();
    try {
      const reader = new FileReader(
        this.options.mapping,
        this.files,
        this.staging,
        rejects,
        this.options.authority ?? null,
        this.options.isAuthority,
      );
      const reports: FileReport[] = [];
      await reader.readJoins();
      for (const file of this.files) {
        const [rowsBefore, bytesBefore] = [rows, bytes];
        reports.push(
          await reader.readFile(file, (done) => {
            [rows, bytes] = [rowsBefore + done.rows, bytesBefore + done.bytes];
            this.tell('reading', file.name, rows, Math.min(1, bytes / Math.max(1, ofBytes)), started);
          }),
        );
      }
      this.reports = reports;
      this.staging.finish();
    } catch (error) {
      if (error instanceof ImportFailure) this.staging.problem(error.problem);
      throw error;
    } finally {
      await rejects.close();
    }
    return this.report();
  }

  /** Every fact once, whatever others point at first. May be called again. */
  async *facts(): AsyncGenerator<Fact> {
    const started = this.now();
    let given = 0;
    for (const fact of this.all()) {
      yield fact;
      given++;
      if (given % 200 === 0 || given === this.total)
        this.tell('giving', '', given, given / this.total, started, this.total);
    }
  }

  /** Everything that was found wrong, in the order of the files. */
  problems(): Iterable<Problem> {
    return this.staging.problems();
  }

  *unresolvedLinks(): Generator<UnresolvedLink> {
    for (const fact of this.all()) yield* unresolvedOf(fact);
  }

  /** Forgets everything that was read. */
  close(): void {
    this.subject.complete();
    this.staging.close();
  }

  private *all(): Generator<Fact> {
    const context = {
      source: this.options.mapping.source,
      staging: this.staging,
      digests: new Map(this.reports.map(({ name, digest }) => [name, digest])),
      isKnown: this.options.isKnown ?? (() => false),
    };
    for (const staged of this.staging.all()) yield toFact(staged, context);
  }

  private report(): ImportReport {
    let [resolved, unresolved, repeats, noAnswer, noReason] = [0, 0, 0, 0, 0];
    const first: UnresolvedLink[] = [];
    this.total = 0;
    for (const fact of this.all()) {
      this.total++;
      repeats += fact.provenance.copies - 1;
      const missing = unresolvedOf(fact);
      unresolved += missing.length;
      resolved += fact.links.length - missing.filter(({ as }) => as !== 'from').length;
      if (first.length < SHOWN) first.push(...missing.slice(0, SHOWN - first.length));
      if (fact.concept !== 'decision') continue;
      if (fact.fields.answer === null) noAnswer++;
      if (fact.fields.reasonWords === null) noReason++;
    }
    const byCode: Record<string, number> = {};
    const shown: Problem[] = [];
    let total = 0;
    for (const problem of this.staging.problems()) {
      total++;
      byCode[problem.code] = (byCode[problem.code] ?? 0) + 1;
      if (shown.length < SHOWN) shown.push(problem);
    }
    return {
      source: this.options.mapping.source,
      files: this.reports,
      rows: this.reports.reduce((sum, { rows }) => sum + rows, 0),
      facts: Object.fromEntries(this.staging.counts().map(({ concept, facts }) => [concept, facts])),
      repeats,
      problems: { total, byCode, first: shown },
      links: { resolved, unresolved, first },
      missing: { answer: noAnswer, reason: noReason },
    };
  }

  private now(): number {
    return (this.options.clock ?? (() => performance.now()))();
  }

  private tell(
    phase: Progress['phase'],
    file: string,
    rows: number,
    share: number,
    started: number,
    of?: number,
  ): void {
    const seconds = (this.now() - started) / 1000;
    const perSecond = seconds > 0 ? Math.round(rows / seconds) : 0;
    this.subject.next({ phase, file, rows, share, perSecond, ...(of !== undefined && { of }) });
  }
}

const unresolvedOf = (fact: Fact): readonly UnresolvedLink[] => {
  const targets = fact.links.map(({ as, to }) => ({ as, to }));
  if (fact.concept === 'link') targets.push({ as: 'from', to: fact.from });
  return targets
    .filter(({ to }) => !to.resolved)
    .map(({ as, to }) => ({
      file: fact.provenance.file,
      row: fact.provenance.row,
      concept: fact.concept,
      sourceId: fact.sourceId,
      as,
      to: { concept: to.concept, sourceId: to.sourceId },
    }));
};
