import { decodeEntities } from './entities.js';

/** What a mapping can ask for before a text is used. Nothing of it happens unasked: words are kept to the letter. */
export const CLEANING = {
  trim: (text: string) => text.trim(),
  'collapse-spaces': (text: string) => text.replace(/\s+/gu, ' ').trim(),
  'unix-lines': (text: string) => text.replace(/\r\n?/g, '\n'),
  'decode-entities': decodeEntities,
  'html-to-text': (text: string) => htmlToText(text),
  'remove-control-characters': (text: string) =>
    // Line breaks and tabs are text; the rest of C0 and C1 is not.
    text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, ''),
  'to-code': (text: string) =>
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/['’]/g, '')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, ''),
  'normalise-unicode': (text: string) => text.normalize('NFC'),
} as const satisfies Record<string, (text: string) => string>;

export type CleanStep = keyof typeof CLEANING;
export const CLEAN_STEPS = Object.keys(CLEANING) as CleanStep[];

export const clean = (text: string, steps: readonly CleanStep[]): string =>
  steps.reduce((cleaned, step) => CLEANING[step](cleaned), text);

const BREAKS = new Set([
  'br',
  'p',
  'div',
  'li',
  'ul',
  'ol',
  'tr',
  'table',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'blockquote',
  'section',
  'article',
  'hr',
]);
const SILENT = new Set(['script', 'style', 'head', 'title', 'template']);

/**
 * The words of a piece of markup: tags go, paragraphs and line breaks stay as line breaks, list items get a dash, and a
 * link keeps its address. One pass from left to right, so it takes time in proportion to the text.
 */
const htmlToText = (html: string): string => {
  let text = '';
  let silent: string | null = null;
  let href: string | null = null;
  let linkFrom = 0;
  for (let at = 0; at < html.length;) {
    const open = html.indexOf('<', at);
    if (open < 0 || !/[A-Za-z/!?]/.test(html.charAt(open + 1))) {
      // A lone "<" is a character that someone wrote ("ages < 18").
      const to = open < 0 ? html.length : open + 1;
      if (!silent) text += html.slice(at, to);
      at = to;
      continue;
    }
    if (!silent) text += html.slice(at, open);
    const close = html.startsWith('<!--', open) ? html.indexOf('-->', open) + 2 : html.indexOf('>', open);
    if (close < open + 1) {
      if (!silent) text += html.slice(open);
      break;
    }
    const tag = html.slice(open + 1, close);
    at = close + 1;
    const name = /^\/?([A-Za-z][A-Za-z0-9]*)/.exec(tag)?.[1]?.toLowerCase() ?? '';
    const closing = tag.startsWith('/');
    if (silent) {
      if (closing && name === silent) silent = null;
    } else if (SILENT.has(name) && !closing) silent = tag.endsWith('/') ? null : name;
    else if (name === 'a') {
      if (!closing)
        [href, linkFrom] = [
          /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(tag)?.slice(1).find(Boolean) ?? null,
          text.length,
        ];
      else if (href && /^https?:/.test(href) && !text.slice(linkFrom).includes(href)) text += ` (${href})`;
      if (closing) href = null;
    } else if (name === 'li' && !closing) text += '\n- ';
    else if (name === 'p' || /^h\d$/.test(name)) text += '\n\n';
    else if (BREAKS.has(name)) text += '\n';
  }
  return decodeEntities(text)
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
};
