/** TEST CODE, part of the EventStoreDB double: the call that reads and subscribes. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { handleServerStreamingCall, ServerWritableStream } from '@grpc/grpc-js';
import { noteCall } from './appends.js';
import type { Faults, Seen } from './faults.js';
import type { Log, LoggedEvent } from './log.js';
import { caughtUp, checkpoint, confirmation, readEventOf, streamNameOf, streamNotFound } from './messages.js';
import { streams, type Streams } from './stubs.js';

type Call = ServerWritableStream<Streams.ReadReq, Streams.ReadResp>;
type Passes = (event: LoggedEvent) => boolean;

/** After so many events that a filter kept back, the server says how far it has looked. */
const SEARCH_WINDOW = 32;

export const readCall =
  (log: Log, faults: Faults, seen: Seen): handleServerStreamingCall<Streams.ReadReq, Streams.ReadResp> =>
  (call) => {
    noteCall(call.metadata, seen);
    const options = call.request.getOptions() as Streams.ReadReq.Options;
    const isSubscription = options.hasSubscription();
    const open = isSubscription ? 'openSubscriptions' : 'openReads';
    if (isSubscription) seen.subscriptions++;
    else seen.reads++;
    seen[open]++;
    const ended = new AbortController();
    const end = (): void => {
      if (ended.signal.aborted) return;
      faults.subscriptionEnds.off('end', endNow);
      seen[open]--;
      ended.abort();
    };
    const endNow = (error?: { code: number; details: string }): void => {
      end();
      if (error) call.emit('error', error);
      else call.end();
    };
    call.on('cancelled', end).on('close', end).on('finish', end).on('error', end);

    const fault = faults.takeRead();
    if (fault) return void call.emit('error', fault);
    if (faults.silentReads) return;
    if (isSubscription) faults.subscriptionEnds.once('end', endNow);
    const work = isSubscription
      ? subscribe(log, seen, call, options, ended.signal)
      : read(log, call, options, ended.signal);
    work.then(
      () => !ended.signal.aborted && call.end(),
      () => end(),
    );
  };

const read = async (log: Log, call: Call, options: Streams.ReadReq.Options, signal: AbortSignal): Promise<void> => {
  const of = options.getStream();
  if (of && log.of(streamNameOf(of.getStreamIdentifier())).length === 0)
    return send(call, streamNotFound(streamNameOf(of.getStreamIdentifier())), signal);
  const forwards = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.FORWARDS;
  const events = of ? log.of(streamNameOf(of.getStreamIdentifier())) : log.events;
  const start = startOf(options);
  const from = (event: LoggedEvent): bigint => (of ? BigInt(event.revision) : event.position);
  const wanted = events.filter((event) =>
    start === 'start' ? forwards : start === 'end' ? !forwards : forwards ? from(event) >= start : from(event) <= start,
  );
  const count = Number(options.getCount());
  for (const event of (forwards ? wanted : wanted.reverse()).slice(0, count))
    await send(call, readEventOf(event), signal);
};

/** Begins behind the given place, and never ends by itself. */
const subscribe = async (
  log: Log,
  seen: Seen,
  call: Call,
  options: Streams.ReadReq.Options,
  signal: AbortSignal,
): Promise<void> => {
  const of = options.getStream();
  const source = (): readonly LoggedEvent[] => (of ? log.of(streamNameOf(of.getStreamIdentifier())) : log.events);
  const start = startOf(options);
  const place = (event: LoggedEvent): bigint => (of ? BigInt(event.revision) : event.position);
  let next = start === 'start' ? 0 : source().length;
  if (typeof start === 'bigint') next = source().filter((event) => place(event) <= start).length;
  const passes = filterOf(options.getFilter());
  await send(call, confirmation(randomUUID()), signal);
  let live = false;
  let keptBack = 0;
  while (!signal.aborted) {
    const event = source()[next];
    if (event) {
      next++;
      if (passes(event)) {
        seen.sentToSubscriptions++;
        await send(call, readEventOf(event), signal);
      } else if (++keptBack % SEARCH_WINDOW === 0) await send(call, checkpoint(event.position), signal);
    } else {
      if (!live) await send(call, caughtUp(), signal);
      live = true;
      await once(log.appended, 'appended', { signal }).catch(() => undefined);
    }
  }
};

const startOf = (options: Streams.ReadReq.Options): bigint | 'start' | 'end' => {
  const from = options.getStream() ?? options.getAll();
  if (!from || from.hasStart()) return 'start';
  if (from.hasEnd()) return 'end';
  return BigInt('getRevision' in from ? from.getRevision() : (from.getPosition()?.getCommitPosition() ?? 0));
};

const filterOf = (filter: Streams.ReadReq.Options.FilterOptions | undefined): Passes => {
  if (!filter) return () => true;
  const expression = filter.getStreamIdentifier() ?? filter.getEventType();
  const prefixes = expression?.getPrefixList() ?? [];
  const pattern = new RegExp(expression?.getRegex() ?? '');
  const textOf = (event: LoggedEvent): string => (filter.hasStreamIdentifier() ? event.stream : event.type);
  return (event) =>
    prefixes.length > 0 ? prefixes.some((prefix) => textOf(event).startsWith(prefix)) : pattern.test(textOf(event));
};

/** Waits when the client does not take more: a slow reader must not fill the server's memory. */
const send = async (call: Call, response: Streams.ReadResp, signal: AbortSignal): Promise<void> => {
  if (signal.aborted) return;
  if (!call.write(response)) await once(call, 'drain', { signal }).catch(() => undefined);
};
