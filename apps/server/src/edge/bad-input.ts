import { BadRequestException, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';

export interface FieldProblem {
  /** JSON pointer into the body (RFC 6901). */
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

export class BadInput extends BadRequestException {
  constructor(readonly problems: readonly FieldProblem[]) {
    super('Some fields are not right.');
  }
}

/** What class-validator found, one problem a field. */
export const problemsOf = (errors: readonly ValidationError[], at = ''): FieldProblem[] =>
  errors.flatMap((error) => {
    const pointer = `${at}/${error.property}`;
    const own = Object.entries(error.constraints ?? {}).map(([code, detail]) => ({ pointer, code, detail }));
    // One problem a field at a time: the first that was declared is the one to mend first.
    return [...own.slice(-1), ...problemsOf(error.children ?? [], pointer)];
  });

/** Bodies are class-validator classes; what they do not name is refused, and every problem is told at once. */
export const strictBodies = (): ValidationPipe =>
  new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    exceptionFactory: (errors) => new BadInput(problemsOf(errors)),
  });
