import { utf8 } from '#transparency-log/bytes';
import { kindOf } from './envelope.js';
import type { Claim, Report } from './report.js';
import { NOT_PROVEN } from './words.js';

/** The report for people. It follows from report.json alone, so that the verifier can write it again and compare. */

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, (letter) => ESCAPES[letter] ?? letter);
const said = (value: unknown): string => escape(typeof value === 'string' ? value : JSON.stringify(value));
const plain = (type: string): string => {
  const words = kindOf(type).replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const row = (name: string, value: string): string => `<dt>${name}</dt><dd>${value}</dd>`;

const section = (claim: Claim): string => {
  const words = Object.entries(claim.words).map(([pointer, value]) => row(`Words (${escape(pointer)})`, said(value)));
  return [
    `<section id="entry-${claim.leaf}"><h2>Entry ${claim.leaf}: ${escape(plain(claim.type))}</h2><dl>`,
    row('Happened', escape(claim.occurredAt)),
    row('Written down', escape(claim.recordedAt)),
    row('By', escape(claim.role)),
    ...words,
    row('About', escape(`${claim.stream}, number ${claim.rev}`)),
    row('In full', `<code>${said(claim.data)}</code>`),
    '</dl></section>',
  ].join('\n');
};

export const reportPage = ({ about, claims }: Report): Uint8Array =>
  utf8(
    [
      '<!doctype html>',
      '<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
      `<title>What the record says about ${escape(about)}</title>`,
      '<style>body{font:1.1rem/1.5 sans-serif;max-width:45rem;margin:1rem auto;padding:0 1rem;overflow-wrap:anywhere}',
      'dt{font-weight:bold}dd{margin:0 0 .5rem}</style></head><body><main>',
      `<h1>What the record says about ${escape(about)}</h1>`,
      '<p>Each part names the entry that it comes from. Check the bundle first: this page alone proves nothing.</p>',
      ...claims.map(section),
      '<h2>What is not proven</h2><ul>',
      ...NOT_PROVEN.map((line) => `<li>${escape(line)}</li>`),
      '</ul></main></body></html>',
      '',
    ].join('\n'),
  );
