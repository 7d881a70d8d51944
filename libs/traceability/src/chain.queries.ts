import { AuthoritySettings } from '#authorities/settings';
import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { CLOCK } from '#projections/tokens';
import type { Clock } from '#kernel/aggregate';
import { endOfLondonDay } from '#kernel/time';
import { Rows } from '#projections/rows';
import { Vault } from '#vault/vault';
import { chainOf } from './chain.js';
import type { Chain, Reader, Shown } from './chain.types.js';
import { graphOf } from './graph.js';

/** The chain from any of its ends. Undefined: unknown, or not yet there on that day. */
export class Trace extends Query<Chain | undefined> {
  constructor(
    readonly id: string,
    readonly reader: Reader,
    /** `YYYY-MM-DD`: as the record stood at the end of that day in Europe/London. */
    readonly asOf?: string,
    /** Of staff: the council that they work for. */
    readonly within?: string,
  ) {
    super();
  }
}

@QueryHandler(Trace)
export class TraceHandler implements IQueryHandler<Trace> {
  constructor(
    private readonly rows: Rows,
    private readonly vault: Vault,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ id, reader, asOf, within }: Trace) {
    const until = asOf === undefined ? null : endOfLondonDay(asOf);
    const graph = graphOf(this.rows, id, until ?? undefined);
    if (!graph) return undefined;
    const settings = new AuthoritySettings(this.rows);
    return chainOf(
      graph,
      { root: id, reader, today: this.clock.now().today, asOf: until, ...(within !== undefined && { within }) },
      (ref) => this.open(ref),
      (authority, at) => settings.inForce(authority, at)['reply-days'][0] ?? 0,
    );
  }

  private open(ref: string): Shown {
    const opened = this.vault.open(ref);
    return opened.state === 'readable' ? { state: 'readable', text: opened.value } : opened;
  }
}
