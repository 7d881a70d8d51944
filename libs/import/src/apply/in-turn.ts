/**
 * Runs work side by side, but work on the same thing in the order in which it was given: what a source tells of one promise
 * must not overtake itself.
 */
export class InTurn {
  private readonly running = new Set<Promise<void>>();
  private readonly last = new Map<string, Promise<void>>();

  constructor(private readonly most: number) {}

  /** Resolves when there is room for more. @throws what the work threw. */
  async run(things: readonly string[], work: () => Promise<void>): Promise<void> {
    const before = [...new Set(things)].flatMap((thing) => this.last.get(thing) ?? []);
    const turn = Promise.all(before).then(work);
    const run: Promise<void> = turn.finally(() => {
      this.running.delete(run);
      for (const thing of things) if (this.last.get(thing) === run) this.last.delete(thing);
    });
    // Whoever waits hears of it; until then it must not count as unheard.
    run.catch(() => undefined);
    this.running.add(run);
    for (const thing of things) this.last.set(thing, run);
    while (this.running.size >= this.most) await Promise.race(this.running);
  }

  /** @throws what any of them threw, once all have ended. */
  async settle(): Promise<void> {
    const ended = await Promise.allSettled(this.running);
    const failed = ended.find((each) => each.status === 'rejected');
    if (failed) throw failed.reason;
  }
}
