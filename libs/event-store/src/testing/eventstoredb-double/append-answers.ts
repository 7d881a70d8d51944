/** TEST CODE, part of the EventStoreDB double: how each of the two append calls says what became of it. */
import { Metadata, status as codes } from '@grpc/grpc-js';
import type { Expected, Outcome } from './log.js';
import { identifierOf } from './messages.js';
import { googleAny, googleEmpty, grpcCode, shared, status, streams, type Shared, type Streams } from './stubs.js';

/** The single call puts conflicts into the message, and deletion into the trailer. */
export const appendAnswer = (outcome: Outcome, stream: string, expected: Expected): Streams.AppendResp | Error => {
  if (outcome.kind === 'deleted') return streamDeleted(stream);
  const response = new streams.AppendResp();
  if (outcome.kind === 'written') {
    const success = new streams.AppendResp.Success().setCurrentRevision(outcome.revision.toString());
    if (outcome.position === undefined) success.setNoPosition(new shared.Empty());
    else
      success.setPosition(
        new streams.AppendResp.Position()
          .setCommitPosition(outcome.position.toString())
          .setPreparePosition(outcome.position.toString()),
      );
    return response.setSuccess(success);
  }
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (outcome.current === 'no_stream') wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(outcome.current.toString());
  if (expected === 'no_stream') wrong.setExpectedNoStream(new shared.Empty());
  else if (expected === 'stream_exists') wrong.setExpectedStreamExists(new shared.Empty());
  else if (expected === 'any') wrong.setExpectedAny(new shared.Empty());
  else wrong.setExpectedRevision(expected.toString());
  return response.setWrongExpectedVersion(wrong);
};

/** The batch call packs every failure as google.rpc.Status with a typed detail. */
export const batchAnswer = (outcome: Outcome, stream: string, correlation: Shared.UUID): Streams.BatchAppendResp => {
  const response = new streams.BatchAppendResp();
  response.setCorrelationId(correlation);
  response.setStreamIdentifier(identifierOf(stream));
  if (outcome.kind === 'written') {
    const success = new streams.BatchAppendResp.Success().setCurrentRevision(outcome.revision.toString());
    if (outcome.position === undefined) success.setNoPosition(new googleEmpty.Empty());
    else
      success.setPosition(
        new shared.AllStreamPosition()
          .setCommitPosition(outcome.position.toString())
          .setPreparePosition(outcome.position.toString()),
      );
    return response.setSuccess(success);
  }
  const detail = new googleAny.Any();
  if (outcome.kind === 'deleted') {
    const deleted = new shared.StreamDeleted().setStreamIdentifier(identifierOf(stream));
    detail.pack(deleted.serializeBinary(), 'event_store.client.StreamDeleted');
  } else {
    const wrong = new shared.WrongExpectedVersion();
    if (outcome.current === 'no_stream') wrong.setCurrentNoStream(new googleEmpty.Empty());
    else wrong.setCurrentStreamRevision(outcome.current.toString());
    detail.pack(wrong.serializeBinary(), 'event_store.client.WrongExpectedVersion');
  }
  return response.setError(new status.Status().setCode(grpcCode.Code.FAILED_PRECONDITION).setDetails(detail));
};

const streamDeleted = (stream: string): Error => {
  const metadata = new Metadata();
  metadata.set('exception', 'stream-deleted');
  metadata.set('stream-name', stream);
  return Object.assign(new Error('the stream is deleted'), {
    code: codes.FAILED_PRECONDITION,
    details: `Event stream '${stream}' is deleted.`,
    metadata,
  });
};
