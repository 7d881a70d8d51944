/** At most `most` tries per key in a sliding window; memory is bounded by forgetting the oldest keys first. */
export class RateLimit {
  private readonly tries = new Map<string, number[]>();

  constructor(
    private readonly most: number,
    /** Milliseconds. */
    private readonly window: number,
    private readonly now: () => number = () => performance.now(),
    private readonly mostKeys = 10_000,
  ) {}

  /** Counts a try; false when it is one too many. */
  allow(key: string): boolean {
    const since = this.now() - this.window;
    const recent = (this.tries.get(key) ?? []).filter((at) => at > since);
    this.tries.delete(key);
    if (recent.length >= this.most) {
      this.tries.set(key, recent);
      return false;
    }
    this.tries.set(key, [...recent, this.now()]);
    const oldest = this.tries.size > this.mostKeys ? this.tries.keys().next().value : undefined;
    if (oldest !== undefined) this.tries.delete(oldest);
    return true;
  }

  /** Takes the last try back: it was no guess. Many right codes from one room are not an attack. */
  forgive(key: string): void {
    const tries = this.tries.get(key);
    if (tries) this.tries.set(key, tries.slice(0, -1));
  }
}
