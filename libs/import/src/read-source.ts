import type { Concept } from './concepts.js';
import type { FilePlan, MappingPlan } from './mapping/plan.js';
import { valueAt } from './mapping/path.js';
import { CellError, type Problem } from './problem.js';
import { failure } from './readers/bytes.js';
import { newNotes, readRows } from './readers/read-rows.js';
import type { SourceRow } from './readers/rows.js';
import type { RejectsFile } from './rejects.js';
import type { FileReport } from './report.js';
import type { RowProblem } from './rows/draft.js';
import { evaluateText } from './rows/evaluate.js';
import { holds } from './rows/holds.js';
import { mapRow } from './rows/map-row.js';
import type { SourceFile } from './source-files.js';
import type { Staging } from './staging/staging.js';

/** Reads the files of a mapping into the staging database. */
export class FileReader {
  constructor(
    private readonly mapping: MappingPlan,
    private readonly files: readonly SourceFile[],
    private readonly staging: Staging,
    private readonly rejects: RejectsFile,
    private readonly authority: string | null,
    private readonly isAuthority: (code: string) => boolean = () => true,
  ) {}

  /** Rows that other rows look up are read before all else. */
  async readJoins(): Promise<void> {
    for (const { plan } of this.files) {
      for (const join of plan.joins) {
        const target = this.files.find((file) => file.plan.name === join.file);
        if (!target) continue;
        const name = `${plan.name ?? ''} ${join.name}`;
        for await (const rows of readRows(target.path, target.name, target.plan, newNotes()))
          for (const row of rows) this.stageJoined(name, join, row, target.name);
      }
    }
  }

  private stageJoined(name: string, join: FilePlan['joins'][number], { record, row }: SourceRow, file: string): void {
    if (record === null) return;
    const context = { record, named: { row, file } };
    if (join.when && !holds(join.when, context)) return;
    const key = keyOf(join, context);
    if (key === null || this.staging.join(name, key, record, join.keep)) return;
    throw failure(
      file,
      'join-key-twice',
      `The join “${join.name}” finds more than one row with the same key. Say with "keep" whether the "first" or the "last" counts.`,
      row,
    );
  }

  /** @throws ImportFailure */
  async readFile(file: SourceFile, tell: (done: { rows: number; bytes: number }) => void): Promise<FileReport> {
    const { plan, path, name } = file;
    const notes = newNotes();
    const tally = { rows: 0, rejected: 0, withoutFacts: 0 };
    const ignored: Record<string, number> = {};
    const rejectedFacts: Partial<Record<Concept, number>> = {};
    const unseen = new UnseenPlaces(plan);
    for await (const batch of readRows(path, name, plan, notes)) {
      for (const row of batch) {
        tally.rows++;
        if (row.record !== null) unseen.look(row.record);
        const outcome = await this.readRow(file, row, rejectedFacts);
        if (outcome === 'rejected') tally.rejected++;
        else if (outcome === 'nothing') tally.withoutFacts++;
        else if (outcome !== 'staged') ignored[outcome.because] = (ignored[outcome.because] ?? 0) + 1;
      }
      tell({ rows: tally.rows, bytes: notes.bytes });
    }
    if (notes.format !== 'csv' && tally.rows > 0)
      for (const problem of unseen.problems(name)) this.staging.problem(problem);
    tell({ rows: tally.rows, bytes: notes.bytes });
    const { digest, bytes, gzip, format, delimiter } = notes;
    return { name, digest, bytes, gzip, format, encoding: plan.encoding, delimiter, ...tally, rejectedFacts, ignored };
  }

  private async readRow(
    { plan, name }: SourceFile,
    source: SourceRow,
    rejected: Partial<Record<Concept, number>>,
  ): Promise<'staged' | 'rejected' | 'nothing' | { readonly because: string }> {
    if (source.record === null) {
      const problem = source.problem ?? { code: 'row-unreadable', message: 'This row cannot be read.' };
      await this.reject(name, source, [{ level: 'error', ...problem }], source.raw);
      return 'rejected';
    }
    // A file that is only looked up by others has nothing to yield.
    if (plan.yields.length === 0) return { because: 'only looked up by other files' };
    const result = mapRow(plan, {
      record: source.record,
      row: source.row,
      file: name,
      join: (join, key) => this.staging.joined(`${plan.name ?? ''} ${join}`, key),
      authority: this.authority,
      isAuthority: this.isAuthority,
    });
    if (result.ignored !== null) return { because: result.ignored };
    const problems: RowProblem[] = [...result.problems];
    if (problems.length === 0)
      for (const { fields, file, row, fact } of this.staging.add(result, name, source.row))
        problems.push({
          level: 'error',
          code: 'copies-disagree',
          message:
            `Row ${row}${file === name ? '' : ` of ${file}`} tells of the same ${fact.concept} but says something else: ` +
            `${fields.join(', ')}. If they are two things, make their ids differ. If this is one thing told twice, name ` +
            'the column that says when a row was changed ("updatedAt"), and the later one counts.',
          column: fields.join(', '),
        });
    if (problems.length > 0) {
      for (const concept of result.concepts) rejected[concept] = (rejected[concept] ?? 0) + 1;
      await this.reject(name, source, problems, source.record);
      return 'rejected';
    }
    if (result.facts.length > 0) return 'staged';
    this.staging.problem({
      level: 'warning',
      file: name,
      row: source.row,
      code: 'row-yields-nothing',
      message: 'The mapping takes nothing from this row. If that is right, say so with "ignore" and a reason.',
      ...(source.line !== undefined && { line: source.line }),
    });
    return 'nothing';
  }

  private async reject(
    file: string,
    source: SourceRow,
    problems: readonly RowProblem[],
    original: unknown,
  ): Promise<void> {
    for (const problem of problems)
      this.staging.problem({
        ...problem,
        file,
        row: source.row,
        ...(source.line !== undefined && { line: source.line }),
      });
    const reasons = problems.map(({ code, message, column }) => ({
      code,
      message,
      ...(column !== undefined && { column }),
    }));
    await this.rejects.add({ file, row: source.row, reasons, original });
  }
}

const keyOf = (join: FilePlan['joins'][number], context: Parameters<typeof evaluateText>[1]): string | null => {
  try {
    return evaluateText(join.key, context);
  } catch (error) {
    // The row has no usable key, so nothing can look it up; as a row of its own file it is reported there.
    if (error instanceof CellError) return null;
    throw error;
  }
};

/** JSON has no header: a place that no row ever has is most likely a slip in the mapping. */
class UnseenPlaces {
  private readonly places: Map<string, FilePlan['used'][number]>;

  constructor(plan: FilePlan) {
    this.places = new Map(plan.used.map((place) => [place.text, place]));
  }

  look(record: object): void {
    for (const [text, { path }] of this.places)
      if (Object.hasOwn(record, text) || hasPath(record, path)) this.places.delete(text);
  }

  problems(file: string): readonly Problem[] {
    return [...this.places.values()].map(({ text, pointer }) => ({
      level: 'warning',
      file,
      row: 0,
      column: text,
      code: 'place-never-found',
      message: `No row has “${text}”, which the mapping names at ${pointer}. Check how it is spelled.`,
    }));
  }
}

const hasPath = (record: unknown, path: readonly string[]): boolean => {
  const holder = valueAt(record, path.slice(0, -1));
  return typeof holder === 'object' && holder !== null && Object.hasOwn(holder, path.at(-1) ?? '');
};
