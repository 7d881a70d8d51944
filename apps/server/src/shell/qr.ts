import { generate } from 'lean-qr';

export interface QrSymbol {
  /** Modules a side, with the quiet zone of four that readers need. */
  readonly size: number;
  /** An SVG path of dark squares, one unit each. */
  readonly path: string;
}

const QUIET = 4;

/** A QR symbol as a path, so that templates draw it without marking anything as safe. */
export const qrSymbol = (text: string): QrSymbol => {
  const code = generate(text);
  const runs: string[] = [];
  for (let y = 0; y < code.size; y++)
    for (let x = 0; x < code.size; x++) {
      if (!code.get(x, y)) continue;
      const from = x;
      while (code.get(x + 1, y)) x++;
      runs.push(`M${from + QUIET} ${y + QUIET}h${x - from + 1}v1h-${x - from + 1}z`);
    }
  return { size: code.size + 2 * QUIET, path: runs.join('') };
};
