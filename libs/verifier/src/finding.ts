import { FINDINGS, type FindingCode, type LevelId } from './words.js';

/** Where something is wrong, as exactly as it is known. */
export interface Place {
  /** Index of the entry in the log. */
  readonly leaf?: number | undefined;
  /** The last entry of a stretch, where it is not known more exactly. */
  readonly upTo?: number | undefined;
  readonly stream?: string | undefined;
  readonly revision?: number | undefined;
  readonly file?: string | undefined;
}

export interface Finding extends Place {
  readonly code: FindingCode;
  /** What is wrong, in one sentence. */
  readonly says: string;
  /** What that means for whoever relies on the record. */
  readonly means: string;
}

/** A record that is wrong throughout would fill any memory with findings: the first of each kind are kept, all are counted. */
const KEPT = 25;

export class Findings {
  private readonly byLevel = new Map<LevelId, Finding[]>();
  private readonly counts = new Map<FindingCode, number>();

  add(code: FindingCode, place: Place, says: string): void {
    const count = (this.counts.get(code) ?? 0) + 1;
    this.counts.set(code, count);
    if (count > KEPT) return;
    const { level, means } = FINDINGS[code];
    const found = this.byLevel.get(level) ?? [];
    if (found.length === 0) this.byLevel.set(level, found);
    found.push({ code, ...placeOf(place), says, means });
  }

  of(level: LevelId): readonly Finding[] {
    return this.byLevel.get(level) ?? [];
  }

  /** How many there are beyond those that are kept. */
  more(level: LevelId): number {
    let more = 0;
    for (const [code, count] of this.counts) if (FINDINGS[code].level === level) more += Math.max(0, count - KEPT);
    return more;
  }

  has(...codes: readonly FindingCode[]): boolean {
    return codes.some((code) => this.counts.has(code));
  }
}

const placeOf = ({ leaf, upTo, stream, revision, file }: Place): Place => ({
  ...(leaf !== undefined && { leaf }),
  ...(upTo !== undefined && { upTo }),
  ...(stream !== undefined && { stream }),
  ...(revision !== undefined && { revision }),
  ...(file !== undefined && { file }),
});
