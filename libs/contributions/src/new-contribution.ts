import type { Attribution, Capacity, Channel, Voice } from '#kernel/codes';

/** A view as it is given. */
export interface NewContribution {
  readonly authority: string;
  readonly team?: string;
  readonly participant?: string;
  readonly words?: string;
  readonly media?: readonly {
    readonly kind: 'photo' | 'drawing' | 'audio' | 'video' | 'symbols';
    readonly description: string;
    readonly file?: string;
  }[];
  readonly channel: Channel;
  readonly capacity: Capacity;
  readonly voice: Voice;
  readonly attribution: Attribution;
  readonly helper?: string;
  readonly agreed?: boolean;
  readonly groupSize?: number;
  readonly language?: string;
  readonly translation?: { readonly words: string; readonly by: string };
  readonly meeting?: string;
  readonly addsTo?: string;
  readonly published?: boolean;
  readonly reference?: string;
  /** The take-home card to issue with it; none for imported history. */
  readonly card?: string;
}
