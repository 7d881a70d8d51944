import type { Page } from 'playwright-core';

/** Runs in the browser: what in this page is markup that no template of ours writes. Reads it without running anything. */
export const FOREIGN_MARKUP = `(html) => {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const found = [];
  for (const element of page.querySelectorAll('*')) {
    const name = element.localName;
    if (/xss|iframe|object|embed|^base$|^style$|marquee|^frame|^math$|^animate|^template$|^image$/.test(name)) found.push('<' + name + '>');
    if (name === 'script' && !/^\\/assets\\//.test(element.getAttribute('src') ?? '')) found.push('<script>');
    if (name === 'link' && !/^\\/assets\\/|\\.atom$/.test(element.getAttribute('href') ?? '')) found.push('<link ' + element.getAttribute('href') + '>');
    if (name === 'meta' && element.hasAttribute('http-equiv')) found.push('<meta http-equiv>');
    for (const { name: attribute, value } of element.attributes) {
      if (/^on|^style$|^srcdoc$|xss/.test(attribute)) found.push(attribute + '=');
      if (/^(href|src|action|formaction|data|poster)$/.test(attribute) && /^[\\u0000-\\u0020]*(javascript|data|vbscript):|^\\/\\/|^https?:\\/\\/evil/i.test(value.replace(/[\\t\\r\\n]/g, ''))) found.push(attribute + '=' + value.slice(0, 40));
    }
  }
  return [...new Set(found)];
}`;

/** Told to the browser before any page: whatever runs, asks or breaks the policy leaves a trace. */
export const TRAPS = `
  window.traces = [];
  for (const name of ['alert', 'confirm', 'prompt']) window[name] = () => void window.traces.push(name);
  document.addEventListener('securitypolicyviolation', (event) => window.traces.push('policy: ' + event.violatedDirective + ' ' + event.blockedURI));
`;

/** What happened in a page that was really opened. */
export const tracesIn = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`[...window.traces, ...('xss' in window ? ['ran'] : [])]`);
