import type { Aggregate } from '#kernel/aggregate';
import { events, type EventsOf } from '#kernel/event';
import { code, count, words } from '#kernel/shape';
import type { FieldToSeal, Sealer } from '../sealer.js';

/* Test code: a small aggregate whose events the recorder's specs record. */
export const map = events({
  Opened: { authority: code },
  Counted: { n: count },
  Noted: { note: words },
  SubjectKeyCreated: { kid: code, commitment: code },
});
export type E = Exclude<EventsOf<typeof map>, { type: 'SubjectKeyCreated' }>;
export interface Sum {
  readonly authority?: string;
  readonly total: number;
  readonly times: number;
}
export const sum: Aggregate<Sum, E> = {
  category: 'sum',
  initial: { total: 0, times: 0 },
  about: ({ authority }) => (authority ? { authority } : {}),
  evolve: (state, event) =>
    event.type === 'Opened'
      ? { ...state, authority: event.data.authority }
      : event.type === 'Counted'
        ? { ...state, total: state.total + event.data.n, times: state.times + 1 }
        : state,
};

/** Keys and ciphertexts in memory: what the recorder asks of a vault, and what it asked. */
export class MemorySealer implements Sealer {
  readonly kids = new Map<string, string>();
  readonly sealed: FieldToSeal[] = [];
  async keysFor(subjects: readonly string[], stream: string) {
    return new Map(
      subjects.map((subject) => {
        const kid = this.kids.get(`${subject} ${stream}`) ?? `k${this.kids.size + 1}`;
        this.kids.set(`${subject} ${stream}`, kid);
        return [subject, { kid, commitment: `c-${kid}` }] as const;
      }),
    );
  }
  async seal(fields: readonly FieldToSeal[]) {
    this.sealed.push(...fields);
    return fields.map(({ kid, eventId }) => ({ alg: 'A256GCM' as const, kid, iv: 'aXY', len: 32, h: eventId }));
  }
}
