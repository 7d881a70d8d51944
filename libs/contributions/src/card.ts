import type { Decided } from '#kernel/aggregate';
import { missing, refuse } from '#kernel/refusal';
import type { CardHolder, Contribution } from './contribution.js';
import type { ContributionEvent } from './contribution.events.js';

/** Thirty letters and digits that are hard to mix up: no 0 O, 1 I L, U. */
export const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
export const CODE_LENGTH = 12;

/** Luhn mod N (ISO/IEC 7812 carried to 30 letters): finds every single wrong letter and most swaps of neighbours. */
export const checkLetter = (letters: string): string => {
  const sum = [...letters].reverse().reduce((total, letter, index) => {
    const value = ALPHABET.indexOf(letter) * (index % 2 === 0 ? 2 : 1);
    return total + Math.floor(value / ALPHABET.length) + (value % ALPHABET.length);
  }, 0);
  return ALPHABET[(ALPHABET.length - (sum % ALPHABET.length)) % ALPHABET.length] ?? '';
};

/** A code as typed (any case, spaces and hyphens ignored) in its one form, or nothing when it cannot be a code. */
export const readCode = (typed: string): string | undefined => {
  const letters = typed
    .slice(0, 100)
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');
  const isCode = letters.length === CODE_LENGTH && [...letters].every((letter) => ALPHABET.includes(letter));
  return isCode && checkLetter(letters.slice(0, -1)) === letters.at(-1) ? letters : undefined;
};

export const groupedCode = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-');

/** Random bytes as letters, without bias: bytes past the last whole multiple of 30 are left out. */
export const codeFrom = (bytes: Uint8Array): string => {
  const letters = [...bytes]
    .filter((byte) => byte < 240)
    .slice(0, CODE_LENGTH - 1)
    .map((byte) => ALPHABET[byte % ALPHABET.length])
    .join('');
  if (letters.length < CODE_LENGTH - 1) throw new Error('not enough random bytes for a code');
  return letters + checkLetter(letters);
};

export const issueCard = (
  state: Contribution,
  given: { card: string; holder: CardHolder; scope?: 'see' | 'act'; agreed?: boolean; replaces?: string },
): Decided<ContributionEvent> => {
  if (!state.exists) return missing('view');
  const known = state.cards[given.card];
  if (known)
    return known.cancelled ? refuse('card-cancelled', 'That card was cancelled. Take another card.', '/code') : [];
  if (given.holder === 'supporter' && given.agreed !== true)
    return refuse(
      'agreement-missing',
      'Ask the person if their supporter may have a card. Then tick that they agreed.',
      '/agreed',
    );
  if (given.holder === 'family' && !state.repliesEnded)
    return refuse('family-not-yet', 'A family has a card of its own when the person has died. Write that down first.');
  if (given.holder === 'family' && given.agreed !== true)
    return refuse('family-not-asked', 'Make this card only if the family asked for it. Then tick that they did.', '/familyAsked'); // prettier-ignore
  const cancels: ContributionEvent[] =
    given.replaces && state.cards[given.replaces]?.cancelled === false
      ? [{ type: 'CardCancelled', data: { card: given.replaces, reason: 'replaced' } }]
      : [];
  const scope = given.holder === 'family' ? { scope: 'see' as const } : {};
  return [...cancels, { type: 'CardIssued', data: { ...given, ...scope } }];
};

export const cancelCard = (
  state: Contribution,
  card: string,
  reason: 'lost' | 'person-asked' | 'agreement-ended',
): Decided<ContributionEvent> => {
  if (!state.cards[card]) return missing('card');
  return state.cards[card].cancelled ? [] : [{ type: 'CardCancelled', data: { card, reason } }];
};
