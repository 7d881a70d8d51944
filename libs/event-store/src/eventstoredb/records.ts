import { type AllStreamResolvedEvent, binaryEvent, type EventData, type ResolvedEvent } from '@eventstore/db-client';
import type { EventToAppend, StoredEvent } from '../event-store.js';
import { formatPosition } from './positions.js';

/** Binary, so that the server and the client leave the leaf's bytes alone; a JSON event would be parsed and rewritten. */
export const toEventData = ({ id, type, leaf, correlation, causation }: EventToAppend): EventData =>
  binaryEvent({
    id,
    type,
    data: leaf,
    metadata: {
      ...(correlation !== undefined && { $correlationId: correlation }),
      ...(causation !== undefined && { $causationId: causation }),
    },
  });

/**
 * Undefined for what is not ours: the server's own events, and events of other applications on the same server, which
 * are JSON as a rule. Their positions still count: a subscription resumes behind them.
 */
export const toStoredEvent = ({ event }: ResolvedEvent | AllStreamResolvedEvent): StoredEvent | undefined => {
  if (!event || event.isJson || event.streamId.startsWith('$') || event.type.startsWith('$')) return undefined;
  if (!event.position) throw new Error('the server is older than 22.6: it does not say where in the log an event is');
  return {
    id: event.id,
    stream: event.streamId,
    revision: Number(event.revision),
    type: event.type,
    leaf: event.data,
    position: formatPosition(event.position),
  };
};

export const isStored = (event: StoredEvent | undefined): event is StoredEvent => event !== undefined;
