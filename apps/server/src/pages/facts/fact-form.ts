import { isDay } from '#kernel/time';
import type { Control, FactField, FactFields } from '#facts/fact-kind';
import { type FieldProblem, readFields } from '#facts/read-fields';

type Typed = Readonly<Record<string, unknown>>;

/** What was typed into a form of a fact: everything that was asked for, or what is wrong with it. */
export interface ReadFact {
  readonly typed: Typed;
  readonly problems: readonly FieldProblem[];
  /** Only when there are no problems. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** The day on which it happened, if another than today was given. */
  readonly on?: string;
}

/** Reads a posted form by the same rules as a body that a program sends. */
export const readFactForm = (fields: FactFields, raw: unknown): ReadFact => {
  const typed = (typeof raw === 'object' && raw !== null ? raw : {}) as Typed;
  const body = Object.fromEntries(
    Object.entries(fields).flatMap(([name, { control }]) =>
      Object.hasOwn(typed, name) ? [[name, sent(control, typed[name])]] : [],
    ),
  );
  const read = readFields(fields, body);
  const on = typed['occurredAt'];
  const isOnWrong = on !== undefined && on !== '' && !(typeof on === 'string' && isDay(on));
  const problems = [
    ...('problems' in read ? read.problems.map((each) => ({ ...each, pointer: pointerOf(fields, body, each.pointer) })) : []),
    ...(isOnWrong ? [{ pointer: '/occurredAt', code: 'wrong', detail: 'Give a date that exists, like 2027-03-01.' }] : []),
  ]; // prettier-ignore
  if (problems.length > 0 || !('data' in read)) return { typed, problems };
  return { typed, problems, data: read.data, ...(typeof on === 'string' && on !== '' && { on }) };
};

/** A form knows only text; what stands for nothing is left out, as people mean it. */
const sent = (control: Control, value: unknown): unknown => {
  switch (control.as) {
    case 'number':
      return asNumber(value);
    case 'yes-no':
      return value === 'yes' ? true : value === 'no' ? false : value;
    case 'many':
    case 'people':
      return typeof value === 'string' ? [value].filter(Boolean) : value;
    case 'list':
      return typeof value === 'string' ? value.split(/\r?\n/).filter((line) => line.trim() !== '') : value;
    case 'counts':
      return countsOf(control, value);
    default:
      return value;
  }
};

const WHOLE = /^-?\d{1,15}$/;
const asNumber = (value: unknown): unknown =>
  typeof value === 'string' && WHOLE.test(value.trim()) ? Number(value.trim()) : value;

/** `people.staff=3` → `[{ capacity: 'staff', count: 3 }]`; empty boxes are left out. */
const countsOf = ({ of }: Extract<Control, { as: 'counts' }>, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value)
        .filter(([, count]) => count !== '')
        .map(([code, count]) => ({ [of]: code, count: asNumber(count) }))
    : value;

/** Where a problem of a list stands on the page: `/people/0/count` → `/people/staff`. */
const pointerOf = (fields: FactFields, body: Typed, pointer: string): string => {
  const [, name = '', index] = pointer.split('/');
  const control = fields[name]?.control;
  if (control?.as !== 'counts' || index === undefined) return `/${name}`;
  const list = body[name] as readonly Record<string, unknown>[];
  const code = list[Number(index)]?.[control.of];
  return control.options.some(({ value }) => value === code) ? `/${name}/${String(code)}` : `/${name}`;
};

/** What was recorded, as it would be typed: a mistake is mended from what stands there. */
export const typedFrom = (fields: FactFields, data: Readonly<Record<string, unknown>>, on: string): Typed => ({
  ...Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => (data[name] === undefined ? [] : [[name, shown(field, data[name])]])),
  ),
  occurredAt: on,
}); // prettier-ignore

const shown = ({ control }: FactField, value: unknown): unknown => {
  switch (control.as) {
    case 'number':
      return String(value);
    case 'yes-no':
      return value === true ? 'yes' : 'no';
    case 'list':
      return (value as readonly string[]).join('\n');
    case 'counts':
      return Object.fromEntries(
        (value as readonly Record<string, unknown>[]).map((each) => [each[control.of], String(each['count'])]),
      );
    default:
      return value;
  }
};
