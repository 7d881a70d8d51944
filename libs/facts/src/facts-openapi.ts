import { CAPACITIES } from '#kernel/codes';
import { everyKind } from './every-kind.js';
import type { Control, FactFields, FactStep } from './fact-kind.js';

type Schema = Readonly<Record<string, unknown>>;

const schemaOf = (control: Control): Schema => {
  switch (control.as) {
    case 'line':
    case 'words':
      return { type: 'string', maxLength: control.max, ...(control.pattern && { pattern: control.pattern.source }) };
    case 'number':
      return { type: 'integer', minimum: control.min, maximum: control.max };
    case 'date':
      return { type: 'string', format: 'date' };
    case 'yes-no':
      return { type: 'boolean' };
    case 'one':
      return { type: 'string', enum: control.options.map(({ value }) => value) };
    case 'many':
      return { type: 'array', items: { type: 'string', enum: control.options.map(({ value }) => value) } };
    case 'counts':
      return {
        type: 'array',
        items: {
          type: 'object',
          required: [control.of, 'count'],
          properties: {
            [control.of]: {
              type: 'string',
              enum: control.of === 'capacity' ? CAPACITIES : control.options.map(({ value }) => value),
            },
            count: { type: 'integer', minimum: 0 },
          },
        },
      };
    case 'code':
      return { type: 'string', pattern: control.pattern.source };
    case 'list':
      return { type: 'array', maxItems: control.max, items: { type: 'string', maxLength: 500 } };
    case 'person':
    case 'thing':
      return { type: 'string', format: 'uuid' };
    case 'people':
      return { type: 'array', items: { type: 'string', format: 'uuid' } };
  }
};

const WHEN: Schema = {
  type: 'string',
  description: 'When it happened: a moment with its zone, or a day. Left out: now.',
};

const bodyOf = (fields: FactFields, first: Readonly<Record<string, Schema>>, firstRequired: readonly string[]): Schema => ({
  type: 'object',
  additionalProperties: false,
  required: [...firstRequired, ...Object.entries(fields).flatMap(([name, { missing }]) => (missing === undefined ? [] : [name]))],
  properties: {
    ...first,
    occurredAt: WHEN,
    ...Object.fromEntries(
      Object.entries(fields).map(([name, { control, label, hint }]) => [
        name,
        { ...schemaOf(control), description: [label, hint].filter(Boolean).join(' ') },
      ]),
    ),
  },
}); // prettier-ignore

const ANSWERS: Schema = {
  '201': { description: 'Recorded: { id, position }' },
  '400': { description: 'Some fields are not right (application/problem+json, a JSON pointer for each)' },
  '404': { description: 'It names something that is not there' },
  '422': { description: 'It breaks a rule (application/problem+json)' },
};

const operation = (step: FactStep, schema: Schema, parameters: readonly Schema[]): Schema => ({
  post: {
    tags: ['facts of the pledge'],
    summary: step.title,
    description: `Records ${step.event}.`,
    operationId: `record${step.event}`,
    parameters,
    security: [{ bearer: [] }],
    requestBody: { required: true, content: { 'application/json': { schema } } },
    responses: ANSWERS,
  },
});

const OWNER: Readonly<Record<string, Schema>> = {
  authority: { type: 'string', description: 'Code of the council' },
  team: { type: 'string', format: 'uuid', description: 'Id of the team' },
};
const ID: Schema = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } };

const MEND: Schema = {
  post: {
    tags: ['facts of the pledge'],
    summary: 'Mend an entry of a fact, or take it back',
    description:
      'Records EntryTakenBack and, in its place, the entry that `instead` holds (all fields of it). The old entry stays readable and no longer counts.',
    operationId: 'recordEntryTakenBack',
    parameters: [
      { name: 'kind', in: 'path', required: true, schema: { type: 'string' } },
      ID,
      { name: 'entry', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
    ],
    security: [{ bearer: [] }],
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: {
            type: 'object',
            additionalProperties: false,
            required: ['why'],
            properties: { why: { type: 'string', maxLength: 4000 }, instead: { type: 'object' } },
          },
        },
      },
    },
    responses: ANSWERS,
  },
};

/** Each kind of fact as programs may send it, from the same fields that check what was sent. */
export const factPaths = (): Readonly<Record<string, Schema>> =>
  Object.fromEntries([
    ['/api/v1/facts/{kind}/{id}/entries/{entry}/mended', MEND],
    ...everyKind.flatMap(({ code, birth, steps, needsTeam }) => [
      [
        `/api/v1/facts/${code}`,
        operation(birth, bodyOf(birth.fields, OWNER, needsTeam ? ['authority', 'team'] : ['authority']), []),
      ],
      ...steps.map((step) => [
        `/api/v1/facts/${code}/{id}/${step.code}`,
        operation(step, bodyOf(step.fields, {}, []), [ID]),
      ]),
    ]),
  ]) as Readonly<Record<string, Schema>>;
