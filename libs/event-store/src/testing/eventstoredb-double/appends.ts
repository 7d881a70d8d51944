/** TEST CODE, part of the EventStoreDB double: the two calls that append. */
import {
  type handleBidiStreamingCall,
  type handleClientStreamingCall,
  Metadata,
  type ServiceError,
  status as codes,
} from '@grpc/grpc-js';
import { appendAnswer, batchAnswer } from './append-answers.js';
import { type AppendFault, cut, type Faults, type Seen } from './faults.js';
import type { Expected, Log, Outcome, Proposed } from './log.js';
import { idOf, streamNameOf } from './messages.js';
import type { Shared, Streams } from './stubs.js';

type Options = Streams.AppendReq.Options | Streams.BatchAppendReq.Options;
type Message = Streams.AppendReq.ProposedMessage | Streams.BatchAppendReq.ProposedMessage;

/** Where a pretended foreign write would have left the stream. */
const SOMEWHERE_ELSE: Outcome = { kind: 'wrong-expected-version', current: 4_711 };

export const appendCall =
  (log: Log, faults: Faults, seen: Seen): handleClientStreamingCall<Streams.AppendReq, Streams.AppendResp> =>
  (call, answer) => {
    seen.appends++;
    noteCall(call.metadata, seen);
    let options: Streams.AppendReq.Options | undefined;
    const messages: Message[] = [];
    call.on('data', (request: Streams.AppendReq) => {
      options ??= request.getOptions();
      const message = request.getProposedMessage();
      if (message) messages.push(message);
    });
    call.on('end', () => {
      const stream = streamNameOf(options?.getStreamIdentifier());
      const fault = faults.takeAppend();
      if (fault === 'not-leader') return answer(notLeader(faults));
      if (fault === 'cut') return answer(cut);
      if (fault === 'silence') return;
      const outcome = log.append(stream, messages.map(toProposed), expectedOf(options));
      if (fault === 'write-then-silence') return;
      if (fault === 'write-then-cut') return answer(cut);
      const result = appendAnswer(
        fault === 'write-then-conflict' ? SOMEWHERE_ELSE : outcome,
        stream,
        expectedOf(options),
      );
      setTimeout(() => (result instanceof Error ? answer(result) : answer(null, result)), latenessOf(fault));
    });
  };

/** One long call carries many appends, each in one or more parts; answers come in any order. */
export const batchAppendCall =
  (log: Log, faults: Faults, seen: Seen): handleBidiStreamingCall<Streams.BatchAppendReq, Streams.BatchAppendResp> =>
  (call) => {
    const parts = new Map<string, { options: Streams.BatchAppendReq.Options | undefined; messages: Message[] }>();
    call.on('data', (request: Streams.BatchAppendReq) => {
      const id = idOf(request.getCorrelationId());
      const part = parts.get(id) ?? { options: request.getOptions(), messages: [] };
      parts.set(id, part);
      part.messages.push(...request.getProposedMessagesList());
      if (!request.getIsFinal()) return;
      parts.delete(id);
      seen.batchAppends++;
      const stream = streamNameOf(part.options?.getStreamIdentifier());
      const fault = faults.takeAppend();
      if (fault === 'not-leader') return void call.emit('error', notLeader(faults));
      if (fault === 'cut') return void call.emit('error', cut);
      if (fault === 'silence') return;
      const outcome = log.append(stream, part.messages.map(toProposed), expectedOf(part.options));
      if (fault === 'write-then-silence') return;
      if (fault === 'write-then-cut') return void call.emit('error', cut);
      const result = batchAnswer(
        fault === 'write-then-conflict' ? SOMEWHERE_ELSE : outcome,
        stream,
        request.getCorrelationId() as Shared.UUID,
      );
      setTimeout(() => call.writable && call.write(result), latenessOf(fault));
    });
    call.on('end', () => call.end());
    call.on('error', () => undefined);
  };

const latenessOf = (fault: AppendFault | undefined): number => (typeof fault === 'object' ? fault.lateMs : 0);

const toProposed = (message: Message): Proposed => ({
  id: idOf(message.getId()),
  type: message.getMetadataMap().get('type') ?? '',
  contentType: message.getMetadataMap().get('content-type') ?? '',
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
});

const expectedOf = (options: Options | undefined): Expected => {
  if (options?.hasNoStream()) return 'no_stream';
  if (options?.hasStreamExists()) return 'stream_exists';
  if (!options || options.hasAny()) return 'any';
  return BigInt('getRevision' in options ? options.getRevision() : options.getStreamPosition());
};

const notLeader = ({ leader }: Faults): Partial<ServiceError> => {
  const metadata = new Metadata();
  metadata.set('exception', 'not-leader');
  metadata.set('leader-endpoint-host', leader.host);
  metadata.set('leader-endpoint-port', String(leader.port));
  return { code: codes.NOT_FOUND, details: 'Leader info available', metadata };
};

/** What a call says about itself, for assertions. */
export const noteCall = (metadata: Metadata, seen: Seen): void => {
  seen.calls++;
  if (metadata.get('requires-leader')[0] === 'true') seen.callsForLeader++;
  const [authorization] = metadata.get('authorization');
  if (authorization !== undefined) seen.authorizations.push(String(authorization));
};
