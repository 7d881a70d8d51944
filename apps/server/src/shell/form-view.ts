import type { FieldProblem } from '../edge/bad-input.js';

export interface FormView {
  /** What was typed, by field name (`reason.words`). */
  readonly typed: Readonly<Record<string, unknown>>;
  readonly errors: Readonly<Record<string, string>>;
  /** The form's Idempotency-Key: pressing twice is one wish. */
  readonly key: string;
}

export interface ShownProblem {
  /** Id of the field it is about; absent when it is about the whole form. */
  readonly field?: string;
  readonly detail: string;
}

/** A form as the template needs it: flat names, the first problem of each field beside it. */
export const formView = (
  typed: Readonly<Record<string, unknown>>,
  problems: readonly FieldProblem[],
  key: string,
): FormView => ({
  typed: flatten(typed),
  errors: Object.fromEntries([...problems].reverse().map(({ pointer, detail }) => [nameOf(pointer), detail])),
  key,
});

export const shownProblems = (problems: readonly FieldProblem[]): ShownProblem[] =>
  problems.map(({ pointer, detail }) =>
    pointer.length > 1 ? { field: nameOf(pointer).replaceAll('.', '-'), detail } : { detail },
  );

const nameOf = (pointer: string): string => pointer.slice(1).replaceAll('/', '.');

/** `{ reason: { words } }` as the names of fields: `reason.words`. */
export const flatten = (value: unknown, at = ''): Record<string, unknown> => {
  if (
    typeof value !== 'object' ||
    value === null ||
    (Array.isArray(value) && value.every((each) => typeof each === 'string'))
  )
    return { [at]: value };
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, member]) => flatten(member, at ? `${at}.${key}` : key)),
  ) as Record<string, unknown>;
};
