import type { Findings } from './finding.js';
import type { ReportCounts } from './report-check.js';
import type { Outcome } from './seal.js';
import type { SealedCounts } from './sealed-rules.js';

/** The one sentence of each level that counts things. */

const stateOf = (isWrong: boolean): 'wrong' | 'good' => (isWrong ? 'wrong' : 'good');

export const wholeSays = (count: number, hasSeal: boolean, isWhole: boolean, findings: Findings): Outcome => {
  if (!hasSeal) return { state: 'wrong', says: `There are ${count} entries, but no seal to hold them against.` };
  if (!isWhole)
    return { state: 'wrong', says: `The ${count} entries of this bundle are not the ones that were signed.` };
  const isClean = findings.of('whole').length === 0;
  return { state: stateOf(!isClean), says: `All ${count} entries hash into the root that was signed.` };
};

export const rulesSay = (streams: number, foreign: number, erasures: number, findings: Findings): Outcome => {
  const others = foreign > 0 ? ` ${foreign} entries are of other programs and were only counted.` : '';
  const erased = erasures > 0 ? ` ${erasures} entries erase words, each with its ground.` : '';
  const isClean = findings.of('rules').length === 0;
  const says = isClean
    ? `The histories of ${streams} things are numbered without a gap, and every rule that can be checked holds.${erased}${others}`
    : `Among the histories of ${streams} things, some break a rule.${others}`;
  return { state: stateOf(!isClean), says };
};

export const sealedSay = (counts: SealedCounts, findings: Findings): Outcome => {
  const { readable, closed, erased, missing, outOfScope } = counts;
  const parts = [
    `${readable} readable`,
    `${closed} sealed, and you were given no key`,
    `${erased} lawfully erased`,
    `${missing} missing without erasure`,
    `${outOfScope} left out, because the bundle is not about them`,
  ];
  const isWrong = findings.of('sealed').length > 0;
  const isEmpty = readable + closed + erased === 0;
  return { state: isWrong ? 'wrong' : isEmpty ? 'not-checked' : 'good', says: `Personal words: ${parts.join('; ')}.` };
};

export const papersSay = (proofs: number, { claims, unchecked }: ReportCounts, findings: Findings): Outcome => {
  const words = unchecked > 0 ? ` ${unchecked} texts of the report could not be compared, because they are sealed for you.` : ''; // prettier-ignore
  const isWrong = findings.of('papers').length > 0;
  return {
    state: stateOf(isWrong),
    says: `${proofs} entries are cited with a proof, ${claims} claims were compared with their entries.${words}`,
  };
};
