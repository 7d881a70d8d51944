import type { Engine } from '#engine/engine';
import { Trace, TraceHandler } from '#traceability/chain.queries';
import type { Chain } from '#traceability/chain.types';

/** The chain of whatever has this id, or this reference in the source it was imported from. */
export const chainOfAnything = async (engine: Engine, given: string, asOf?: string): Promise<Chain | undefined> => {
  const { rows, vault, clock } = engine;
  // What another process recorded just now is part of the answer.
  await engine.caughtUp(await engine.store.head(), 60_000);
  const byReference = ['contribution', 'decision', 'service_change']
    .map((table) => rows.get<{ id: string }>(`SELECT id FROM ${table} WHERE reference = ? LIMIT 1`, given)?.id)
    .find((id) => id !== undefined);
  const id = rows.get('SELECT 1 FROM node WHERE id = ?', given) ? given : (byReference ?? given);
  return new TraceHandler(rows, vault, clock).execute(new Trace(id, 'staff', asOf));
};
