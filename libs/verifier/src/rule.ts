import type { RuleContext } from './domain-rules.js';

/**
 * What can be asked of an entry so that the machine sees by itself whether it is so: ../assembly/rules.ts has the same
 * numbers. What it does not see, `demands.ts` judges.
 */
export const NAMES = 1;
export const NAMES_EACH = 2;
export const IS_SEALED = 3;
export const IS_THERE = 4;
export const HAS_ITEMS = 5;
export const EACH_SAYS = 6;
export const LINKS = 7;
export const KEEPS = 8;
export const BECOMES = 9;
/** Never so: the rule itself is asked. */
export const ASKS_RULE = 10;
export const HAS_STATE = 11;
export const IS_NOT_OWNER = 12;
/** Added to a step that asks nothing of imported history, which may lack what its source lacks. */
export const OF_OURS = 32;

export interface Step {
  readonly kind: number;
  /** Where to look in the data of the entry; the name of a sealed field. */
  readonly path: string;
  readonly text?: string;
  readonly category?: string;
  readonly number?: number;
  readonly isOfOurs?: boolean;
  /** Asked only where one of these texts stands there. */
  readonly when?: { readonly path: string; readonly texts: readonly string[] };
}

/** A step with what is said where it is not so. */
export interface Demand extends Step {
  readonly says: string;
}

/** What a rule asks of every entry of its type. */
export interface Rule {
  readonly demands?: readonly Demand[];
  /** What is asked, or remembered, beyond that. */
  readonly also?: (context: RuleContext) => void;
  /** Where all of this is so too, the machine does what `also` would do. Left out: it cannot. */
  readonly plain?: readonly Step[];
}

/** It names a thing of another stream, which must be in the log; or several in a list. */
export const names = (category: string, member: string, what: string): Demand => ({ kind: NAMES, path: `/${member}`, category, says: what }); // prettier-ignore
export const namesEach = (category: string, member: string, what: string): Demand => ({ kind: NAMES_EACH, path: `/${member}`, category, says: what }); // prettier-ignore
/** It has words there that are sealed. */
export const isSealed = (path: string, says: string): Demand => ({ kind: IS_SEALED, path, says });
export const isThere = (path: string, says: string): Demand => ({ kind: IS_THERE, path, says });
/** A list that is not empty, of things that each have something under that name. */
export const eachSays = (path: string, text: string, says: string): Demand => ({ kind: EACH_SAYS, path, text, says });
/** It links something that is not linked to its thing yet. */
export const links = (member: string, says: string): Demand => ({ kind: LINKS, path: `/${member}`, says });
export const ofOurs = <S extends Step>(step: S): S => ({ ...step, isOfOurs: true });

/** What a rule does not say of its entries, but looks at. */
export const hasItems = (path: string): Step => ({ kind: HAS_ITEMS, path });
export const hasSealed = (path: string): Step => ({ kind: IS_SEALED, path });
export const asksRule: Step = { kind: ASKS_RULE, path: '' };
export const when = (path: string, texts: readonly string[], step: Step): Step => ({ ...step, when: { path, texts } });
/** What is remembered of a promise as it was made, in this order. */
export const KEPT = ['owner', 'due', 'authority', 'team'] as const;
export const keeps = (paths: Readonly<Record<(typeof KEPT)[number], string>>): readonly Step[] => KEPT.map((name, number) => ({ kind: KEEPS, path: paths[name], number })); // prettier-ignore
/** Where a promise stands, by its number; the first: nobody has reported it done. */
export const STATES = [undefined, 'reported-done', 'confirmed', 'disputed'] as const;
/** Does not do where a promise that was confirmed would become less. */
export const becomes = (state: (typeof STATES)[number]): Step => ({ kind: BECOMES, path: '', number: STATES.indexOf(state) }); // prettier-ignore
export const hasState: Step = { kind: HAS_STATE, path: '' };
export const isNotOwner = (path: string): Step => ({ kind: IS_NOT_OWNER, path });
