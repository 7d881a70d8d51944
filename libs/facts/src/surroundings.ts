import { Injectable } from '@nestjs/common';
import { Recorder } from '#event-store/recorder';
import type { Aggregate } from '#kernel/aggregate';
import type { DomainEvent, Recorded } from '#kernel/event';
import { missing } from '#kernel/refusal';
import { londonDay } from '#kernel/time';
import type { Around, FactFields } from './fact-kind.js';

const UNDONE = ['DoneDisputed', 'Reopened', 'Dropped'];
const NAMES: Readonly<Record<string, string>> = {
  serviceChange: 'promise',
  commitment: 'promise',
  participant: 'person',
};

/** Any thing of the record, as far as a rule about another thing may ask. */
const anything: Aggregate<Around, DomainEvent> = {
  category: '',
  initial: { category: '', confirmed: false },
  about: () => ({}),
  evolve(state, event) {
    const { type, about } = event as Recorded;
    const { startsAt } = event.data as { startsAt?: string };
    return {
      ...state,
      ...(about.authority !== undefined && { authority: about.authority }),
      ...(type === 'MeetingCalled' && startsAt !== undefined && { startsOn: londonDay(startsAt) }),
      confirmed: type === 'DoneConfirmed' || (state.confirmed && !UNDONE.includes(type)),
    };
  },
};

/** Reads what a fact refers to from the streams themselves: a rule must not depend on how far a read model is. */
@Injectable()
export class Surroundings {
  constructor(private readonly recorder: Recorder) {}

  /** Whatever a fact ties itself to must be there and be of the same council. @throws Refusal */
  async of(
    fields: FactFields,
    data: Readonly<Record<string, unknown>>,
    authority: string,
  ): Promise<Record<string, Around>> {
    const around: Record<string, Around> = {};
    for (const [name, { control }] of Object.entries(fields)) {
      const value = data[name];
      if (value === undefined) continue;
      if (control.as === 'thing') around[name] = await this.find(control.of, String(value), authority);
      if (control.as === 'person') await this.find(['participant'], String(value), authority);
      if (control.as === 'people')
        for (const each of value as string[]) await this.find(['participant'], each, authority);
    }
    return around;
  }

  /** @throws Refusal when there is none, or it is another council's. */
  async find(categories: readonly string[], id: string, authority: string): Promise<Around> {
    for (const category of categories) {
      const { state } = await this.recorder.load(anything, `${category}-${id}`);
      if (state.authority === authority) return { ...state, category };
    }
    throw missing(NAMES[categories[0] ?? ''] ?? categories[0] ?? 'entry');
  }
}
