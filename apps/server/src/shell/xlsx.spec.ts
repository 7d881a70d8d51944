import { crc32 } from 'node:zlib';
import { xlsxBytes } from './xlsx.js';

/** What lies in a ZIP file that packs nothing, read from its end as a spreadsheet program reads it. */
const partsOf = (zip: Buffer): Readonly<Record<string, string>> => {
  const end = zip.length - 22;
  const parts: Record<string, string> = {};
  for (let n = 0, at = zip.readUInt32LE(end + 16); n < zip.readUInt16LE(end + 10); n++) {
    const [crc, size, name, from] = [zip.readUInt32LE(at + 16), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt32LE(at + 42)]; // prettier-ignore
    const start = from + 30 + zip.readUInt16LE(from + 26);
    const bytes = zip.subarray(start, start + size);
    expect(crc32(bytes)).toBe(crc);
    parts[zip.toString('utf8', at + 46, at + 46 + name)] = bytes.toString('utf8');
    at += 46 + name;
  }
  return parts;
};

describe('a workbook', () => {
  const sheetOf = (rows: Parameters<typeof xlsxBytes>[1]): string =>
    partsOf(xlsxBytes('Promises & more', rows))['xl/worksheets/sheet1.xml'] ?? '';

  it('has the five parts that make one', () => {
    const parts = partsOf(xlsxBytes('Promises & more', [['a']]));
    expect(Object.keys(parts)).toEqual(['[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml', 'xl/_rels/workbook.xml.rels', 'xl/worksheets/sheet1.xml']); // prettier-ignore
    expect(parts['xl/workbook.xml']).toContain('name="Promises &amp; more"');
  });

  it('has no formula, whatever a text begins with', () => {
    const sheet = sheetOf([['=1+1', '@x', '+44', '-2', -2]]);
    expect(sheet).not.toMatch(/<f[ >]/);
    expect(sheet).toContain('<c r="A1" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>');
    expect(sheet).toContain('<c r="E1"><v>-2</v></c>');
  });

  it('names columns past Z, leaves empty cells out, and holds no character that XML cannot', () => {
    const sheet = sheetOf([[...Array.from({ length: 27 }, () => null), 'a\u0000<b>\u0007"c"\uD800', '']]);
    expect(sheet).toContain('<row r="1"><c r="AB1" t="inlineStr"><is><t xml:space="preserve">a&lt;b&gt;&quot;c&quot;\uFFFD</t></is></c></row>'); // prettier-ignore
  });
});
