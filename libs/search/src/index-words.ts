import { parseSealedRef } from '#event-store/leaf';
import type { Opener } from '#projections/projection';
import type { Rows } from '#projections/rows';
import { facet } from './search-kinds.js';

interface Entry {
  readonly kind: string;
  readonly authority: string;
  readonly title: string | null;
  readonly words: string;
  readonly may_show: number;
  readonly hidden: number;
  readonly withdrawn: number;
  readonly hidden_with: string | null;
}

/** The marks that highlighting puts around a hit; no words keep them. */
export const [HIT, END] = ['\u0002', '\u0003'];
const CONTROLS = /[\u0000-\u0008\u000b-\u001f]/g;

/** Takes the words of an entry out of the index; the entry stays. */
export const forget = (rows: Rows, n: number): void => {
  rows.run('DELETE FROM search_text WHERE rowid = ?', n);
  rows.run('DELETE FROM search_key WHERE n = ?', n);
};

/** Puts in what may be public now and can still be opened: what was erased is not there, however the index is built. */
export const indexWords = (rows: Rows, n: number, opener: Opener): void => {
  const entry = rows.get<Entry>('SELECT * FROM search_entry WHERE n = ?', n);
  if (!entry || !entry.may_show || entry.hidden || entry.withdrawn || entry.hidden_with !== null) return;
  const refs = JSON.parse(entry.words) as readonly string[];
  const opened = refs.flatMap((ref) => {
    const text = opener(ref);
    return typeof text === 'string' ? [{ ref, text }] : [];
  });
  const [first, ...rest] = [...(entry.title === null ? [] : [entry.title]), ...opened.map(({ text }) => text)].map(
    (text) => text.replace(CONTROLS, ' '),
  );
  if (first === undefined) return;
  const facets = `${facet('kind', entry.kind)} ${facet('authority', entry.authority)}`;
  rows.run(
    'INSERT INTO search_text (rowid, title, body, facets) VALUES (?, ?, ?, ?)',
    n,
    first,
    rest.join('\n'),
    facets,
  );
  for (const { ref } of opened)
    rows.run('INSERT INTO search_key VALUES (?, ?) ON CONFLICT DO NOTHING', parseSealedRef(ref).kid, n);
};
