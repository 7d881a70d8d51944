import { kindOf, Visitor } from '../http/form-filler.js';
import { routesOf } from '../http/every-route.js';
import { formsIn } from '../http/html-forms.js';
import type { TestServer } from '../http/server.js';

/** Somewhere a request can be sent, and what it takes there. */
export interface Place {
  readonly method: string;
  /** With `:id` for what is put in. */
  readonly path: string;
  readonly query: readonly string[];
  /** JSON schemas by name. */
  readonly fields: Readonly<Record<string, unknown>>;
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: unknown }>> };
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

const withoutRefs = (schema: unknown, document: Document, depth = 0): unknown => {
  if (typeof schema !== 'object' || schema === null || depth > 8) return schema;
  const { $ref } = schema as { $ref?: string };
  if ($ref) return withoutRefs(document.components.schemas[$ref.split('/').at(-1) ?? ''], document, depth + 1);
  return Array.isArray(schema)
    ? schema
    : Object.fromEntries(Object.entries(schema).map(([key, each]) => [key, withoutRefs(each, document, depth + 1)]));
};

/** What the OpenAPI says can be sent. */
const fromOpenApi = async (url: string): Promise<Place[]> => {
  const document = (await (await fetch(`${url}/api/openapi.json`)).json()) as Document;
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { parameters = [], requestBody }]) => {
      const schema = withoutRefs(Object.values(requestBody?.content ?? {})[0]?.schema, document) as { properties?: Place['fields'] } | undefined; // prettier-ignore
      return {
        method: method.toUpperCase(),
        path: path.replace(/\{(\w+)\}/g, ':$1'),
        query: parameters.filter((each) => each.in === 'query').map(({ name }) => name),
        fields: schema?.properties ?? {},
      };
    }),
  );
};

/** Everything that this server answers: its routes, the OpenAPI's bodies, the fields of its forms. */
export const placesOf = async (server: TestServer, visitors: readonly Visitor[]): Promise<Place[]> => {
  const described = await fromOpenApi(server.url);
  const forms = new Map<string, Place['fields']>();
  for (const visitor of visitors)
    for (const place of await visitor.forms(['/work', '/my-view', '/'], /^\//)) {
      const form = formsIn((await visitor.get(place.page)).html).find(({ action }) => action === place.action);
      const fields = (form?.fields ?? []).map(({ name, options }) => [name, { enum: [...options, 'Some words', '3', '2026-11-01'] }]); // prettier-ignore
      forms.set(kindOf(place.action), Object.fromEntries(fields) as Place['fields']);
    }
  const known = new Set(described.map(({ method, path }) => `${method} ${path}`));
  const others = routesOf(server)
    .filter(({ method, path }) => !known.has(`${method} ${path}`) && !path.endsWith('/stream'))
    .map(({ method, path }) => ({ method, path, query: [], fields: forms.get(path) ?? {} }));
  return [...described.filter(({ path }) => !path.endsWith('/stream')), ...others];
};

/** Ids of things that there are, so that requests get past the door. */
export const idsOf = ({ engine }: TestServer): string[] =>
  ['team', 'meeting', 'decision', 'service_change', 'commitment', 'contribution'].flatMap((table) =>
    engine.rows.all<{ id: string }>(`SELECT id FROM ${table} LIMIT 6`).map(({ id }) => id),
  );
