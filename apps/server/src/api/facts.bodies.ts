import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { CommandContext } from '#event-store/recorder';
import type { NewFact } from '#facts/fact.commands';
import type { FactFields } from '#facts/fact-kind';
import { readFields } from '#facts/read-fields';
import { BadInput, problemsOf } from '../edge/bad-input.js';
import { when } from '../edge/when.js';
import { Code, Id, Instant, Text } from './fields.js';

class Happened {
  @Instant({ optional: true }) occurredAt?: string;
}

class Owned extends Happened {
  @Code({ missing: 'Choose a council.' }) authority: string;
  @Id({ optional: true }) team?: string;
}

class Mended {
  @Text(4_000, { missing: 'Say what was wrong.' }) why: string;
}

const split = <T extends object>(type: new () => T, names: readonly string[], body: unknown) => {
  const all = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const own = Object.entries(all).filter(([name]) => names.includes(name));
  const rest = Object.entries(all).filter(([name]) => !names.includes(name));
  const head = plainToInstance(type, Object.fromEntries(own), { exposeUnsetFields: false });
  return { head, rest: Object.fromEntries(rest), problems: problemsOf(validateSync(head)) };
};

/** What a program sent about something new. @throws BadInput with a pointer to every wrong field */
export const readNewFact = (fields: FactFields, body: unknown, context: CommandContext) => {
  const { head, rest, problems } = split(Owned, ['authority', 'team', 'occurredAt'], body);
  const read = readFields(fields, rest);
  const all = [...problems, ...('problems' in read ? read.problems : [])];
  if (all.length > 0 || !('data' in read)) throw new BadInput(all);
  const { authority, team, occurredAt } = head;
  const fact: NewFact = { authority, ...(team !== undefined && { team }), data: read.data };
  return { fact, context: { ...context, ...when(occurredAt, context) } };
};

/** What a program sent about what came next. @throws BadInput */
export const readNextFact = (fields: FactFields, body: unknown, context: CommandContext) => {
  const { head, rest, problems } = split(Happened, ['occurredAt'], body);
  const read = readFields(fields, rest);
  const all = [...problems, ...('problems' in read ? read.problems : [])];
  if (all.length > 0 || !('data' in read)) throw new BadInput(all);
  return { data: read.data, context: { ...context, ...when(head.occurredAt, context) } };
};

/** What a program sent about an entry that was wrong; `instead` holds what is right, all of it. @throws BadInput */
export const readMending = (fields: FactFields, body: unknown, context: CommandContext) => {
  const { head, rest, problems } = split(Mended, ['why'], body);
  const { instead, ...strange } = rest;
  const all = [...problems, ...strangers(strange)];
  if (all.length > 0) throw new BadInput(all);
  if (instead === undefined) return { mend: { why: head.why }, context };
  const next = readNextFact(fields, instead, context);
  return { mend: { why: head.why, data: next.data }, context: next.context };
};

const strangers = (rest: Readonly<Record<string, unknown>>) => {
  const read = readFields({}, rest);
  return 'problems' in read ? read.problems : [];
};
