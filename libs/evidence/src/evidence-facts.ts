import { everyKind } from '#facts/every-kind';
import { type FactKind, stepsOf } from '#facts/fact-kind';
import { type Recorded, streamId } from '#kernel/event';
import { isSealed } from '#kernel/personal';
import type { Projection } from '#projections/projection';
import type { Rows } from '#projections/rows';
import { change, make } from './evidence-steps.js';
import { type Done, isLived } from './things.js';

/** People are counted by capacity in a list, or as one number. */
const doneOf = (data: Readonly<Record<string, unknown>>): Done => {
  const clear = Object.fromEntries(Object.entries(data).filter(([, value]) => !isSealed(value)));
  const given = clear['people'] ?? clear['authors'];
  const list = Array.isArray(given) ? (given as readonly { capacity: string; count: number }[]) : [];
  const sum = (is: boolean): number =>
    list.filter(({ capacity }) => isLived(capacity) === is).reduce((all, { count }) => all + count, 0);
  const [lived, others] = [sum(true), sum(false)];
  return { data: clear, lived, others, n: typeof given === 'number' ? given : lived + others };
};

const write =
  (kind: FactKind, isBirth: boolean) =>
  (rows: Rows, event: Recorded): void => {
    const done = doneOf(event.data as Readonly<Record<string, unknown>>);
    const { title } = done.data;
    const shown = kind.isPrivate !== true;
    if (isBirth)
      return make(rows, event, 'fact', { did: { [event.type]: done } }, {
        title: typeof title === 'string' ? title : kind.name, parent: kind.code, mayShow: shown, shown,
      }); // prettier-ignore
    change(rows, event, { op: 'did', done, entry: [event.type, event.id] }, streamId(event.stream));
  };

/** Every entry of every fact, in its clear fields only. */
export const factHandlers = Object.fromEntries(
  everyKind.flatMap((kind) => stepsOf(kind).map((step, index) => [step.event, write(kind, index === 0)] as const)),
) as Projection['on'];
