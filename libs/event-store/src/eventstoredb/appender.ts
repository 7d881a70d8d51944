import { type AppendExpectedRevision, type AppendResult, type EventData, NO_STREAM } from '@eventstore/db-client';
import {
  type Appended,
  AppendTooLarge,
  type EventToAppend,
  type ExpectedRevision,
  RevisionConflict,
  StoreUnavailable,
} from '../event-store.js';
import type { Connection } from './connection.js';
import { Login } from './login.js';
import { findOwn } from './own-events.js';
import { formatPosition } from './positions.js';
import { type Reader, why } from './reader.js';
import { toEventData } from './records.js';
import type { Settings } from './settings.js';
import { backoffMs, pause, within } from './waiting.js';

/** Any credentials at all make the client use a call per append; on a plain connection it does not even send them. */
const NOBODY = new Login('nobody', 'nobody');

/** Ours must be the later one, so that the server's own answer is heard if there is one. */
const GRACE_MS = 250;

/**
 * Appends until the outcome is known. Whatever is not a certain refusal counts as "may have happened", and the same
 * ids go to the same expected revision again: the server then answers with the first result.
 */
export class Appender {
  private readonly credentials: Login | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly reader: Reader,
    private readonly settings: Settings,
  ) {
    if (settings.appendCall === 'single')
      this.credentials = connection.login ?? (connection.insecure ? NOBODY : undefined);
  }

  async append(stream: string, events: readonly EventToAppend[], expected: ExpectedRevision): Promise<Appended> {
    const data = events.map(toEventData);
    const deadline = Date.now() + (this.connection.isDown ? 0 : this.settings.appendBudgetMs);
    let mayBeWritten = false;
    for (let attempt = 0; ; attempt++) {
      let client;
      let sent = false;
      try {
        // The server remembers ids of "any" appends for a short while only, so a retry looks for itself.
        const own = mayBeWritten && expected === 'any' && (await findOwn(this.reader, stream, events, expected));
        if (own) return own;
        client = await this.connection.ready();
        sent = true;
        const result = await this.send(client, stream, data, expected);
        this.connection.succeeded(client);
        return await this.toAppended(stream, result);
      } catch (error) {
        if (error instanceof StoreUnavailable && Date.now() >= deadline) throw error;
        const fault = this.connection.failed(client, error);
        switch (fault.kind) {
          case 'conflict': {
            const own = mayBeWritten && (await findOwn(this.reader, stream, events, expected));
            if (own) return own;
            throw new RevisionConflict(stream, expected, fault.actual);
          }
          case 'too-large':
            throw new AppendTooLarge(
              events.reduce((sum, { leaf }) => sum + leaf.length, 0),
              fault.limit,
            );
          case 'refused':
          case 'missing':
            throw new StoreUnavailable(why(fault), { cause: error });
          case 'away':
            mayBeWritten ||= sent;
            break;
          case 'elsewhere':
            break;
        }
        if (Date.now() >= deadline)
          throw new StoreUnavailable(this.outcome(mayBeWritten, why(fault)), { cause: error });
        await pause(backoffMs(attempt, this.settings.resumeFirstMs, this.settings.appendTimeoutMs));
      }
    }
  }

  private send(
    client: Awaited<ReturnType<Connection['ready']>>,
    stream: string,
    data: EventData[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    const { appendTimeoutMs } = this.settings;
    const expectedRevision: AppendExpectedRevision =
      expected === 'none' ? NO_STREAM : expected === 'any' ? 'any' : BigInt(expected);
    const call = client.appendToStream(stream, data, {
      expectedRevision,
      requiresLeader: this.connection.wantsLeader,
      deadline: appendTimeoutMs,
      ...(this.credentials && { credentials: this.credentials }),
    });
    return within(appendTimeoutMs + GRACE_MS, call);
  }

  /** The server may leave the position out of its answer to a retry; the event itself always says it. */
  private async toAppended(stream: string, { nextExpectedRevision, position }: AppendResult): Promise<Appended> {
    const revision = Number(nextExpectedRevision);
    if (position) return { revision, position: formatPosition(position) };
    for await (const event of this.reader.stream(stream, revision, 1)) return { revision, position: event.position };
    throw new StoreUnavailable(`EventStoreDB: ${stream} does not show the event it acknowledged`);
  }

  private outcome(mayBeWritten: boolean, reason: string): string {
    return `${reason}; ${mayBeWritten ? 'it is not known whether the events were written' : 'nothing was written'}`;
  }
}
