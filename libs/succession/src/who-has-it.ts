/** An order as rules are asked of it. */
export interface Rules {
  readonly otherwise: string;
  /** New council by id of a team. */
  readonly teams: ReadonlyMap<string, string>;
  /** New council by id of a single thing. */
  readonly things: ReadonlyMap<string, string>;
}

/** Something open, as far as a rule asks. */
export interface Passing {
  readonly id: string;
  /** A person may be in several. */
  readonly teams: readonly string[];
  /** The promise that a recommendation is about: they stay together. */
  readonly beside: string | null;
}

/** Which rule it was: the thing itself is named, what it belongs to, its team, or the council that has all the rest. */
export type Because = 'named' | 'beside' | 'team' | 'otherwise';

/** The one new council that has it. Total: whatever comes, there is exactly one answer. */
export const whoHas = (
  { otherwise, teams, things }: Rules,
  { id, teams: its, beside }: Passing,
): { readonly to: string; readonly because: Because } => {
  const named = things.get(id);
  if (named !== undefined) return { to: named, because: 'named' };
  const with_ = beside === null ? undefined : things.get(beside);
  if (with_ !== undefined) return { to: with_, because: 'beside' };
  const [first, ...more] = [...new Set(its.map((team) => teams.get(team)))];
  return first !== undefined && more.length === 0
    ? { to: first, because: 'team' }
    : { to: otherwise, because: 'otherwise' };
};
