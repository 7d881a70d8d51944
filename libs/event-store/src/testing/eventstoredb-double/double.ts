/**
 * TEST CODE. A double of an EventStoreDB node: it speaks the protocol on a real port, through the service definitions
 * the client ships, and keeps its log in memory. It is not EventStoreDB. It does not copy: elections and replication,
 * access rights and passwords, scavenging and truncation, soft deletion, links and projections, persistent
 * subscriptions, transactions, `fellBehind` and "consumer too slow", size limits, TLS, and how fast or how durable a
 * real server is. What it does copy is read in the server's source: see event checks in `log.ts`.
 */
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { appendCall, batchAppendCall } from './appends.js';
import { Faults, Seen } from './faults.js';
import { Log } from './log.js';
import { featuresCall, gossipCall } from './node-info.js';
import { readCall } from './reads.js';
import { GossipService, ServerFeaturesService, StreamsService } from './stubs.js';

export class EventStoreDbDouble {
  readonly log = new Log();
  readonly faults = new Faults();
  readonly seen = new Seen();
  private server: Server | undefined;
  private boundPort = 0;

  /** A double that answers. */
  static async start(): Promise<EventStoreDbDouble> {
    const double = new EventStoreDbDouble();
    await double.comeBack();
    return double;
  }

  /** A double whose port is known and where nobody answers yet. */
  static async away(): Promise<EventStoreDbDouble> {
    const double = await EventStoreDbDouble.start();
    double.goAway();
    return double;
  }

  get port(): number {
    return this.boundPort;
  }

  get url(): string {
    return `esdb://127.0.0.1:${this.boundPort}?tls=false`;
  }

  /** As a crash: every call breaks, the port is closed, what was written stays. */
  goAway(): void {
    this.server?.forceShutdown();
    this.server = undefined;
  }

  /** On the same port as before. */
  async comeBack(): Promise<void> {
    const server = new Server();
    const { log, faults, seen } = this;
    server.addService(StreamsService, {
      append: appendCall(log, faults, seen),
      batchAppend: batchAppendCall(log, faults, seen),
      read: readCall(log, faults, seen),
    });
    server.addService(ServerFeaturesService, { getSupportedMethods: featuresCall(faults, seen) });
    server.addService(GossipService, { read: gossipCall(faults, () => this.boundPort) });
    this.boundPort = await new Promise<number>((resolve, reject) =>
      server.bindAsync(`127.0.0.1:${this.boundPort}`, ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      ),
    );
    this.faults.leader.port ||= this.boundPort;
    this.server = server;
  }
}
