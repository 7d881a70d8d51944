import type { RuleContext, Rules } from './domain-rules.js';

const needsOpen = ({ entry, thing, breaks }: RuleContext): void => {
  if (thing.isClosed) breaks(`is new work of an audit that was closed (${entry.stream})`);
};

/** See libs/scrutiny: what can be told without the words themselves. */
export const auditRules: Rules = {
  'sample-drawn.v1': (context) => {
    needsOpen(context);
    const { ids, asked, population } = context.entry.data;
    const shown = Array.isArray(ids) ? ids.length : -1;
    if (shown !== Math.min(Number(asked), Number(population)))
      context.breaks('is a sample that shows more or fewer than were asked for and there were');
    if (Array.isArray(ids) && new Set(ids).size !== ids.length) context.breaks('is a sample that names something twice'); // prettier-ignore
  },
  'audit-finding.v1': (context) => {
    needsOpen(context);
    const { thing, entry, breaks } = context;
    (thing.findings ??= new Map<unknown, boolean>()).set(entry.data['finding'], false);
    for (const pointer of ['/found', '/reason'])
      if (!entry.sealed.some((field) => field.pointer === pointer)) breaks('is a finding that does not say what, or why'); // prettier-ignore
  },
  'finding-published.v1': ({ entry: { data }, thing, breaks }) => {
    const isPublished = thing.findings?.get(data['finding']);
    if (isPublished === undefined) breaks('publishes a finding that there was not');
    if (isPublished) breaks('publishes a finding for the second time');
    thing.findings?.set(data['finding'], true);
  },
  'recommendation-made.v1': (context) => {
    needsOpen(context);
    const { entry, thing, breaks } = context;
    const { recommendation, due, finding } = entry.data;
    if (finding !== undefined && !thing.findings?.has(finding)) breaks('follows from a finding that there was not');
    if (due === undefined && !entry.isImported) breaks('is a recommendation that nobody has to answer by a day');
    (thing.recommendations ??= new Map<unknown, boolean>()).set(recommendation, false);
  },
  'response-received.v1': ({ entry: { data }, thing, breaks }) => {
    if (!thing.recommendations?.has(data['recommendation'])) breaks('answers a recommendation that there was not');
  },
  'response-overdue.v1': ({ entry: { data }, thing, breaks }) => {
    const isOverdue = thing.recommendations?.get(data['recommendation']);
    if (isOverdue === undefined) breaks('waits for the answer to a recommendation that there was not');
    if (isOverdue) breaks('calls an answer overdue for the second time');
    thing.recommendations?.set(data['recommendation'], true);
  },
  'audit-closed.v1': ({ thing }) => {
    thing.isClosed = true;
  },
};
