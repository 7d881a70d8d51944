import { EventStoreDBClient } from '@eventstore/db-client';
import type { Endpoints } from './connection-string.js';

/** Two members the client keeps to itself and that have to be wrapped; the version is pinned to the patch. */
interface Inside {
  createChannel: () => Promise<{ close(): void }>;
  handleError: (client: unknown, error: Error) => Promise<void>;
}

export interface ContainedClient {
  readonly client: EventStoreDBClient;
  /** Ends what is under way on it and closes its connections; the client's own `dispose` leaves those open. */
  release(): void;
}

export const buildClient = (to: Endpoints): ContainedClient => {
  const { endpoints, numbers, connectionName, nodePreference } = to;
  const options = { ...numbers, ...(connectionName !== undefined && { connectionName }) };
  const security = { insecure: to.insecure, ...to.certificates };
  const [first] = endpoints;
  if (!first) throw new Error('no endpoint');
  const client = to.discover
    ? new EventStoreDBClient({ ...options, nodePreference, discover: first }, security, to.login)
    : endpoints.length > 1
      ? new EventStoreDBClient({ ...options, nodePreference, endpoints: [...endpoints] }, security, to.login)
      : new EventStoreDBClient({ ...options, endpoint: first }, security, to.login);
  return { client, release: contain(client) };
};

const contain = (client: EventStoreDBClient): (() => void) => {
  const inside = client as unknown as Inside;
  const { createChannel, handleError } = inside;
  const channels = new Set<{ close(): void }>();
  let released = false;

  inside.createChannel = async () => {
    const channel = await createChannel();
    if (released) channel.close();
    else channels.add(channel);
    return channel;
  };
  // Nobody awaits this one: when rediscovery fails inside it, the rejection would end the process.
  inside.handleError = (failed, error) => handleError(failed, error).catch(() => undefined);

  return () => {
    released = true;
    void client.dispose().catch(() => undefined);
    for (const channel of channels) channel.close();
    channels.clear();
  };
};
