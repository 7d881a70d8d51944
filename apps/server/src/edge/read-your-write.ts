import { Injectable } from '@nestjs/common';
import { Engine } from '#engine/engine';
import { LogKeeper } from '#ledger/log-keeper';
import type { Acted } from '#event-store/recorder';

/** After a write: waits until its author can read it, so that the answer or the page after the redirect shows the result. */
@Injectable()
export class ReadYourWrite {
  constructor(
    private readonly engine: Engine,
    private readonly log: LogKeeper,
  ) {}

  async after<T extends Pick<Acted, 'position'>>(acted: Promise<T>): Promise<T> {
    const done = await acted;
    await this.engine.caughtUp(done.position);
    return done;
  }

  /** For decisions: also sealed, if that takes but a moment. It is recorded either way, and sealed a little later. */
  async sealed<T extends Pick<Acted, 'position'>>(acted: Promise<T>): Promise<T> {
    const done = await this.after(acted);
    await this.log.cutNow();
    return done;
  }
}
