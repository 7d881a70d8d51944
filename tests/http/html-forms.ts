/** A field as a browser would send it: what stands in it, and what else could be chosen. */
export interface Field {
  readonly name: string;
  readonly kind: 'text' | 'date' | 'number' | 'textarea' | 'choice' | 'button' | 'tick' | 'hidden' | 'file';
  readonly value: string;
  readonly options: readonly string[];
}

export interface HtmlForm {
  readonly action: string;
  readonly fields: readonly Field[];
}

const decoded = (text: string): string =>
  text.replace(/&(?:amp|lt|gt|quot|#39|#x27|#x3D);/g, (each) => ENTITIES[each] ?? each);
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#x27;': "'",
  '&#x3D;': '=',
};

const attributes = (tag: string): Record<string, string> =>
  Object.fromEntries<string>(
    [...tag.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [name, decoded(value)]),
  );

const KINDS: Readonly<Record<string, Field['kind']>> = {
  radio: 'choice',
  checkbox: 'tick',
  hidden: 'hidden',
  file: 'file',
  date: 'date',
};

/** The forms in a page of ours that change something. Reads our own templates' HTML, not any HTML. */
export const formsIn = (html: string): HtmlForm[] => {
  const main = html.slice(html.indexOf('<main'));
  return [...main.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)].flatMap(([, head = '', inner = '']) => {
    const { method, action = '' } = attributes(head);
    return method === 'post' ? [{ action, fields: fieldsIn(inner) }] : [];
  });
};

const fieldsIn = (inner: string): Field[] => {
  const found = new Map<string, Field>();
  const tags =
    /<(input|button)([^>]*)>|<textarea([^>]*)>\n?([\s\S]*?)<\/textarea>|<select([^>]*)>([\s\S]*?)<\/select>/g;
  for (const [, tag, plain, area, words, select, options] of inner.matchAll(tags)) {
    const its = attributes(plain ?? area ?? select ?? '');
    if (!its['name']) continue;
    const values = [...(options ?? '').matchAll(/<option([^>]*)>/g)].map(([, each]) => attributes(each ?? ''));
    const kind = tag === 'button' ? 'button' : area !== undefined ? 'textarea' : select !== undefined ? 'choice' : (KINDS[its['type'] ?? ''] ?? (its['inputmode'] === 'numeric' ? 'number' : 'text')); // prettier-ignore
    const before = found.get(its['name']);
    const isOne = kind === 'button' || (kind === 'choice' && select === undefined);
    const isSet = isOne || kind === 'tick' ? 'checked' in its : true;
    const chosen = values.find((each) => 'selected' in each)?.['value'] ?? values[0]?.['value'];
    found.set(its['name'], {
      name: its['name'],
      kind,
      value: isSet
        ? (chosen ?? (area === undefined ? (its['value'] ?? '') : decoded(words ?? '')))
        : (before?.value ?? ''),
      options: [
        ...(before?.options ?? []),
        ...(select === undefined ? [its['value'] ?? ''] : values.map((each) => each['value'] ?? '')),
      ],
    });
  }
  return [...found.values()];
};
