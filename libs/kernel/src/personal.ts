/**
 * Words by or about a person. In a new event they are open and say whose key seals them; in a recorded event only a
 * reference is left, which the vault can open for those who may read it, until the person is erased.
 */
export type Personal<T extends Json = string> = OpenPersonal<T> | SealedPersonal;

export interface OpenPersonal<T extends Json = string> {
  /** The data subject: a participant, a member of staff, or the record itself where nobody is known. */
  readonly of: string;
  readonly open: T;
  /** Their view that it belongs to, in a stream that is not the view's: it has a key of its own there, and goes with that view. */
  readonly item?: string;
}

export interface SealedPersonal {
  /** Everything needed to find and open the ciphertext: see `SealedField` in the event store. */
  readonly sealed: string;
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

export const personal = <T extends Json>(of: string, open: T, item?: string): OpenPersonal<T> => ({
  of,
  open,
  ...(item !== undefined && { item }),
});

export const isOpen = (value: unknown): value is OpenPersonal<Json> =>
  typeof value === 'object' && value !== null && 'open' in value && 'of' in value;

export const isSealed = (value: unknown): value is SealedPersonal =>
  typeof value === 'object' && value !== null && 'sealed' in value;

/** The reference of a field that was read back from the record. @throws when the field was never sealed. */
export const sealedRef = (value: Personal<Json>): string => {
  if (!isSealed(value)) throw new Error('this field has not been recorded yet');
  return value.sealed;
};
