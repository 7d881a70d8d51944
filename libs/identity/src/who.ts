import type { Actor } from '#kernel/event';
import type { Role } from '#kernel/codes';

/** Who is asking. The authority of a request comes from here and from nowhere else. */
export type Who =
  | { readonly kind: 'anyone' }
  | {
      readonly kind: 'card';
      readonly card: string;
      readonly contribution: string;
      readonly holder: 'person' | 'supporter' | 'family';
      /** False: a card to look with, and nothing else. */
      readonly mayAct: boolean;
    }
  | {
      readonly kind: 'staff' | 'token';
      readonly role: Role;
      /** Undefined: every authority (administrators and regional scrutiny). */
      readonly authority?: string;
      /** Pseudonymous: the person's id, or the token's own. */
      readonly ref: string;
      /** The account that signed in by single sign-on; none for a token and for the local sign-in. */
      readonly account?: string;
    };

/** Roles that may stand without a council: regional scrutiny, and whoever runs the server for all of them. */
export const ACROSS: readonly Role[] = ['scrutiny-officer', 'administrator'];

/** Regional scrutiny reads what every council recorded, and changes nothing anywhere. */
export const onlyReads = (who: Who): boolean =>
  (who.kind === 'staff' || who.kind === 'token') && who.role === 'scrutiny-officer' && who.authority === undefined;

/** May record for a team: what people said, what was decided, what was promised. */
export const RECORDERS: readonly Role[] = ['chair', 'co-chair', 'note-taker', 'pledge-lead', 'administrator'];
/** Act on what one person needs, allows or is paid, and read it. Whoever runs the server for a council does not. */
export const CARETAKERS: readonly Role[] = ['chair', 'co-chair', 'note-taker', 'pledge-lead'];
export const STAFF: readonly Role[] = [...RECORDERS, 'owner', 'checker', 'scrutiny-officer', 'data-protection-officer'];
export const PROMISE_KEEPERS: readonly Role[] = [...RECORDERS, 'owner', 'checker', 'scrutiny-officer'];

/** May look into what a council promised, and say what they found. Nobody whose work it is does so. */
export const SCRUTINEERS: readonly Role[] = ['scrutiny-officer'];
/** May answer for the council. */
export const ANSWERERS: readonly Role[] = [...RECORDERS, 'owner'];

/** The council that somebody works for, whether they signed in or use a token; undefined: every council, or none. */
export const councilOf = (who: Who): string | undefined =>
  who.kind === 'staff' || who.kind === 'token' ? who.authority : undefined;

/** Who acted, as an event says it: never a name. A participant is known by the view, so that views cannot be joined. */
export const actorOf = (who: Who): Actor => {
  switch (who.kind) {
    case 'anyone':
      return { role: 'participant', ref: 'not-signed-in' };
    case 'card':
      return { role: who.holder === 'person' ? 'participant' : 'supporter', ref: who.contribution };
    case 'staff':
    case 'token':
      return { role: who.role, ref: who.ref };
  }
};

/** Whether someone may see and change what belongs to this authority. */
export const belongsTo = (who: Who, authority: string | undefined): boolean =>
  (who.kind === 'staff' || who.kind === 'token') && (who.authority === undefined || who.authority === authority);
