import { sameBytes, toHex } from '#transparency-log/bytes';
import type { Findings, Place } from './finding.js';

/** An entry whose hash is not the one that the log keeps for its place. Either side may have run out. */
export interface Difference {
  readonly leaf: number;
  readonly got: Uint8Array | undefined;
  readonly expected: Uint8Array | undefined;
  readonly stream: string | undefined;
  readonly revision: number | undefined;
}

const MOST = 20_000;

/** Collects differences while entries are read, and tells at the end what was done to them. */
export class Differences {
  private readonly kept: Difference[] = [];
  private count = 0;

  add(difference: Difference): void {
    this.count += 1;
    if (this.kept.length < MOST) this.kept.push(difference);
  }

  get first(): Difference | undefined {
    return this.kept[0];
  }

  /** To be called only once the expected hashes have been found to lead to the signed root. */
  report(findings: Findings): void {
    if (this.count > this.kept.length) return this.reportFirst(findings);
    const keyed = (hash: Uint8Array | undefined): string => (hash ? toHex(hash) : '');
    const expected = new Map(this.kept.map((each) => [keyed(each.expected), each]));
    const got = new Map(this.kept.map((each) => [keyed(each.got), each]));
    const [gone, added, moved]: [Difference[], Difference[], Difference[]] = [[], [], []];
    for (const each of this.kept) {
      if (each.expected && !got.has(keyed(each.expected))) gone.push(each);
      if (each.got && !expected.has(keyed(each.got))) added.push(each);
      else if (each.got) moved.push(each);
    }
    for (const each of added)
      if (gone.includes(each)) changed(each, findings);
      else
        findings.add(
          'entry-inserted',
          placeOf(each),
          `The entry at ${each.leaf} is not one that was signed: it was put in.`,
        );
    for (const { leaf } of gone.filter((each) => !added.includes(each)))
      findings.add('entry-missing', { leaf }, `Entry ${leaf} was taken out.`);
    // After something was taken out or put in, all that follows has moved up: that is no news.
    const isShift = added.length !== gone.length || added.some((each) => !gone.includes(each));
    if (!isShift)
      for (const each of moved)
        findings.add(
          'entry-moved',
          placeOf(each),
          `The entry at ${each.leaf} belongs at ${expected.get(keyed(each.got))?.leaf}.`,
        );
  }

  /** Too many to compare them all: what happened at the first of them, and that the rest differs too. */
  private reportFirst(findings: Findings): void {
    const [first, second] = this.kept;
    if (!first) return;
    const same = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean => a !== undefined && b !== undefined && sameBytes(a, b); // prettier-ignore
    const rest = `${this.count - 1} entries after it differ too`;
    if (same(first.got, second?.expected))
      findings.add('entry-missing', { leaf: first.leaf }, `Entry ${first.leaf} was taken out; ${rest}.`);
    else if (same(first.expected, second?.got))
      findings.add('entry-inserted', placeOf(first), `The entry at ${first.leaf} was put in; ${rest}.`);
    else findings.add('entry-changed', placeOf(first), `Entry ${first.leaf} is not the one that was signed; ${rest}.`);
  }
}

const placeOf = ({ leaf, stream, revision }: Difference): Place => ({ leaf, stream, revision });
const changed = (each: Difference, findings: Findings): void =>
  findings.add('entry-changed', placeOf(each), `Entry ${each.leaf} is not the one that was signed: at least one byte of it was changed.`); // prettier-ignore
