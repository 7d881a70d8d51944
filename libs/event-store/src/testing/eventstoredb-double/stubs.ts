/**
 * TEST CODE. The protocol's own messages and service definitions, as the client ships them. Its 64-bit numbers are
 * strings, and its modules are CommonJS without names, hence the default imports.
 */
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import gossipService from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import grpcCode from '@eventstore/db-client/generated/code_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import featuresService from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import status from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import googleAny from 'google-protobuf/google/protobuf/any_pb.js';
import googleEmpty from 'google-protobuf/google/protobuf/empty_pb.js';

export { features, gossip, googleAny, googleEmpty, grpcCode, shared, status, streams };
export const { StreamsService } = streamsService;
export const { GossipService } = gossipService;
export const { ServerFeaturesService } = featuresService;

export type * as Streams from '@eventstore/db-client/generated/streams_pb.js';
export type * as Shared from '@eventstore/db-client/generated/shared_pb.js';
