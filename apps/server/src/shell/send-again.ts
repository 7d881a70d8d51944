import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { KEY_FIELD } from '../edge/command-context.js';
import { TOKEN_FIELD } from '../edge/form-tokens.js';
import { isFromHere } from '../edge/own-forms.js';
import { OLD_FORM } from '../edge/problem.js';
import { flatten } from './form-view.js';

/** A form that could not be saved, ready to be sent again with everything that was typed. */
export interface SendAgain {
  readonly action: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  /** What a person will recognise as theirs: shown, so that they can copy it. */
  readonly words: readonly string[];
}

/** Put in by our own pages, and anew by the page that comes back. */
const OURS: readonly string[] = [KEY_FIELD, TOKEN_FIELD];
/** It was not the form's fault: what was asked may be asked again just so. */
const MAY_BE_SENT_AGAIN = new Set([401, 409, 429, 500, 503]);
/** The key of this form was used with other words: these are a wish of their own and need a key of their own. */
export const KEY_REUSED = 'key-reused';

/**
 * The form behind a failed request. An unknown outcome keeps its key, so that sending it again cannot record it twice.
 * Files cannot be given back; whoever chose one chooses it again.
 */
export const sendAgain = (request: FastifyRequest, status: number, codes: readonly string[]): SendAgain | undefined => {
  const isReused = codes.includes(KEY_REUSED);
  const { body } = request;
  // Somebody else's words must not stand on a page of ours with a button under them.
  if (!isFromHere(request)) return undefined;
  if (request.method !== 'POST' || typeof body !== 'object' || body === null) return undefined;
  if (!isReused && !codes.includes(OLD_FORM) && !MAY_BE_SENT_AGAIN.has(status)) return undefined;
  const typed = Object.entries(flatten(body)).flatMap(([name, value]) =>
    (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((each) =>
      typeof each === 'string' && each !== '' && !OURS.includes(name) ? [{ name, value: each }] : [],
    ),
  );
  const key = (body as Record<string, unknown>)[KEY_FIELD];
  const again = isReused || typeof key !== 'string' ? randomUUID() : key;
  return {
    action: request.url.split('?')[0] ?? '/',
    fields: [...typed, { name: KEY_FIELD, value: again }],
    words: typed.map(({ value }) => value).filter((value) => /\s/.test(value.trim())),
  };
};
