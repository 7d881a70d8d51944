import { refuse } from '#kernel/refusal';
import type { Rows } from '#projections/rows';
import { attachedTo, type OpenThing, openThingsOf } from './open-things.js';
import type { NewSuccession } from './succession.js';
import { type Because, whoHas } from './who-has-it.js';

/** One line of a dry run: what passes, from whom to whom, and by which rule. */
export interface PlanLine {
  readonly kind: OpenThing['kind'] | 'request' | 'clock';
  readonly id: string;
  readonly label: string | null;
  readonly words: string | null;
  readonly from: string;
  readonly to: string;
  readonly because: Because;
}

/**
 * An order as it was written, with the ids in the place of numbers like CM-2026-0147.
 * @throws Refusal when a rule names what is not open in a council that ends: a slip must not be followed silently.
 */
export const resolved = (rows: Rows, given: NewSuccession): NewSuccession => {
  const open = given.from.flatMap((from) => [...openThingsOf(rows, from)]);
  const teams = new Set(open.filter(({ kind }) => kind === 'team').map(({ id }) => id));
  const things = new Map(open.filter(({ kind }) => kind !== 'team').map(({ id }) => [id, id]));
  for (const { kind, id, label } of open) if (kind === 'commitment' && label !== null) things.set(label, id);
  const find = (what: 'team' | 'thing', name: string, at: string): string => {
    const id = what === 'team' ? (teams.has(name) ? name : undefined) : things.get(name);
    if (id === undefined)
      throw refuse('thing-unknown', `${name} is no ${what === 'team' ? 'team' : 'open thing'} of ${given.from.join(', ')}.`, at); // prettier-ignore
    return id;
  };
  return {
    ...given,
    to: given.to.map(({ teams: named = [], things: single = [], ...its }, n) => ({
      ...its,
      teams: named.map((name, m) => find('team', name, `/to/${n}/teams/${m}`)),
      things: single.map((name, m) => find('thing', name, `/to/${n}/things/${m}`)),
    })),
  };
};

/** Everything that is open now in the councils that end, and who will have it. `given` with ids, see `resolved`. */
export function* planOf(rows: Rows, { from, to }: Pick<NewSuccession, 'from' | 'to'>): Generator<PlanLine> {
  const rules = {
    otherwise: (to.find(({ otherwise }) => otherwise) ?? to[0])?.authority ?? '',
    teams: new Map(to.flatMap(({ authority, teams = [] }) => teams.map((id) => [id, authority]))),
    things: new Map(to.flatMap(({ authority, things = [] }) => things.map((id) => [id, authority]))),
  };
  for (const council of from) {
    const found = new Map<string, ReturnType<typeof whoHas>>();
    for (const thing of openThingsOf(rows, council)) {
      const has = whoHas(rules, thing);
      found.set(thing.id, has);
      const { kind, id, label, words } = thing;
      yield { kind, id, label, words, from: council, ...has };
    }
    for (const { kind, id, label, of } of attachedTo(rows, council)) {
      const has = found.get(of) ?? whoHas(rules, { id: of, teams: [], beside: null });
      yield { kind, id, label, words: null, from: council, ...has };
    }
  }
}
