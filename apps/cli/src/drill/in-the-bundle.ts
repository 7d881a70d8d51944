import { seededRandom, type Tampering, tryTampering } from '#verifier/tamper-drill';
import { where } from '#verifier/verdict';
import type { verifyBundle } from '#verifier/verify-bundle';
import { FINDINGS, TITLES } from '#verifier/words';
import type { Evidence } from './evidence.js';
import type { Play } from './play.js';

type Doing = Readonly<{ id: string; kind: string; done: (place: { leaf: number; file: string }) => string }>;

/** What somebody can do to a bundle on its way. `kind`: by its name in the verifier's own drill. */
const DOINGS: readonly Doing[] = [
  { id: 'change', kind: 'change an entry', done: ({ leaf }) => `One character of entry ${leaf} was changed.` },
  { id: 'delete', kind: 'delete an entry', done: ({ leaf }) => `Entry ${leaf} was taken out.` },
  { id: 'swap', kind: 'swap two entries', done: ({ leaf }) => `Entry ${leaf} and another one changed places.` },
  { id: 'insert', kind: 'insert an entry', done: ({ leaf }) => `One more entry was put in as entry ${leaf}.` },
  { id: 'truncate', kind: 'cut off the end', done: ({ leaf }) => `Entry ${leaf} and all after it were cut off.` },
  {
    id: 'transplant-ciphertext',
    kind: 'put sealed words in the place of others',
    done: ({ file }) => `Other sealed words were put in the place of these: ${file}.`,
  },
  {
    id: 'swap-keys',
    kind: 'swap two keys',
    done: ({ file }) => `The keys of two people were exchanged, one of them in ${file}.`,
  },
];

const doneWith = ({ done }: Doing, { leaf = -1, file = '' }: Tampering): string => done({ leaf, file });

/** Each on a copy of its own, judged by the verifier that officers use, or by `verify`. */
export const inTheBundle = async (
  { files, trust }: Evidence,
  seed: number,
  verify?: typeof verifyBundle,
): Promise<Play[]> => {
  const random = seededRandom(seed);
  const plays: Play[] = [];
  for (const doing of DOINGS) {
    const result = await tryTampering(files, trust, doing.kind, random, verify);
    const { found, located, by } = result;
    plays.push({
      id: doing.id,
      done: doneWith(doing, result),
      found,
      located: located !== 'no',
      where: by ? where(by) : '',
      by: by ? `whoever verifies the bundle, at “${TITLES[FINDINGS[by.code].level]}”` : '',
      says: by?.says ?? '',
      means: by?.means ?? '',
    });
  }
  return plays;
};
