import type { Noticed } from '#vault/noticing';

/** What kind of thing somebody read. */
export type ReadKind =
  'name-and-contact' | 'private-words' | 'helper' | 'asked-of-us' | 'card-code' | 'data-request' | 'copy';

const RECORDS: Readonly<Record<string, ReadKind>> = {
  person: 'name-and-contact',
  'card-code': 'card-code',
  'data-request': 'data-request',
  copy: 'copy',
};

/** Sealed fields that no page shows to everyone, whatever their view's state: by the kind of stored event, or kind and pointer. */
const ALWAYS_PRIVATE: Readonly<Record<string, ReadKind>> = {
  'request-made': 'asked-of-us',
  'request-answered': 'asked-of-us',
  'clock-stopped': 'asked-of-us',
  'contribution-received/helper': 'helper',
};
/** Public unless their view is not. */
const OF_A_VIEW = ['contribution-received', 'contribution-corrected', 'file'];

/** What is known of the view that a key belongs to. */
export interface ViewState {
  /** Everyone may read it. */
  readonly isPublic: boolean;
  /** Other words stand in its place for everyone. */
  readonly hasPublicVersion: boolean;
}

/**
 * Whether opening this was a read of something personal: what the same page would not have shown to anybody. Undefined: it was
 * not (ADR 37). `viewOf` finds the view of a key; undefined for a key that is none's.
 */
export const kindOfRead = (
  what: Noticed,
  viewOf: (kid: string) => ViewState | undefined,
  isParticipant: (id: string) => boolean,
): ReadKind | undefined => {
  if ('record' in what) {
    // Names of staff stand on public pages beside what they promised.
    if (what.record === 'person' && !isParticipant(what.id)) return undefined;
    return RECORDS[what.record];
  }
  const kind = what.type.replace(/\.v\d+$/, '');
  const always = ALWAYS_PRIVATE[kind] ?? ALWAYS_PRIVATE[kind + what.pointer];
  if (always) return always;
  if (!OF_A_VIEW.includes(kind)) return undefined;
  const view = viewOf(what.kid);
  return view && (!view.isPublic || view.hasPublicVersion) ? 'private-words' : undefined;
};
