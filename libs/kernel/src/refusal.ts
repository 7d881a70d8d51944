/**
 * A business rule said no. `code` is stable and machine-readable; `message` is for the person who asked, in plain
 * words that say what to do; `pointer` names the field (JSON pointer into the command) where there is one.
 */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly pointer = '',
    readonly kind: RefusalKind = 'rule',
  ) {
    super(message);
    this.name = 'Refusal';
  }
}

/** `rule` 422, `missing` 404 (also for what one may not know), `conflict` 409. */
export type RefusalKind = 'rule' | 'missing' | 'conflict';

/** Several fields were wrong at once: people should not have to find them one by one. */
export class Refusals extends Error {
  constructor(readonly all: readonly Refusal[]) {
    super(all.map((refusal) => refusal.message).join(' '));
    this.name = 'Refusals';
  }
}

export const refuse = (code: string, message: string, pointer?: string): Refusal => new Refusal(code, message, pointer);

export const missing = (what: string): Refusal =>
  new Refusal('not-found', `We cannot find that ${what}.`, '', 'missing');
