import { HttpException } from '@nestjs/common';
import { AppendTooLarge, RevisionConflict, StoreUnavailable } from '#event-store/event-store';
import { Refusal, Refusals } from '#kernel/refusal';
import { StaleRecord } from '#vault/vault-records';
import { BadInput, type FieldProblem } from './bad-input.js';
import { FormNotOurs } from './own-forms.js';

/** RFC 9457. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors: readonly FieldProblem[];
}

/** A form of ours whose token counts no more. */
export const OLD_FORM = 'old-form';

const STATUS_OF = { rule: 422, missing: 404, conflict: 409 } as const;

const TITLES: Readonly<Record<number, string>> = {
  400: 'Some of this cannot be read',
  401: 'Sign in first',
  403: 'You may not do this',
  404: 'Not found',
  405: 'This cannot be done here',
  409: 'Somebody else changed this',
  413: 'Too large',
  415: 'This kind of content is not taken',
  422: 'This breaks a rule',
  429: 'Too many tries',
  503: 'Not available just now',
};

/** What went wrong, in words for the person who asked. Faults of ours say nothing of what was in the request. */
export const problemOf = (error: unknown): Problem => {
  if (error instanceof BadInput)
    return problem(400, 'Check the fields that are named and send it again.', error.problems);
  if (error instanceof Refusal) return problem(STATUS_OF[error.kind], error.message, [fieldOf(error)]);
  if (error instanceof Refusals)
    return problem(422, 'Check the fields that are named and send it again.', error.all.map(fieldOf));
  if (error instanceof StaleRecord)
    return problem(409, 'Somebody else changed this while you were typing. Look at both versions and save again.');
  if (error instanceof RevisionConflict)
    return problem(409, 'Somebody else changed this at the same time. Send it again.');
  if (error instanceof AppendTooLarge)
    return problem(413, `This is too much for one entry: ${error.bytes} bytes. The limit is ${error.limit}.`);
  if (error instanceof StoreUnavailable)
    return problem(503, 'We could not save this just now. Send the same again: it will not be recorded twice.');
  if (error instanceof FormNotOurs)
    return problem(
      403,
      error.message,
      error.isFromHere ? [{ pointer: '/', code: OLD_FORM, detail: error.message }] : [],
    );
  if (error instanceof HttpException) return problem(error.getStatus(), messageOf(error));
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  if (status === 413) return problem(413, 'This is too large. The limit is 1 MB for words.');
  if (status === 415) return problem(415, 'Send application/json.');
  if (typeof status === 'number' && status >= 400 && status < 500)
    return problem(status, (error as { detail?: string }).detail ?? 'The request cannot be read.');
  return problem(500, 'Sorry. Something is wrong here. What you saved is safe. Try again later.');
};

const problem = (status: number, detail: string, errors: readonly FieldProblem[] = []): Problem => ({
  type: 'about:blank',
  title: TITLES[status] ?? (status >= 500 ? 'Something is wrong here' : 'This did not work'),
  status,
  detail,
  errors,
});

const fieldOf = ({ pointer, code, message }: Refusal): FieldProblem => ({ pointer, code, detail: message });

const messageOf = (error: HttpException): string => {
  const status = error.getStatus();
  if (status === 404) return 'There is nothing at this address.';
  if (status === 403 && error.message === 'Forbidden') return 'You cannot do this here.';
  return error.message;
};
