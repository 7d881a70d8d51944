import { everyKind } from '#facts/every-kind';
import { ENTRY_TAKEN_BACK } from '#facts/fact';
import { type FactKind, stepsOf } from '#facts/fact-kind';
import { type Recorded, streamId } from '#kernel/event';
import { isSealed } from '#kernel/personal';
import type { Projection } from '#projections/projection';
import type { Rows } from '#projections/rows';
import { findKept } from './evidence-book.js';
import { toldBy } from './evidence-said.js';
import { change, dayOf, make } from './evidence-steps.js';
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
    const said = { id: event.id, type: event.type, born: isBirth, done };
    const title = typeof done.data['title'] === 'string' ? done.data['title'] : kind.name;
    const shown = kind.isPrivate !== true;
    const isNew = isBirth && findKept(rows, streamId(event.stream)) === undefined;
    if (isNew) return make(rows, event, 'fact', toldBy([said]), { title, parent: kind.code, mayShow: shown, shown });
    const again = isBirth && { again: { day: dayOf(event), title } };
    change(rows, event, { op: 'did', said, ...again, entry: [event.type, event.id] });
  };

/** Every entry of every fact, in its clear fields only; what was taken back no longer counts. */
export const factHandlers = {
  ...Object.fromEntries(
    everyKind.flatMap((kind) => stepsOf(kind).map((step, index) => [step.event, write(kind, index === 0)] as const)),
  ),
  [ENTRY_TAKEN_BACK]: (rows: Rows, event: Recorded): void =>
    change(rows, event, {
      op: 'undid',
      of: (event.data as { entry: string }).entry,
      entry: [event.type, event.id],
    }),
} as Projection['on'];
