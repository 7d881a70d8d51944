import { Transform } from 'class-transformer';
import type { NewSuccession } from '#succession/succession';
import { Code, Text, Texts } from '../../api/fields.js';

/** One box that is ticked comes as a text, several as a list. */
const List = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? [value] : (value ?? [])));

/** Who comes after whom, as it is typed. What the rules ask for is asked for by the rules. */
export class ChangeForm {
  @List() @Texts(64, 100, { optional: true }) from?: string[];
  @List() @Texts(64, 100, { optional: true }) to?: string[];
  @Text(20, { optional: true }) on?: string;
  @Text(2_000, { optional: true }) reason?: string;
  /** Has what is not named; only asked where there are several. */
  @Code({ optional: true }) otherwise?: string;
  /** Teams, and beside each its new council. */
  @List() @Texts(64, 500, { optional: true }) team?: string[];
  @List() @Texts(64, 500, { optional: true }) home?: string[];
  /** One line for each: a number or id, a space, a council. */
  @Text(100_000, { optional: true }) single?: string;
}

/** The order that a form asks for; `wrong`: lines that cannot be read, as they were typed. */
export const orderOf = ({
  from = [],
  to = [],
  team = [],
  home = [],
  ...form
}: ChangeForm): { readonly order: NewSuccession; readonly wrong: readonly string[] } => {
  const lines = (form.single ?? '').split(/\r?\n/).map((line) => line.trim()).filter(Boolean); // prettier-ignore
  const pairs = lines.map((line) => /^(\S+)\s+(\S+)$/.exec(line));
  const things = (code: string) => pairs.flatMap((pair) => (pair?.[2] === code && pair[1] ? [pair[1]] : []));
  const wrong = lines.filter((_, n) => !to.includes(pairs[n]?.[2] ?? ''));
  const order = {
    from,
    to: to.map((authority) => ({
      authority,
      teams: team.filter((_, n) => home[n] === authority),
      things: things(authority),
      otherwise: authority === form.otherwise,
    })),
    on: form.on ?? '',
    reason: form.reason ?? '',
  };
  return { order, wrong };
};

/** Where the rules' own names for fields stand on the page. */
export const fieldOf = (pointer: string): string =>
  pointer.includes('/things') ? '/single' : pointer === '/to' || pointer.includes('/otherwise') ? '/otherwise' : `/${pointer.split('/')[1] ?? ''}`; // prettier-ignore
