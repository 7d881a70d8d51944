import { canonicalJson } from '#event-store/canonical-json';
import { toHex, utf8 } from '#transparency-log/bytes';
import { is, type Row, saidOf } from './row.js';

/** A file of the public test data of RFC 8785: what goes in, as text, and what must come out, as hex. */
export interface JsonVector {
  readonly name: string;
  readonly input: string;
  readonly hex: string;
}

export const judgeJson = async (vectors: readonly JsonVector[]): Promise<Row[]> =>
  Promise.all(
    vectors.map(async ({ name, input, hex }) =>
      is(name, await saidOf(() => toHex(utf8(canonicalJson(JSON.parse(input))))), hex),
    ),
  );
