import type { Decided } from '#kernel/aggregate';
import { Refusal, Refusals } from '#kernel/refusal';
import { audit, type Audit } from './audit.js';
import type { AuditEvent } from './audit.events.js';

/** Several rules, each over what the one before came to; whatever is wrong is named at once. */
export const inTurn = (state: Audit, rules: readonly ((now: Audit) => Decided<AuditEvent>)[]): Decided<AuditEvent> => {
  const events: AuditEvent[] = [];
  const problems: Refusal[] = [];
  let now = state;
  for (const rule of rules) {
    const decided = rule(now);
    if (decided instanceof Refusal) problems.push(decided);
    else if (decided instanceof Refusals) problems.push(...decided.all);
    else {
      events.push(...decided);
      now = decided.reduce((before, event) => audit.evolve(before, event, { occurredAt: '', recordedAt: '' }), now);
    }
  }
  // What follows from a finding that was refused is refused for that alone: it is no second mistake of the officer.
  const own = problems.filter(({ kind }, at) => at === 0 || kind === 'rule');
  return own.length > 0 ? (own.length === 1 && own[0] ? own[0] : new Refusals(own)) : events;
};
