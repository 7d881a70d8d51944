import {
  AccessDeniedError,
  MaxAppendSizeExceededError,
  StreamDeletedError,
  StreamNotFoundError,
  UnavailableError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { faultOf, StoreClosed } from './fault.js';
import { Silence } from './waiting.js';

const grpc = (code: number, details: string): Error =>
  Object.assign(new Error(`${code} ${details}`), { code, details, metadata: undefined });

describe('what a failed call means', () => {
  test.each([
    ['conflict', new WrongExpectedVersionError(null as never, { streamName: 's', expected: 3n, current: 8n })],
    ['too-large', new MaxAppendSizeExceededError(undefined as never, 1_048_576)],
    ['refused', StreamDeletedError.fromStreamName('s')],
    ['refused', new AccessDeniedError()],
    ['refused', grpc(16, 'Unauthenticated')],
    ['refused', new StoreClosed()],
    ['missing', new StreamNotFoundError(null as never, 's')],
    ['away', new UnavailableError()],
    ['away', grpc(14, 'Server Is Not Ready')],
    ['away', grpc(1, 'Call cancelled')],
    ['away', grpc(1, 'Cancelled on client')],
    ['away', grpc(4, 'Deadline exceeded')],
    ['away', grpc(10, 'Operation timed out')],
    ['away', grpc(2, 'client error')],
    ['away', grpc(13, 'Received RST_STREAM')],
    ['away', grpc(15, 'data loss')],
    ['away', new Error('write after end')],
    ['away', new Silence(100)],
    ['away', 'not even an error'],
  ])('%s: %s', (kind, error) => {
    expect(faultOf(error).kind).toBe(kind);
  });

  test('a conflict carries the actual revision as a number', () => {
    const at = (current: bigint | 'no_stream'): unknown =>
      faultOf(new WrongExpectedVersionError(null as never, { streamName: 's', expected: 3n, current }));
    expect(at(8n)).toEqual({ kind: 'conflict', actual: 8 });
    expect(at('no_stream')).toEqual({ kind: 'conflict', actual: 'none' });
  });

  test('only a failed discovery asks for a new client at once', () => {
    expect(faultOf(new Error('Failed to discover after 10 attempts.'))).toMatchObject({ rebuild: true });
    expect(faultOf(new UnavailableError())).toMatchObject({ rebuild: false });
  });

  test('the size limit of the server is passed on', () => {
    expect(faultOf(new MaxAppendSizeExceededError(undefined as never, 1_048_576))).toEqual({
      kind: 'too-large',
      limit: 1_048_576,
    });
  });
});
