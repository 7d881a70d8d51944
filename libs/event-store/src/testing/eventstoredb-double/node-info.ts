/** TEST CODE, part of the EventStoreDB double: what a node tells about itself. These two calls carry no credentials. */
import { randomUUID } from 'node:crypto';
import type { handleUnaryCall } from '@grpc/grpc-js';
import type { Empty } from '@eventstore/db-client/generated/shared_pb.js';
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { status as codes } from '@grpc/grpc-js';
import type { Faults, Seen } from './faults.js';
import { uuidOf } from './messages.js';
import { features, gossip } from './stubs.js';

const STREAMS = 'event_store.client.streams.streams';

export const featuresCall =
  (faults: Faults, seen: Seen): handleUnaryCall<Empty, SupportedMethods> =>
  (_, answer) => {
    seen.featureProbes++;
    if (faults.refuseFeatures) return answer({ code: codes.UNAVAILABLE, details: 'Server Is Not Ready' });
    // Lower case, as the server sends them: the client compares so.
    const methods = ['append', 'batchappend', 'read'].map((name) =>
      new features.SupportedMethod().setServiceName(STREAMS).setMethodName(name),
    );
    answer(
      null,
      new features.SupportedMethods().setMethodsList(methods).setEventStoreServerVersion('0.0.0 (a double)'),
    );
  };

export const gossipCall =
  (faults: Faults, port: () => number): handleUnaryCall<Empty, ClusterInfo> =>
  (_, answer) => {
    const { LEADER, UNKNOWN } = gossip.MemberInfo.VNodeState;
    const member = new gossip.MemberInfo()
      .setInstanceId(uuidOf(randomUUID()))
      .setTimeStamp('0')
      .setState(faults.hasLeader ? LEADER : UNKNOWN)
      .setIsAlive(true)
      .setHttpEndPoint(new gossip.EndPoint().setAddress('127.0.0.1').setPort(port()));
    answer(null, new gossip.ClusterInfo().setMembersList([member]));
  };
