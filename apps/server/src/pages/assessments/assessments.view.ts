import { birthIn, type FactEventRow, type FactWithEntries } from '#facts/facts.queries';
import type { Toolkit } from '#facts/toolkit.events';
import { longDate } from '../../shell/dates.js';

/** One self-assessment and one question: what people say and what staff say, each by itself. */
export interface RatedRow {
  readonly on: string;
  readonly occasion: string;
  readonly href: string;
  readonly where: string | undefined;
  readonly people: string | undefined;
  readonly staff: string | undefined;
  /** Both said something, and it is not the same. */
  readonly differ: boolean;
  /** Where a level can be recorded that is not there yet. */
  readonly record: { readonly people?: string; readonly staff?: string };
}

export interface ToolkitTable {
  readonly title: string;
  readonly version: string;
  readonly source: string;
  readonly code: string;
  readonly criteria: readonly {
    readonly code: string;
    readonly question: string;
    readonly rows: readonly RatedRow[];
  }[];
}

interface Named {
  toolkit(code: string, version: string): Toolkit | undefined;
  team(id: string): string | undefined;
  mayRecord(fact: FactWithEntries): boolean;
}

interface Held {
  readonly toolkit: string;
  readonly version: string;
  readonly occasion: string;
}

const dataOf = <T>(row: FactEventRow): T => JSON.parse(row.data) as T;

/** Question by question, oldest first, so that each column can be read as a story of its own. Nothing is added up. */
export const sideBySide = (facts: readonly FactWithEntries[], named: Named): readonly ToolkitTable[] => {
  const standing = facts
    .filter(({ stands }) => stands === 1)
    .map((fact) => ({ fact, birth: birthIn(fact), held: dataOf<Held>(birthIn(fact)) }))
    .toSorted((a, b) => (a.birth.happened_on < b.birth.happened_on ? -1 : 1));
  const kits = new Map(standing.map(({ held: { toolkit, version } }) => [`${toolkit} ${version}`, named.toolkit(toolkit, version)])); // prettier-ignore
  return [...kits.values()].flatMap((toolkit) => {
    if (!toolkit) return [];
    const with_ = standing.filter(({ held }) => held.toolkit === toolkit.toolkit && held.version === toolkit.version);
    const criteria = toolkit.criteria.map(({ code, question }) => ({
      code,
      question,
      rows: with_.map(({ fact, birth, held }) => ratedRow(toolkit, code, { fact, birth, held }, named)),
    }));
    const { title, version, source, toolkit: name } = toolkit;
    return [{ title, version, source, code: name, criteria }];
  });
};

const ratedRow = (
  toolkit: Toolkit,
  criterion: string,
  { fact, birth, held }: { fact: FactWithEntries; birth: FactEventRow; held: Held },
  named: Named,
): RatedRow => {
  const levelBy = (by: string): string | undefined => {
    const rated = fact.entries.filter(({ type, taken_back_at }) => type === 'LevelRated' && taken_back_at === null).map((row) => dataOf<{ criterion: string; by: string; level: string }>(row)); // prettier-ignore
    const found = rated.find((each) => each.criterion === criterion && each.by === by);
    return found && (toolkit.levels.find(({ code }) => code === found.level)?.name ?? found.level);
  };
  const [people, staff] = [levelBy('people'), levelBy('staff')];
  const formFor = (by: string) => `/record/self-assessment/${fact.id}/rated?criterion=${criterion}&by=${by}`;
  return {
    on: longDate(birth.happened_on),
    occasion: held.occasion,
    href: `/facts/${fact.id}`,
    where: fact.team === null ? undefined : named.team(fact.team),
    people,
    staff,
    differ: people !== undefined && staff !== undefined && people !== staff,
    record: named.mayRecord(fact)
      ? { ...(people === undefined && { people: formFor('people') }), ...(staff === undefined && { staff: formFor('staff') }) }
      : {},
  };
}; // prettier-ignore
