import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { Refusal, Refusals } from '#kernel/refusal';
import { type FieldProblem, problemsOf } from './bad-input.js';

/** A form as it came back: what was typed, and what is wrong with it. Nothing typed is ever lost. */
export interface Returned<T> {
  readonly typed: Readonly<Record<string, unknown>>;
  readonly problems: readonly FieldProblem[];
  /** Only when there are no problems. */
  readonly form?: T;
}

/** Checks a posted form against its class. Empty fields count as left out, as people mean them. */
export const readForm = <T extends object>(type: new () => T, raw: unknown): Returned<T> => {
  const typed = (raw ?? {}) as Record<string, unknown>;
  const form = plainToInstance(type, withoutEmpty(typed) as object, { exposeUnsetFields: false });
  const problems = problemsOf(validateSync(form, { whitelist: true, stopAtFirstError: false }));
  return problems.length > 0 ? { typed, problems } : { typed, problems, form };
};

/** What goes back to the page: all that was typed, and what is wrong with it. */
export type Again = Pick<Returned<object>, 'typed' | 'problems'>;

/** Reads a posted form and does what it asks for. What is wrong comes back, whether the form says so or a rule of the domain. */
export const submit = async <T extends object, D>(
  type: new () => T,
  raw: unknown,
  work: (form: T) => Promise<D>,
): Promise<{ done: D } | Again> => {
  const { form, typed, problems } = readForm(type, raw);
  if (!form) return { typed, problems };
  const result = await attempt(() => work(form));
  return 'problems' in result ? { typed, problems: result.problems } : result;
};

const withoutEmpty = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== '')
      .map(([key, member]) => [key, withoutEmpty(member)]),
  );
};

/** Runs what a form asks for; a refusal comes back as problems of the form, any other fault goes on. */
export const attempt = async <T>(
  work: () => Promise<T>,
): Promise<{ done: T } | { problems: readonly FieldProblem[] }> => {
  try {
    return { done: await work() };
  } catch (error) {
    if (error instanceof Refusals) return { problems: error.all.map(asProblem) };
    if (error instanceof Refusal && error.kind !== 'missing') return { problems: [asProblem(error)] };
    throw error;
  }
};

const asProblem = ({ pointer, code, message }: Refusal): FieldProblem => ({ pointer, code, detail: message });
