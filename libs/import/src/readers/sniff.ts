const CANDIDATES = [',', ';', '\t', '|'];

/** Records of a sample as if `delimiter` were right: how many delimiters stand outside quotes in each. */
const countsFor = (sample: string, delimiter: string): readonly number[] => {
  const counts: number[] = [];
  let quoted = false;
  let count = 0;
  let atCellStart = true;
  for (const character of sample) {
    if (character === '"' && (quoted || atCellStart)) quoted = !quoted;
    else if (!quoted && character === delimiter) count++;
    else if (!quoted && character === '\n') {
      counts.push(count);
      count = 0;
    }
    // After a closing quote a second quote reopens: a doubled quote inside a cell.
    atCellStart = !quoted && (character === delimiter || character === '\n' || character === '"');
  }
  return counts.length > 0 ? counts : [count];
};

/**
 * The delimiter of a CSV file from its first rows: the one that gives rows of the same width as the header, in most rows.
 * A file of one column has none; the comma is as good as any.
 */
export const sniffDelimiter = (sample: string, headerRow = 1): string => {
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of CANDIDATES) {
    const counts = countsFor(sample, delimiter).slice(headerRow - 1);
    const header = counts[0] ?? 0;
    if (header === 0) continue;
    const same = counts.filter((count) => count === header).length / counts.length;
    const score = same * 10 + Math.min(header, 20) / 20;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
};

export const sniffLineEnd = (sample: string): readonly string[] => (sample.includes('\n') ? ['\r\n', '\n'] : ['\r']);
