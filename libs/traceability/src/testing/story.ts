import type { About, Recorded } from '#kernel/event';
import { endOfLondonDay } from '#kernel/time';
import { openReadDatabase } from '#projections/read-database';
import type { Rows } from '#projections/rows';
import { chainOf } from '../chain.js';
import { chainProjection } from '../chain.projection.js';
import type { Chain, Reader } from '../chain.types.js';
import { graphOf } from '../graph.js';

/** Words as the record keeps them; what opens them answers the words themselves. */
export const sealed = (words: string) => ({ sealed: words });
export const readable = (text: string) => ({ state: 'readable' as const, text });

export interface Told {
  /** When it was written down. */
  readonly at?: string;
  readonly occurredAt?: string;
  readonly about?: About;
  readonly role?: string;
  readonly causes?: readonly string[];
}

const CATEGORY: Readonly<Record<string, string>> = { v: 'contribution', t: 'discussion', d: 'decision', p: 'serviceChange', m: 'meeting' }; // prettier-ignore

/** A history told event by event; the first letter of a name says what it is: v1 a view, t1 a talk, d1 a decision, p1 a promise. */
export class Story {
  readonly events: Recorded[] = [];

  tell(thing: string, type: string, data: object, told: Told = {}): this {
    const recordedAt = told.at ?? '2026-11-02T09:00:00.000Z';
    const position = String(this.events.length + 1).padStart(16, '0');
    this.events.push({
      id: `e${this.events.length + 1}`,
      stream: `${CATEGORY[thing[0] ?? ''] ?? 'x'}-${thing}`,
      revision: 0,
      position,
      type,
      data,
      occurredAt: told.occurredAt ?? recordedAt,
      recordedAt,
      actor: { role: told.role ?? 'chair', ref: 'r' },
      about: { authority: 'essex', team: 'team-1', ...told.about },
      cause: { command: 'c', correlation: 'c', events: told.causes ?? [] },
    });
    return this;
  }

  view(id: string, more: object = {}, told: Told = {}): this {
    const data = { authority: 'essex', words: sealed(`words of ${id}`), channel: 'meeting', capacity: 'uses-services', voice: 'own', attribution: 'group', ...more }; // prettier-ignore
    return this.tell(id, 'ContributionReceived', data, told);
  }
  talk(id: string, contributions: readonly string[], told: Told = {}): this {
    this.tell(id, 'DiscussionHeld', { authority: 'essex', title: `talk ${id}`, contributions }, told);
    for (const view of contributions) this.tell(view, 'ContributionConsidered', { discussion: id, inTime: true }, told);
    return this;
  }
  decide(id: string, answer: string | undefined, more: object = {}, told: Told = {}): this {
    const data = { authority: 'essex', statement: sealed(`says ${id}`), alternatives: [], interests: [], decidedBy: [{ role: 'team', capacity: 'other' }], ...(answer && { answer }), ...more }; // prettier-ignore
    return this.tell(id, 'DecisionMade', data, told);
  }
  link(decision: string, view: string, effect = 'changed', told: Told = {}): this {
    return this.tell(decision, 'DecisionLinkedToContribution', { contribution: view, effect, why: sealed('because') }, told);
  } // prettier-ignore
  unlink(decision: string, view: string, told: Told = {}): this {
    return this.tell(decision, 'DecisionUnlinked', { contribution: view, why: sealed('wrong view') }, told);
  }
  promise(id: string, decision: string | undefined, more: object = {}, told: Told = {}): this {
    const data = { authority: 'essex', what: sealed(`does ${id}`), owner: { person: 'jane', name: sealed('Jane'), role: 'manager' }, due: '2027-03-01', ...(decision && { decision }), ...more }; // prettier-ignore
    return this.tell(id, 'ServiceChangePromised', data, told);
  }

  rows(keep: (event: Recorded) => boolean = () => true): Rows {
    const rows = openReadDatabase(':memory:');
    rows.db.exec(chainProjection.tables);
    for (const event of this.events.filter(keep)) chainProjection.on[event.type]?.(rows, event as never, () => undefined);
    return rows;
  } // prettier-ignore

  /** The chain of one thing, as the record stood at the end of a day, or now. */
  chain(root: string, { reader = 'public', asOf, today = '2026-11-23' }: { reader?: Reader; asOf?: string; today?: string } = {}): Chain | undefined {
    return chainFrom(this.rows(), root, { reader, today, ...(asOf && { asOf }) });
  } // prettier-ignore
}

export const chainFrom = (
  rows: Rows,
  root: string,
  { reader, today, asOf }: { readonly reader: Reader; readonly today: string; readonly asOf?: string },
): Chain | undefined => {
  const until = asOf === undefined ? null : endOfLondonDay(asOf);
  const graph = graphOf(rows, root, until ?? undefined);
  return graph && chainOf(graph, { root, reader, today, asOf: until }, readable);
};

/** The most usual chain: two views, one talk, a yes and a promise. */
export const usual = (): Story =>
  new Story().view('v1').view('v2').talk('t1', ['v1', 'v2']).decide('d1', 'yes', { discussion: 't1' })
    .link('d1', 'v1').link('d1', 'v2', 'helped').promise('p1', 'd1'); // prettier-ignore
