import type { DomainEvent, Recorded } from '#kernel/event';
import type { Json } from '#kernel/personal';
import type { Rows } from './rows.js';

/**
 * A read model: one file that says its name, its tables and what each event does to them. Handlers are synchronous and
 * see events in store order, each exactly once; they read no clock, no random source and nothing outside their tables.
 * Raise `version` whenever tables or handlers change: the runner then builds it anew from the first event.
 */
export interface Projection {
  readonly name: string;
  readonly version: number;
  /** DDL; every statement is `CREATE … ` and every table belongs to this projection alone. */
  readonly tables: string;
  readonly on: Readonly<Record<string, (rows: Rows, event: never, opener: Opener) => void>>;
}

/** Opens sealed words for the few read models that must (the search index, counts of sealed answers). Undefined: not readable now. */
export type Opener = <T extends Json = string>(ref: string) => T | undefined;

type Handlers<E extends DomainEvent> = {
  readonly [K in E['type']]?: (rows: Rows, event: Recorded<Extract<E, { type: K }>>, opener: Opener) => void;
};

/** Ties the handlers to the events they may see: a renamed or mistyped event does not compile. */
export const projection = <E extends DomainEvent>(definition: {
  name: string;
  version: number;
  tables: string;
  on: Handlers<E>;
}): Projection => definition as unknown as Projection;

export const tableNames = ({ tables }: Projection): string[] =>
  [...tables.matchAll(/CREATE (?:VIRTUAL )?TABLE (\w+)/g)].map((match) => match[1] ?? '');
