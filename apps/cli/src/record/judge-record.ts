import type { Checkpoints } from '#ledger/checkpoints';
import type { Finding, FsckReport } from '#ledger/fsck';
import type { VerifierKey } from '#transparency-log/key';
import { openCheckpoint } from '#transparency-log/open-checkpoint';
import { VerificationError } from '#transparency-log/verification-error';
import type { Level } from '#verifier/verdict';
import { TITLES } from '#verifier/words';
import type { OpenRecord } from './on-record.js';

/** One thing that was looked at, said like a level of a bundle. */
export interface RecordLevel extends Pick<Level, 'title' | 'state' | 'says'> {
  readonly findings: readonly (Pick<Finding, 'from' | 'to' | 'what'> & { readonly means: string })[];
}

export interface RecordVerdict {
  readonly origin: string | null;
  readonly entries: number;
  /** So many, from the first on, stand under a seal that they lead to. */
  readonly sealed: number;
  readonly levels: readonly RecordLevel[];
}

const MEANS = {
  entries:
    'What is stored is not what was recorded, or not what was sealed. Somebody changed it, or the disk failed. Stop relying on it, keep a copy of the data as it is now, and have the operator put back what was there.',
  cache:
    'The entries themselves are judged above. These hashes only make proofs quick; the operator can make them anew: throughline fsck --rebuild.',
} as const;

/** Tables that can be made again from the entries at any time. */
const CACHE = ['ledger_node', 'ledger_edge'];

const level = (title: string, says: string, found: readonly Finding[], means: string): RecordLevel => ({
  title,
  state: found.length === 0 ? 'good' : 'wrong',
  says,
  findings: found.map(({ from, to, what }) => ({ from, to, what, means })),
});

const signedBy = async (checkpoints: Checkpoints, key: VerifierKey | undefined): Promise<RecordLevel> => {
  const title = TITLES.signed;
  const log = checkpoints.current();
  const last = log && checkpoints.last(log.origin);
  if (!last) return { title, state: 'not-checked', says: 'Nothing was sealed yet.', findings: [] };
  if (!key)
    return { title, state: 'not-checked', says: `You gave no key. The seals fit the key that this server itself keeps, which anybody with the server can arrange. Compare that key with one from elsewhere: ${log.vkey}`, findings: [] }; // prettier-ignore
  try {
    await openCheckpoint(last.note, { log: [key], witnesses: [] });
    return { title, state: 'good', says: `The key that you gave has signed the seal of ${last.size} entries, at ${last.signedAt}.`, findings: [] }; // prettier-ignore
  } catch (error) {
    if (!(error instanceof VerificationError)) throw error;
    return { title, state: 'wrong', says: `The newest seal is not signed by the key that you gave: ${error.message}.`, findings: [] }; // prettier-ignore
  }
};

const wholeSays = ({ entries, sealedAndSound, findings }: FsckReport): string => {
  if (findings.some(({ table }) => !CACHE.includes(table)))
    return sealedAndSound === 0
      ? 'No seal can be confirmed. What was found first is where to look first.'
      : `The entries still lead to the seal of the first ${sealedAndSound}. What was found first is where to look first.`;
  const open = entries - sealedAndSound;
  const rest = open === 0 ? 'None is without a seal.' : `${open} are newer than the last seal: nobody could prove yet that they were changed.`; // prettier-ignore
  return `Each of the ${entries} entries was hashed again and has the hash that was stored with it. The first ${sealedAndSound} lead to every seal that was kept. ${rest}`;
};

/** Reads every entry of the running record again. What it finds is what `fsck` finds, in words for people who did not build it. */
export const judgeRecord = async (
  { fsck, checkpoints }: OpenRecord,
  key: VerifierKey | undefined,
): Promise<RecordVerdict> => {
  const report = await fsck.run();
  const isCache = ({ table }: Finding): boolean => CACHE.includes(table);
  const ofEntries = report.findings.filter((each) => !isCache(each));
  return {
    origin: checkpoints.current()?.origin ?? null,
    entries: report.entries,
    sealed: report.sealedAndSound,
    levels: [
      await signedBy(checkpoints, key),
      level(TITLES.whole, wholeSays(report), ofEntries, MEANS.entries),
      level('The hashes that make proofs quick', 'They are held against the entries.', report.findings.filter(isCache), MEANS.cache), // prettier-ignore
    ],
  };
};

const STATES = { good: 'Good', wrong: 'WRONG', 'not-checked': 'Not checked' } as const;

export const recordLines = ({ origin, entries, levels }: RecordVerdict): string[] => [
  origin === null ? 'This record has no name yet: nothing was sealed.' : `Record: ${origin}`,
  `Entries: ${entries}`,
  ...levels.flatMap(({ state, title, says, findings }) => [
    `${STATES[state]}: ${title}`,
    says,
    ...findings.flatMap(({ from, to, what, means }) => [
      `Found: ${what}`,
      `Where: ${from === to ? `entry ${from}` : `entries ${from} to ${to}`}`,
      `What it means: ${means}`,
    ]),
  ]),
  'What was not looked at here',
  'Witnesses, the rules of the record, and personal words. An evidence bundle shows them: throughline bundle, then throughline verify.',
  'This server judged itself. Somebody who does not trust it checks a bundle on another machine.',
];

export const isRecordWrong = ({ levels }: RecordVerdict): boolean => levels.some(({ state }) => state === 'wrong');
