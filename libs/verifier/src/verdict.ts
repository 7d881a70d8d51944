import type { Finding, Place } from './finding.js';
import type { LevelId } from './words.js';

/** One level of the verdict. There is no verdict over all of them, on purpose: each says something else. */
export interface Level {
  readonly id: LevelId;
  readonly title: string;
  readonly state: 'good' | 'wrong' | 'not-checked';
  readonly says: string;
  readonly findings: readonly Finding[];
  /** Findings beyond those that are listed. */
  readonly more: number;
}

export interface Verdict {
  readonly origin: string | null;
  readonly size: number | null;
  /** Base64. */
  readonly root: string | null;
  /** Of a single proof: what it shows, in one sentence. */
  readonly shows?: string;
  readonly levels: readonly Level[];
  readonly notProven: readonly string[];
}

/** Whether nothing is wrong. What was not checked is not wrong, and the verdict says so. */
export const isWrong = (verdict: Verdict): boolean => verdict.levels.some(({ state }) => state === 'wrong');

const STATES: Readonly<Record<Level['state'], string>> = {
  good: 'Good',
  wrong: 'WRONG',
  'not-checked': 'Not checked',
};

/** The place of a finding in words; empty when it is about the whole. */
export const where = ({ leaf, upTo, stream, revision, file }: Place): string =>
  [
    leaf === undefined ? '' : upTo === undefined || upTo === leaf ? `entry ${leaf}` : `entries ${leaf} to ${upTo}`,
    stream === undefined ? '' : `${stream} number ${revision ?? '?'}`,
    file ?? '',
  ]
    .filter(Boolean)
    .join(', ');

/** A level in words, line by line: what the command line prints and the page shows. */
export const levelLines = ({ title, state, says, findings, more }: Level): string[] => [
  `${STATES[state]}: ${title}`,
  says,
  ...findings.flatMap((finding) => [
    `Found: ${finding.says}`,
    ...(where(finding) ? [`Where: ${where(finding)}`] : []),
    `What it means: ${finding.means}`,
  ]),
  ...(more > 0 ? [`There are ${more} more like these.`] : []),
];

export const headLines = ({ origin, size, shows }: Verdict): string[] => [
  origin === null ? 'The bundle does not say which record it is from.' : `Record: ${origin}`,
  size === null ? 'The number of entries is not known.' : `Entries: ${size}`,
  ...(shows === undefined ? [] : [shows]),
];

export const verdictLines = (verdict: Verdict): string[] => [
  ...headLines(verdict),
  ...verdict.levels.flatMap(levelLines),
  'What is not proven',
  ...verdict.notProven,
];
