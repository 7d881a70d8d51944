import { convertToCommandError, ErrorType, type WrongExpectedVersionError } from '@eventstore/db-client';

/** The caller closed the store and goes on using it. */
export class StoreClosed extends Error {
  constructor() {
    super('this store is closed');
    this.name = 'StoreClosed';
  }
}

/** What a failed call means, in the five ways that matter to us. */
export type Fault =
  /** The stream is not where the caller thinks. Certain: nothing was written. */
  | { readonly kind: 'conflict'; readonly actual: number | 'none' }
  /** Above the server's own limit, in bytes. Certain. */
  | { readonly kind: 'too-large'; readonly limit: number }
  /** The server said no and will say no again. Certain. */
  | { readonly kind: 'refused'; readonly detail: string }
  /** There is no such stream. */
  | { readonly kind: 'missing' }
  /** The call reached a follower; the client turns to the leader by itself. Certain. */
  | { readonly kind: 'elsewhere' }
  /** Anything else: it may have happened or not. `rebuild`: this client will never recover (ADR 0004). */
  | { readonly kind: 'away'; readonly detail: string; readonly rebuild: boolean };

const REFUSALS: Partial<Record<ErrorType, string>> = {
  [ErrorType.STREAM_DELETED]: 'the stream was deleted in the store',
  [ErrorType.ACCESS_DENIED]: 'the account may not do this; it needs $admins or rights on $all and its own streams',
  [ErrorType.INVALID_ARGUMENT]: 'the store does not accept the request',
  [ErrorType.INVALID_TRANSACTION]: 'the store does not accept the request',
  [ErrorType.MISSING_REQUIRED_METADATA_PROPERTY]: 'the store does not accept the request',
  [ErrorType.UNSUPPORTED]: 'the server is too old',
};

/** The client throws command errors, raw gRPC errors and plain errors; here they become one kind of thing. */
export const faultOf = (error: unknown): Fault => {
  if (error instanceof StoreClosed) return { kind: 'refused', detail: error.message };
  const raw = error instanceof Error ? error : new Error(String(error));
  const command = convertToCommandError(raw) as Error & { type?: ErrorType };
  switch (command.type) {
    case ErrorType.WRONG_EXPECTED_VERSION: {
      const { actualVersion } = command as WrongExpectedVersionError;
      return { kind: 'conflict', actual: actualVersion === 'no_stream' ? 'none' : Number(actualVersion) };
    }
    case ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED:
      return { kind: 'too-large', limit: (command as Error & { maxAppendSize?: number }).maxAppendSize ?? 0 };
    case ErrorType.STREAM_NOT_FOUND:
    case ErrorType.NO_STREAM:
      return { kind: 'missing' };
    case ErrorType.NOT_LEADER:
      return { kind: 'elsewhere' };
    default: {
      const refusal = command.type && REFUSALS[command.type];
      if (refusal) return { kind: 'refused', detail: refusal };
      return { kind: 'away', detail: detailOf(command), rebuild: /^Failed to discover/.test(raw.message) };
    }
  }
};

/** Shown by readiness to anyone, so without addresses; the error itself goes along as the cause, for the log. */
const detailOf = (error: Error & { type?: ErrorType }): string => {
  const [network] = /\bE[A-Z]{4,}\b/.exec(error.message) ?? [];
  return [error.type, network ?? error.message].filter(Boolean).join(': ') || error.name;
};
