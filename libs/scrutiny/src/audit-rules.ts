import type { Decided } from '#kernel/aggregate';
import { personal } from '#kernel/personal';
import { missing, Refusal, Refusals, refuse } from '#kernel/refusal';
import { isDay } from '#kernel/time';
import type { Audit } from './audit.js';
import { type AuditEvent, type FindingCode, FINDINGS, METHOD, type Sampled, type Subject } from './audit.events.js';
import type { SampleFilter } from './sampling.js';

export interface NewAudit {
  readonly authority?: string;
  readonly title: string;
  /** The scrutiny body. */
  readonly body: string;
}

export const openAudit = (state: Audit, id: string, { authority, title, body }: NewAudit): Decided<AuditEvent> => {
  if (state.exists) return refuse('already-recorded', 'This audit is already recorded. We did not record it twice.');
  const problems = [
    ...(title.trim() ? [] : [new Refusal('title-missing', 'Say what you look at.', '/title')]),
    ...(body.trim() ? [] : [new Refusal('body-missing', 'Enter the name of the scrutiny body.', '/body')]),
  ];
  if (problems.length > 0) return new Refusals(problems);
  return [{ type: 'AuditOpened', data: { ...(authority && { authority }), title: personal(id, title), body: personal(id, body) } }]; // prettier-ignore
};

/** Most that a person would look through one by one; more is a list, not a sample. */
export const LARGEST_SAMPLE = 500;

export interface NewSample {
  readonly sample: string;
  readonly seed: string;
  readonly of: Sampled;
  readonly filter: SampleFilter;
  readonly asked: number;
  readonly population: number;
  readonly position: string;
  readonly day: string;
  readonly ids: readonly string[];
}

export const drawSample = (state: Audit, given: NewSample): Decided<AuditEvent> => {
  const no = open(state);
  if (no) return no;
  if (!Number.isSafeInteger(given.asked) || given.asked < 1 || given.asked > LARGEST_SAMPLE)
    return refuse('asked-wrong', `Choose how many: a whole number from 1 to ${LARGEST_SAMPLE}.`, '/asked');
  if (!/^[0-9a-f]{64}$/.test(given.seed)) return refuse('seed-wrong', 'A seed is 64 hexadecimal digits.', '/seed');
  if (given.population === 0)
    return refuse('nothing-to-draw', 'Nothing in the record fits this choice. There is nothing to draw from.');
  if (state.about.authority !== undefined && given.filter.authority !== state.about.authority)
    return refuse('other-council', 'This audit is of one council. Draw from what that council promised.', '/authority');
  return [{ type: 'SampleDrawn', data: { method: METHOD, ...given } }];
};

export interface NewFinding {
  readonly finding: string;
  readonly about: Subject;
  readonly thing: string;
  readonly authority: string;
  readonly found: string;
  readonly reason: string;
  readonly nextCheck?: string;
}

/** What an officer found of one thing. It is recorded at once; it is published when the scrutiny body decides. */
export const recordFinding = (state: Audit, id: string, given: NewFinding, today: string): Decided<AuditEvent> => {
  const no = open(state);
  if (no) return no;
  if (state.about.authority !== undefined && given.authority !== state.about.authority)
    return refuse('other-council', 'This audit is of another council.', '/audit');
  const problems: Refusal[] = [];
  if (!isFinding(given.found)) problems.push(new Refusal('found-missing', 'Choose what you found.', '/found'));
  if (!given.reason.trim()) problems.push(new Refusal('reason-missing', 'Say why you found this.', '/reason'));
  if (given.nextCheck !== undefined && !(isDay(given.nextCheck) && given.nextCheck >= today))
    problems.push(new Refusal('date-past', 'The next check must be a date: today or after today.', '/nextCheck'));
  if (problems.length > 0) return new Refusals(problems);
  const { found, reason, ...rest } = given;
  return [{ type: 'AuditFinding', data: { ...rest, found: personal(id, found), reason: personal(id, reason) } }];
};

export const isFinding = (code: string): code is FindingCode => FINDINGS.some((each) => each === code);

/** @param found what the officer found, as the sealed entry says it: only a published finding says it in clear. */
export const publishFinding = (
  state: Audit,
  id: string,
  given: { readonly finding: string; readonly found: FindingCode; readonly decidedBy: string },
): Decided<AuditEvent> => {
  const known = state.exists ? state.findings[given.finding] : undefined;
  if (!known) return missing('finding');
  if (known.isPublished) return [];
  if (!given.decidedBy.trim())
    return refuse('body-missing', 'Say which body decided to publish it, and when.', '/decidedBy');
  return [{ type: 'FindingPublished', data: { ...given, decidedBy: personal(id, given.decidedBy) } }];
};

export const closeAudit = (state: Audit, id: string, words: string): Decided<AuditEvent> => {
  if (!state.exists) return missing('audit');
  if (state.isClosed) return [];
  return [{ type: 'AuditClosed', data: words.trim() ? { words: personal(id, words) } : {} }];
};

/** New work needs an open audit; answers to what it recommended may come for years. */
export const open = (state: Audit): Refusal | undefined =>
  !state.exists
    ? missing('audit')
    : state.isClosed
      ? refuse('closed', 'This audit is closed. Open a new one for more work.', '/audit')
      : undefined;
