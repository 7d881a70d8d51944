import type { Effect } from '#kernel/codes';
import { type Concept, CONCEPTS, type Field, NEEDS_LINK } from '../concepts.js';
import type { When } from '../dates/when.js';
import type { FilePlan, LinkPlan, TargetPlan, ValuePlan, YieldPlan } from '../mapping/plan.js';
import { CellError, quote } from '../problem.js';
import { fill, type RowContext } from './context.js';
import type { DraftFact, DraftLink, DraftTarget, RowProblem, RowResult } from './draft.js';
import { evaluate, evaluateText, type FieldValue } from './evaluate.js';
import { holds } from './holds.js';
import { itemsOf } from './items.js';

export interface RowInput {
  readonly record: Readonly<Record<string, unknown>>;
  readonly row: number;
  readonly file: string;
  /** The joined row for a join's key, null when there is none. */
  readonly join: (name: string, key: string) => Readonly<Record<string, unknown>> | null;
  /** Used when neither the row nor the mapping says whose it is. */
  readonly authority: string | null;
  /** Whether there is an authority of this code; without it, every code counts. */
  readonly isAuthority?: (code: string) => boolean;
}

/** Applies a mapping to one row. Pure; every problem of the row is found, not only the first. */
export const mapRow = (plan: FilePlan, input: RowInput): RowResult => {
  const problems: RowProblem[] = [];
  const attempt = <T>(work: () => T, fallback: T, where: string): T => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof CellError)) throw error;
      problems.push({ level: 'error', code: error.code, message: error.message, column: error.column ?? where });
      return fallback;
    }
  };

  const named: Record<string, unknown> = { row: input.row, file: input.file };
  const context: RowContext = { record: input.record, named };
  for (const join of plan.joins) {
    const key = attempt(() => evaluateText(join.on, context), null, join.name);
    named[join.name] = key === null ? null : input.join(join.name, key);
  }
  for (const [name, value] of plan.lets) named[name] = attempt(() => evaluate(value, context), null, name);

  const none = { facts: [], concepts: [], problems, updatedAt: null };
  const ignored = plan.ignore.find(({ when }) => holds(when, context));
  if (ignored && problems.length === 0) return { ...none, ignored: ignored.because };

  const facts: DraftFact[] = [];
  const concepts: Concept[] = [];
  for (const yielded of plan.yields) {
    const items = yielded.each
      ? attempt(() => itemsOf(yielded.each as never, context), [], yielded.pointer)
      : [undefined];
    for (const [index, item] of items.entries()) {
      const inner = yielded.each ? { ...context, named: { ...named, item, index } } : context;
      if (yielded.when && !holds(yielded.when, inner)) continue;
      const before = problems.length;
      const fact = factOf(yielded, inner, input, attempt, problems);
      if (fact) facts.push(fact);
      if (fact || problems.length > before) concepts.push(yielded.concept);
    }
  }
  const updatedAt = plan.updatedAt
    ? attempt(() => evaluate(plan.updatedAt as ValuePlan, context) as When | null, null, 'updatedAt')
    : null;
  return {
    facts: problems.length > 0 ? [] : facts,
    concepts,
    problems,
    ignored: null,
    updatedAt: updatedAt?.at ?? null,
  };
};

type Attempt = <T>(work: () => T, fallback: T, where: string) => T;

const factOf = (
  plan: YieldPlan,
  context: RowContext,
  { authority, isAuthority = () => true }: Pick<RowInput, 'authority' | 'isAuthority'>,
  attempt: Attempt,
  problems: RowProblem[],
): DraftFact | null => {
  const before = problems.length;
  const problem = (code: string, message: string, column?: string): void => {
    problems.push({ level: 'error', code, message, ...(column !== undefined && { column }) });
  };

  const sourceId = fill(plan.id, context);
  if (sourceId === null)
    problem('id-missing', `This ${plan.concept} has no id: a column that its id is built from is empty.`);
  const occurredAt = attempt(() => evaluate(plan.occurredAt, context) as When | null, null, 'occurredAt');
  if (occurredAt === null && problems.length === before)
    problem(
      'date-missing',
      `This ${plan.concept} has no date. Give one in the source, or name another column with "first".`,
    );

  const fields: Record<string, FieldValue> = {};
  const known: Readonly<Record<string, Field>> = CONCEPTS[plan.concept];
  for (const [name, value] of plan.fields) {
    const found = problems.length;
    const evaluated = attempt(() => evaluate(value, context), null, name);
    if (evaluated !== null) fields[name] = evaluated;
    else if (known[name]?.required && problems.length === found)
      problem('required-missing', `A ${plan.concept} needs “${name}”, and this row has none.`, name);
  }
  const whose = plan.authority
    ? attempt(() => evaluateText(plan.authority as ValuePlan, context), null, 'authority')
    : null;
  const code = whose === null ? authority : whose.trim();
  if (code === null)
    problem('authority-missing', 'No authority is named. Add "authority" to the mapping, or give it with the command.');
  else if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(code))
    problem(
      'authority-code',
      'An authority is named by its code, such as “essex”. Use "map" to turn names into codes.',
    );
  else if (!isAuthority(code))
    problem(
      'authority-unknown',
      `There is no authority ${quote(code)}. Use the code of a council, or name the body under "authorities" of the mapping.`,
    );

  const links = plan.links.flatMap((link) => attempt(() => linksOf(link, context), [], link.as));
  const needed = NEEDS_LINK[plan.concept] ?? (plan.concept === 'link' ? plan.links[0]?.as : undefined);
  if (needed && problems.length === before && !links.some(({ as }) => as === needed)) {
    // A link to nothing is a row that has no link to tell of; a report about nothing is a mistake.
    if (plan.concept === 'link') return null;
    problem(
      'link-missing',
      `This ${plan.concept} does not say what it is about: the id of its link “${needed}” is empty.`,
    );
  }
  const from = plan.from ? targetOf(plan.from, context) : null;
  if (plan.from && from === null) return null;
  if (problems.length > before || sourceId === null || occurredAt === null || code === null) return null;
  return {
    concept: plan.concept,
    sourceId,
    occurredAt,
    authority: code,
    public: typeof plan.public === 'boolean' ? plan.public : holds(plan.public, context),
    language: languageOf(plan, context, attempt),
    series: plan.series ? fill(plan.series, context) : null,
    fields,
    links,
    from,
  };
};

const languageOf = (plan: YieldPlan, context: RowContext, attempt: Attempt): string | null => {
  if (plan.language === null || typeof plan.language === 'string') return plan.language;
  return attempt(() => evaluateText(plan.language as ValuePlan, context), null, 'language');
};

const linksOf = (plan: LinkPlan, context: RowContext): readonly DraftLink[] => {
  const items = plan.each ? itemsOf(plan.each, context) : [undefined];
  return items.flatMap((item, index) => {
    const inner = plan.each ? { ...context, named: { ...context.named, item, index } } : context;
    if (plan.when && !holds(plan.when, inner)) return [];
    const to = targetOf(plan.to, inner);
    if (to === null) return [];
    return [
      {
        as: plan.as,
        to,
        effect: plan.effect ? (evaluate(plan.effect, inner) as Effect | null) : null,
        why: plan.why ? (evaluate(plan.why, inner) as string | null) : null,
      },
    ];
  });
};

const targetOf = (plan: TargetPlan, context: RowContext): DraftTarget | null => {
  const name = fill(plan.template, context);
  return name === null ? null : { concept: plan.concept, by: plan.by, name };
};
