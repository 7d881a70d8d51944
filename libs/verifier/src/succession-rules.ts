import type { RuleContext, Rules } from './domain-rules.js';

/** An order by which councils come after others; what the rules of passing on ask of it. */
export interface KnownOrder {
  readonly from: readonly unknown[];
  readonly to: readonly unknown[];
  readonly on: unknown;
  readonly otherwise: unknown;
  /** New council by the id of a team or of a single thing. */
  readonly assigned: Map<unknown, unknown>;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

const said = (code: unknown): string => (typeof code === 'string' ? code : JSON.stringify(code));

/** The order that an entry names, where it lets this council pass things to that one from that day on. */
const orderOf = ({ entry: { data }, orders, breaks }: RuleContext): KnownOrder | undefined => {
  const order = orders.get(data['succession']);
  if (!order) return void breaks('passes something on by an order that there was not');
  if (!order.from.includes(data['from']) || !order.to.includes(data['to']) || order.on !== data['on'])
    return void breaks('passes something on otherwise than its order says');
  return order;
};

/** One council has a thing at a time: whoever passes it on must have it. */
const passed = ({ entry: { data }, thing, breaks }: RuleContext): void => {
  if (thing.authority !== undefined && thing.authority !== data['from'])
    breaks(`passes on what ${said(thing.authority)} has, in the name of ${said(data['from'])}`);
  thing.authority = data['to'];
};

const transferred = (context: RuleContext): void => {
  const { entry, thing, breaks } = context;
  const order = orderOf(context);
  passed(context);
  const id = entry.stream.slice(entry.stream.indexOf('-') + 1);
  const due = order?.assigned.get(id) ?? order?.assigned.get(thing.team) ?? order?.otherwise;
  if (order && due !== entry.data['to']) breaks(`gives a promise to ${said(entry.data['to'])} that its order gives to ${said(due)}`); // prettier-ignore
};

/** See libs/succession: after councils merge or split, every promise has exactly one owner. */
export const successionRules: Rules = {
  'succession-ordered.v1': ({ entry: { data }, orders, breaks }) => {
    const [from, to] = [listOf(data['from']), listOf(data['to'])];
    if (orders.has(data['succession'])) breaks('orders a succession for the second time');
    if (from.some((code) => to.includes(code))) breaks('names a council that comes after itself');
    if (!to.includes(data['otherwise'])) breaks('leaves what no rule names to a council that is none of the new ones');
    if ([...orders.values()].some((order) => order.from.some((code) => from.includes(code))))
      breaks('names a new council where another order had named one');
    orders.set(data['succession'], { from, to, on: data['on'], otherwise: data['otherwise'], assigned: new Map() });
  },
  'succession-assigned.v1': ({ entry: { data }, orders, breaks }) => {
    const order = orders.get(data['succession']);
    if (!order?.to.includes(data['to'])) return breaks('gives something to a council that its order does not name');
    for (const id of [...listOf(data['teams']), ...listOf(data['things'])]) {
      if (order.assigned.has(id)) breaks('gives something to two councils');
      order.assigned.set(id, data['to']);
    }
  },
  'succession-called-off.v1': ({ entry: { data }, orders, breaks }) => {
    if (!orders.delete(data['succession'])) breaks('calls off an order that there was not');
  },
  'authority-succeeded.v1': ({ entry: { data }, thing, orders, breaks }) => {
    const isOrdered = [...orders.values()].some(
      ({ from, to, on }) =>
        from.includes(data['authority']) && on === data['on'] && to.join() === listOf(data['successors']).join(),
    );
    if (!isOrdered) breaks('ends a council without an order that says so');
    if (thing.replacedBy !== undefined) breaks('ends a council that had ended');
    thing.replacedBy = data['successors'];
  },
  'commitment-transferred.v1': transferred,
  'service-change-transferred.v1': transferred,
  'passed-to-successor.v1': (context) => {
    orderOf(context);
    // A recommendation passes in the stream of its audit, beside others that stay.
    if (context.entry.data['recommendation'] === undefined) passed(context);
  },
};
