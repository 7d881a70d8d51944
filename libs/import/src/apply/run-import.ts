import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Observable } from 'rxjs';
import { canonicalJson } from '#event-store/canonical-json';
import { uuid5 } from '#event-store/ids';
import type { Recorder } from '#event-store/recorder';
import type { Clock } from '#kernel/aggregate';
import type { Concept } from '../concepts.js';
import type { Fact } from '../fact.js';
import { type Applied, emptyTally, nothingApplied, type Tally, tally } from './applied.js';
import { ApplyFacts, latest } from './apply-facts.js';
import { finishImport, importStream, startImport } from './import-stream.js';
import { KnownFacts } from './known-facts.js';
import { ImportRun, type Progress } from '../import-run.js';
import type { MappingPlan } from '../mapping/plan.js';
import { changedSteps } from './changed-steps.js';
import { type Holds, stepsOf } from './steps-of.js';
import { RejectsFile } from '../rejects.js';
import type { ImportReport, UnresolvedLink } from '../report.js';

/** What an import writes into. */
export interface ImportTarget {
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly dataDir: string;
  /** Keys the digests of fields. */
  readonly key: Uint8Array;
  readonly isAuthority: (code: string) => boolean;
  /** Whether a pledge has a part or step with this code; whether there is such a pledge. */
  readonly holds: Holds;
  /** Whether a thing stands in the record, whoever brought it. */
  readonly isRecorded?: (id: string) => boolean;
}

export interface ImportRequest {
  readonly path: string;
  readonly mapping: MappingPlan;
  /** The mapping as it was written. */
  readonly mappingText: string;
  readonly rejectsPath: string | null;
  readonly authority?: string;
  readonly dryRun?: boolean;
  readonly onProgress?: (progress: Observable<Progress>) => void;
  readonly onUnresolved?: (link: UnresolvedLink) => void;
}

export interface ImportResult {
  readonly report: ImportReport;
  /** What became of each concept; after a dry run, what would. */
  readonly concepts: Applied['concepts'];
  /** Undefined after a dry run. */
  readonly applied?: Applied;
}

const IMPORTS = '7d5a0a0c-7a9d-5a37-8f57-0c2e9b4d6f11';

/**
 * Reads everything, then records it. The same files with the same mapping are the same import: it may be stopped anywhere
 * and started again, and once it is finished it adds nothing.
 * @throws ImportFailure when a file is broken: then nothing is recorded.
 */
export const runImport = async (target: ImportTarget, request: ImportRequest): Promise<ImportResult> => {
  const known = new KnownFacts(join(target.dataDir, 'imports.db'), target.key);
  await known.trustIf(async ({ stream, event }) =>
    (await target.recorder.load(importStream, stream)).events.some(({ id }) => id === event),
  );
  const run = new ImportRun({
    path: request.path,
    mapping: request.mapping,
    rejectsPath: request.dryRun ? null : request.rejectsPath,
    isKnown: ({ id }) => known.has(id) || (target.isRecorded?.(id) ?? false),
    isAuthority: (code) => code in request.mapping.authorities || target.isAuthority(code),
    ...(request.authority && { authority: request.authority }),
  });
  try {
    request.onProgress?.(run.progress);
    const report = await run.read();
    if (request.onUnresolved) for (const link of run.unresolvedLinks()) request.onUnresolved(link);
    if (request.dryRun) return { report, concepts: withRejected(await foretell(run, known, target), report) };
    const applied = await record(target, request, run, report, known);
    return { report, concepts: withRejected(applied.concepts, report), applied };
  } finally {
    run.close();
    known.close();
  }
};

const record = async (
  { recorder, clock, isAuthority, holds }: ImportTarget,
  { mapping, mappingText, rejectsPath }: ImportRequest,
  run: ImportRun,
  report: ImportReport,
  known: KnownFacts,
): Promise<Applied> => {
  const files = report.files.map(({ name, digest, rows }) => ({ name, digest, rows }));
  const mappingDigest = createHash('sha256').update(mappingText).digest('hex');
  const id = uuid5(IMPORTS, canonicalJson({ source: report.source, mapping: mappingDigest, files }));
  const context = (name: string) => ({
    commandId: uuid5(id, name),
    actor: { role: 'administrator', ref: id },
    now: clock.now(),
  });
  await recorder.act(importStream, id, context('start'), (state) =>
    startImport(state, { source: report.source, mapping: mappingDigest, files }),
  );
  const rejects = new RejectsFile(
    rejectsPath,
    report.files.some(({ rejected }) => rejected > 0),
  );
  const applying = new ApplyFacts({
    recorder,
    clock,
    known,
    holds,
    run: id,
    onRefused: ({ provenance, concept, sourceId, fields }, code, message) =>
      rejects.add({
        file: provenance.file,
        row: provenance.row,
        reasons: [{ code, message }],
        original: { concept, sourceId, ...fields },
      }),
  });
  await applying.registerAuthorities(mapping.authorities, isAuthority);
  const applied = await applying.apply(run.facts()).finally(() => rejects.close());
  const { recorded, changed, unchanged, refused, refusedMore } = applied;
  const finished = await recorder.act(importStream, id, context('finish'), (state) =>
    finishImport(state, {
      recorded,
      changed,
      unchanged,
      refused: refused.length + refusedMore,
      unresolved: report.links.unresolved,
    }),
  );
  // The same file brought again finishes with the words of the first time, at their place: what was added came later.
  return { ...applied, last: finished.position === null ? applied.last : latest(applied.last, finished.position) };
};

/** What a run would do, as far as it can be said without trying. */
const foretell = async (run: ImportRun, known: KnownFacts, { holds }: ImportTarget): Promise<Applied['concepts']> => {
  const told = nothingApplied();
  for await (const fact of run.facts()) tally(told, fact.concept, fateOf(fact, known, holds));
  return told.concepts;
};

const fateOf = (fact: Fact, known: KnownFacts, holds: Holds): keyof Tally => {
  const seen = known.look(fact);
  if (seen === 'same') return 'unchanged';
  if (seen !== 'new') return changedSteps(fact, seen.changed, seen.version).kept.length > 0 ? 'kept' : 'changed';
  if (fact.concept === 'link' && !(fact.from.resolved && fact.links.every(({ to }) => to.resolved))) return 'waiting';
  // A pledge that is not in the record refuses what is promised under it; all else is told by trying.
  if (fact.concept === 'commitment' && !holds.isPart(fact.fields.pledge, fact.fields.pledgePart)) return 'rejected';
  if (fact.concept === 'adoption' && !holds.isPledge(fact.fields.pledge)) return 'rejected';
  return stepsOf(fact, holds) ? 'new' : 'rejected';
};

/** With what rows tell of that could not even be read: it is rejected all the same. */
const withRejected = (concepts: Applied['concepts'], { files }: ImportReport): Applied['concepts'] => {
  const all: Applied['concepts'] = Object.fromEntries(
    Object.entries(concepts).map(([name, each]) => [name, { ...each }]),
  );
  for (const { rejectedFacts } of files)
    for (const [concept, count] of Object.entries(rejectedFacts) as [Concept, number][])
      (all[concept] ??= emptyTally()).rejected += count;
  return all;
};
