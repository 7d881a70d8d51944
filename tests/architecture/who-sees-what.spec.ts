import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { personalFields } from '#engine/dpia-template';
import { WHO_SEES } from '#engine/who-sees';
import { audienceOf, whoSeesWhat } from '#engine/who-sees-what';
import { routesOf } from '../http/every-route.js';
import { startServer } from '../http/server.js';

const path = join(import.meta.dirname, '../../docs/reference/who-sees-what.md');
const fields = personalFields();

it('every sealed field says who may read it, and nothing that is no field does', () => {
  expect(audienceOf({ event: 'ContributionReceived', field: 'a field that is new' })).toBeUndefined();
  expect(fields.filter((each) => audienceOf(each) === undefined)).toEqual([]);
  const named = new Set(fields.flatMap(({ event, field }) => [event, `${event}.${field}`]));
  expect(Object.keys(WHO_SEES).filter((each) => !named.has(each))).toEqual([]);
});

it('docs/reference/who-sees-what.md says what entries and routes declare (npm run docs:who-sees writes it)', async () => {
  const server = await startServer();
  const routes = routesOf(server).map(({ method, path: at, allowed = [] }) => ({ method, path: at, allowed }));
  await server.close();
  const made = whoSeesWhat(routes);
  if (process.env['WRITE_DOCS']) writeFileSync(path, made);
  console.log(JSON.stringify({ figure: 'security.who-sees', fields: fields.length, routes: routes.length }));
  expect(readFileSync(path, 'utf8')).toBe(made);
});
