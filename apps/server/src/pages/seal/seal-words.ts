import type { LogState } from '#ledger/log-state';
import { longMoment } from '../../shell/dates.js';

export interface SealWords {
  /** `bad`: somebody must look at once. `wait`: nothing is wrong, and not everything is there yet. */
  readonly tone: 'good' | 'wait' | 'bad';
  readonly title: string;
  /** Whether there is a seal to check against. */
  readonly isSealed: boolean;
  readonly lines: readonly string[];
}

/** How the seal of the record stands, in words for anyone. It never says more than was proven. */
export const sealWords = (state: LogState): SealWords => ({
  ...inWords(state),
  isSealed: state.checkpoint !== null,
});

const inWords = ({ checkpoint, problem, witnesses, entries }: LogState): Omit<SealWords, 'isSealed'> => {
  if (witnesses.conflicts > 0)
    return {
      tone: 'bad',
      title: 'Somebody has seen a different record',
      lines: ['A witness was shown another version of this record. Do not rely on it until this is explained.'],
    };
  if (!checkpoint)
    return { tone: 'wait', title: 'This record is not sealed yet', lines: ['Nobody has checked it either.'] };
  const { size, signedAt } = checkpoint;
  const waiting = entries === null ? 0 : Math.max(0, entries - size);
  return {
    tone: problem ? 'bad' : 'good',
    title: problem ? 'New entries are not sealed just now' : 'This record is sealed',
    lines: [
      `${count(size, 'entry', 'entries')} sealed on ${longMoment(signedAt)}. If someone changes a sealed entry, everyone who kept the seal can find it.`,
      ...(waiting > 0 ? [`${count(waiting, 'newer entry waits', 'newer entries wait')} for the next seal.`] : []),
      ...witnessLines(witnesses),
    ],
  };
};

const witnessLines = ({ asked, independent, newest, isFresh }: LogState['witnesses']): string[] => {
  if (asked === 0) return ['0 independent witnesses: only this server vouches for the seal.'];
  const seen = `${independent} of ${count(asked, 'independent witness', 'independent witnesses')} vouched for the newest seal.`;
  return [
    newest === null ? seen : `${seen} The last did so on ${longMoment(newest)}.`,
    ...(newest !== null && !isFresh ? ['That is more than an hour ago: this may not be the newest record.'] : []),
  ];
};

const count = (many: number, one: string, more: string): string =>
  `${many.toLocaleString('en-GB')} ${many === 1 ? one : more}`;
