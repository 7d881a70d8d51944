import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';

const HOUR = 3_600_000;
const SPANS = { hour: HOUR, day: 24 * HOUR } as const;

type Span = keyof typeof SPANS;

/** What participants do and try, told in numbers when the hour or the day is over: no line says when somebody looked. */
@Injectable()
export class Counted implements OnModuleInit, OnApplicationShutdown {
  private readonly log = new Logger('Security');
  private readonly counts = { hour: new Map<string, number>(), day: new Map<string, number>() };
  private timers: NodeJS.Timeout[] = [];

  onModuleInit(): void {
    this.timers = (['hour', 'day'] as const).map((span) => setInterval(() => this.tell(span), SPANS[span]).unref());
  }

  /** A server that stops says what it knows. */
  onApplicationShutdown(): void {
    for (const timer of this.timers) clearInterval(timer);
    this.tell('hour');
    this.tell('day');
  }

  /** @param what of our own words only: never anything that was sent */
  add(what: string, span: Span): void {
    this.counts[span].set(what, (this.counts[span].get(what) ?? 0) + 1);
  }

  tell(span: Span): void {
    for (const [what, times] of this.counts[span]) this.log.warn(`In the last ${span}, ${times} times: ${what}`);
    this.counts[span].clear();
  }
}
