import { crc32 } from 'node:zlib';
import { centralHeader, endRecord, localHeader, type ZipEntry } from '#verifier/zip-format';
import type { Cell } from './csv.js';

/**
 * A workbook with one sheet (ECMA-376, Office Open XML), its headings in the first row. Every text is an inline string:
 * no cell is a formula, whatever it begins with. Why this is written here: docs/adr/0033-a-spreadsheet-of-our-own.md.
 */
export const xlsxBytes = (sheet: string, rows: readonly (readonly Cell[])[]): Buffer => {
  const files = [
    ['[Content_Types].xml', CONTENT_TYPES],
    ['_rels/.rels', RELATIONS('officeDocument', 'xl/workbook.xml')],
    ['xl/workbook.xml', workbook(sheet)],
    ['xl/_rels/workbook.xml.rels', RELATIONS('worksheet', 'worksheets/sheet1.xml')],
    ['xl/worksheets/sheet1.xml', worksheet(rows)],
  ] as const;
  return zipped(files.map(([path, text]) => ({ path, bytes: Buffer.from(`${HEAD}${text}`, 'utf8') })));
};

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const CONTENT_TYPES = `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/></Types>`;

const RELATIONS = (type: string, target: string): string =>
  `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${DOCUMENT}/${type}" Target="${target}"/></Relationships>`;

const workbook = (sheet: string): string =>
  `<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><sheets><sheet name="${escaped(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>`;

const worksheet = (rows: readonly (readonly Cell[])[]): string =>
  `<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>${rows
    .map((cells, at) => `<row r="${at + 1}">${cells.map((cell, column) => cellOf(cell, column, at + 1)).join('')}</row>`)
    .join('')}</sheetData></worksheet>`; // prettier-ignore

const cellOf = (cell: Cell, column: number, row: number): string => {
  if (cell === null || cell === '') return '';
  const at = `${columnName(column)}${row}`;
  return typeof cell === 'number'
    ? `<c r="${at}"><v>${cell}</v></c>`
    : `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell.slice(0, MOST_IN_A_CELL))}</t></is></c>`;
};

/** What Excel takes in one cell. Longer texts are cut here; the CSV and the JSON have them whole. */
const MOST_IN_A_CELL = 32_767;

const columnName = (index: number): string =>
  index < 26 ? String.fromCharCode(65 + index) : columnName(Math.floor(index / 26) - 1) + columnName(index % 26);

/** Characters that XML 1.0 cannot hold are left out. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;');

const zipped = (files: readonly { readonly path: string; readonly bytes: Buffer }[]): Buffer => {
  const entries: ZipEntry[] = [];
  const pieces: Uint8Array[] = [];
  let offset = 0;
  for (const { path, bytes } of files) {
    const entry = { path, size: bytes.length, crc: crc32(bytes), offset };
    const header = localHeader(entry);
    entries.push(entry);
    pieces.push(header, bytes);
    offset += header.length + bytes.length;
  }
  const directory = entries.map(centralHeader);
  const length = directory.reduce((sum, each) => sum + each.length, 0);
  return Buffer.concat([...pieces, ...directory, endRecord(entries.length, length, offset)]);
};
