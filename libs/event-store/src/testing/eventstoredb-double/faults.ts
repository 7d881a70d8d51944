/** TEST CODE, part of the EventStoreDB double: what can be made to go wrong, and what was asked of the server. */
import { EventEmitter } from 'node:events';
import { type StatusObject, status as codes } from '@grpc/grpc-js';

export type AppendFault =
  /** Written, but the answer never comes; the call stays open. */
  | 'write-then-silence'
  /** Written, but the call is cut before the answer. */
  | 'write-then-cut'
  /** Not written, and no answer. */
  | 'silence'
  /** Not written, the call is cut. */
  | 'cut'
  /** Written, then answered as if somebody else had written first. */
  | 'write-then-conflict'
  /** Not written; the answer points to another node. */
  | 'not-leader'
  /** Written, answered after so many milliseconds. */
  | { readonly lateMs: number };

export class Faults {
  /** Taken one by one by the appends that come; when empty, appends work. */
  readonly appends: AppendFault[] = [];
  /** Taken one by one by reads and subscriptions: the gRPC status they end with before anything was sent. */
  readonly reads: { code: number; details: string }[] = [];
  /** Reads and subscriptions get no answer at all while this is set. */
  silentReads = false;
  /** The place of the leader a `not-leader` answer names. */
  leader = { host: '127.0.0.1', port: 0 };
  /** Whether the feature list is refused, as by a server that is starting. */
  refuseFeatures = false;
  /** What gossip says this node is; a starting node knows no leader. */
  hasLeader = true;

  /** Emits `end`: every open subscription ends, with OK (a node that shuts down in good order) or the error given. */
  readonly subscriptionEnds = new EventEmitter().setMaxListeners(0);

  takeAppend(): AppendFault | undefined {
    return this.appends.shift();
  }

  takeRead(): { code: number; details: string } | undefined {
    return this.reads.shift();
  }
}

/** What the double saw, counted for assertions. */
export class Seen {
  appends = 0;
  batchAppends = 0;
  featureProbes = 0;
  reads = 0;
  subscriptions = 0;
  openSubscriptions = 0;
  openReads = 0;
  /** Events handed to the transport for subscriptions. */
  sentToSubscriptions = 0;
  /** Calls to append or read, and those among them that insist on the leader. */
  calls = 0;
  callsForLeader = 0;
  authorizations: string[] = [];
}

export const cut: Partial<StatusObject> = { code: codes.UNAVAILABLE, details: 'the connection was cut' };
