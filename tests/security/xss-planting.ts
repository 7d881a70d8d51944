import { encoded, kindOf, type Visitor, wellFilled } from '../http/form-filler.js';
import type { Field, HtmlForm } from '../http/html-forms.js';
import { XSS_CORPUS } from './xss-corpus.js';

const WORDS: readonly Field['kind'][] = ['text', 'textarea'];
/** Fields that take no words: a date, a time, a code. */
const NO_WORDS = /^(time|code|day|due|starts|givenOn|from|to|idempotencyKey|formToken)$|[dD]ate$|\.(day|due)$/;
/** Ends who somebody is, or hands the device on. */
const LEFT_ALONE = /^\/(sign-in|sign-out|my-view\/(leave|code)|statements\/ask|reading)/;

export interface Planted {
  /** Kinds of forms with the names of fields in which a string of the corpus was taken. */
  readonly taken: Set<string>;
  /** Pages that came back instead, with what was typed in them. */
  readonly returned: string[];
}

const wordFields = (form: HtmlForm): Field[] =>
  form.fields.filter(({ kind, name }) => WORDS.includes(kind) && !NO_WORDS.test(name));

/** Puts strings of the corpus into every field for words of every form that this person can reach. */
export const plant = async (visitor: Visitor, starts: readonly string[], within: RegExp, round: number, planted: Planted): Promise<void> => {
  let turn = round;
  const next = () => XSS_CORPUS[turn++ % XSS_CORPUS.length]!;
  for (const place of await visitor.forms(starts, within)) {
    if (LEFT_ALONE.test(place.action)) continue;
    const form = await visitor.fresh(place).catch(() => undefined);
    const fields = form ? wordFields(form) : [];
    if (!form || fields.length === 0) continue;
    const kind = kindOf(place.action);
    const send = async (poisoned: readonly Field[]): Promise<boolean> => {
      // Where there is room, all of them at once.
      const texts = poisoned.map(({ name, kind: as }) => [name, as === 'textarea' && round % 2 === 0 ? XSS_CORPUS.join('\n') : next()]);
      const body = { ...wellFilled(form), idempotencyKey: `${place.action} ${turn}`, ...(Object.fromEntries(texts) as Record<string, string>) };
      const { status, html } = await visitor.send(place.action, encoded(body));
      if (status !== 303) planted.returned.push(html);
      else for (const { name } of poisoned) planted.taken.add(`${kind} ${name}`);
      return status === 303;
    };
    if (!(await send(fields))) for (const field of fields.slice(0, 8)) await send([field]);
  }
}; // prettier-ignore
