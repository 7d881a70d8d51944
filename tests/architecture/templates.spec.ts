import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** What keeps a person's words from ever becoming markup, and our pages from looking like somebody else's. */
const root = join(import.meta.dirname, '../../apps/server/src');
const templates = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.njk'))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({ path: relative(root, path), text: readFileSync(path, 'utf8').replace(/\{#[\s\S]*?#\}/g, '') }));

const RULES: readonly (readonly [name: string, breach: RegExp, sample: string])[] = [
  ['marks nothing as safe', /\|\s*safe\b|SafeString|autoescape/, '{{ words | safe }}'],
  [
    'gives macros text, or markup that stands in the template',
    /\bhtml['"]?\s*:\s*(?!['"])/,
    'govukInsetText({ html: words })',
  ],
  [
    'has no style, script or handler of its own: the policy would block it',
    /\sstyle\s*=|<script(?![^>]*\ssrc=)|<style|\son[a-z]+\s*=\s*["']/i,
    '<p style="x">',
  ],
  ['leads to no javascript: address', /javascript:/i, '<a href="javascript:x">'],
  ['writes every attribute in quotes', /<[a-z][^>{]*\s[a-z-]+=\{\{/i, '<a href={{ x }}>'],
  [
    'does not look like central government',
    /\bcrown\b|GOV\.UK|govuk-(logo|icon)|govukHeader|govukFooter/i,
    '<svg class="govuk-logo">',
  ],
  ['posts forms only to ourselves', /<form[^>]*action=["'](?!\/|\{\{)/i, '<form action="https://x">'],
  ['opens no window that the reader did not ask for', /target=["']_blank/i, '<a target="_blank">'],
];

describe('templates', () => {
  it('are there', () => expect(templates.length).toBeGreaterThan(5));

  it.each(RULES)('%s', (_, breach, sample) => {
    expect(sample).toMatch(breach);
    expect(templates.filter(({ text }) => breach.test(text)).map(({ path }) => path)).toEqual([]);
  });
});
