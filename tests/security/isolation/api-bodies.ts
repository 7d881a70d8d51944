import { day } from '../../http/bodies.js';
import type { Canaries } from './canaries.js';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maxLength?: number;
}

export interface ApiDescription {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> } }>>>>; // prettier-ignore
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** What the fields of a body refer to, by their names: a team, a meeting, a view … */
export type Named = Readonly<Record<string, string>>;

/**
 * Bodies that the API's own description allows, with a word of its own in every text. With every field, then with only
 * those that must be there: rules beyond the description refuse some.
 */
export const bodiesOf = (api: ApiDescription, path: string, where: string, canaries: Canaries, named: Named): object[] => {
  const schema = api.paths[path]?.['post']?.requestBody?.content?.['application/json']?.schema;
  if (!schema) return [{}];
  const fill = (each: Schema, name: string, at: string, all: boolean): unknown => {
    const known = named[name];
    if (each.$ref) return fill(api.components.schemas[each.$ref.split('/').at(-1) ?? ''] ?? {}, name, at, all);
    if (each.allOf?.[0]) return fill(each.allOf[0], name, at, all);
    if (each.properties)
      return Object.fromEntries(
        Object.entries(each.properties)
          .filter(([key]) => all || each.required?.includes(key))
          .map(([key, member]) => [key, fill(member, key, `${at} ${key}`, all)]),
      );
    if (known !== undefined) return known;
    if (each.type === 'array') return [fill(each.items ?? {}, name, at, all)];
    if (each.enum) return each.enum[0];
    if (each.format === 'date') return day(90);
    if (each.format === 'date-time') return new Date(Date.now() - 3_600_000).toISOString();
    if (each.type === 'integer' || each.type === 'number') return Math.max(each.minimum ?? 1, 1);
    if (each.type === 'boolean') return true;
    if (each.pattern !== undefined) return 'plain';
    return canaries.in(at).slice(0, each.maxLength);
  };
  return [true, false].map((all) => fill(schema, '', where, all) as object);
}; // prettier-ignore
