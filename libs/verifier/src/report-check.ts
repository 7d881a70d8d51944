import { sameBytes } from '#transparency-log/bytes';
import type { BundleFiles } from './bundle-files.js';
import type { Envelope } from './envelope.js';
import type { Findings } from './finding.js';
import { attempt } from './papers.js';
import { PROV, REPORT, REPORT_PAGE } from './paths.js';
import { provOf } from './prov.js';
import { reportPage } from './report-page.js';
import { type Claim, claimOf, parseReport, type Report } from './report.js';
import { jsonBytes } from './strict-json.js';

/** An entry that a paper cites, as it was found, with the words that could be opened. */
export interface CitedEntry {
  readonly hash: Uint8Array;
  readonly envelope: Envelope | undefined;
  readonly words: ReadonlyMap<string, unknown>;
}

export interface ReportCounts {
  claims: number;
  /** Words in the report whose sealed form this bundle does not open. */
  unchecked: number;
}

const isSame = (a: unknown, b: unknown): boolean => sameBytes(jsonBytes(a), jsonBytes(b));

const checkClaim = (claim: Claim, cited: CitedEntry | undefined, findings: Findings): number => {
  const place = { leaf: claim.leaf, stream: claim.stream, revision: claim.rev, file: REPORT };
  const bad = (says: string): void => findings.add('report-bad', place, `What the report says about entry ${claim.leaf} ${says}.`); // prettier-ignore
  if (!cited?.envelope) {
    bad('cannot be compared: the entry is not there, or has no proof');
    return 0;
  }
  if (!isSame({ ...claim, words: {} }, claimOf(cited.envelope, new Map()))) bad('is not what the entry says');
  let unchecked = 0;
  for (const [pointer, value] of Object.entries(claim.words)) {
    if (!cited.envelope.sealed.some((field) => field.pointer === pointer))
      bad(`has words at ${pointer}, where the entry has none`); // prettier-ignore
    else if (!cited.words.has(pointer)) unchecked += 1;
    else if (!isSame(cited.words.get(pointer), value)) bad(`has other words at ${pointer} than the entry`);
  }
  return unchecked;
};

/** The report, its page and its PROV say what the entries say, and nothing else. */
export const checkReport = async (
  files: BundleFiles,
  cited: ReadonlyMap<number, CitedEntry>,
  hasStream: (stream: string) => boolean,
  findings: Findings,
): Promise<ReportCounts> => {
  const counts: ReportCounts = { claims: 0, unchecked: 0 };
  const there = (path: string): boolean => files.paths.includes(path);
  if (!there(REPORT)) {
    for (const file of [REPORT_PAGE, PROV])
      if (there(file)) findings.add('report-bad', { file }, `${file} has no report that it follows from.`);
    return counts;
  }
  const report = await attempt<Report>(findings, 'report-bad', { file: REPORT }, async () => parseReport(await files.read(REPORT))); // prettier-ignore
  if (!report) return counts;
  if (!hasStream(report.about))
    findings.add('report-bad', { file: REPORT }, `The report is about ${report.about}, which is not in the record.`);
  for (const claim of report.claims) {
    counts.claims += 1;
    counts.unchecked += checkClaim(claim, cited.get(claim.leaf), findings);
  }
  for (const [file, written] of [
    [REPORT_PAGE, reportPage(report)],
    [PROV, provOf(report)],
  ] as const)
    // prettier-ignore
    if (there(file) && !sameBytes(written, await files.read(file)))
      findings.add('report-bad', { file }, `${file} does not say what report.json says.`);
  return counts;
};
