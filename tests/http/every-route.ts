import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import { ALLOW, type Permission } from '../../apps/server/src/edge/allow.js';
import type { TestServer } from './server.js';

type Handler = (...args: unknown[]) => unknown;
export interface Route {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly allowed: readonly Permission[] | undefined;
}
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'];

/** Every route that Nest serves, from its own metadata: a new controller is judged without being listed here. */
export const routesOf = (server: TestServer): Route[] =>
  [...server.app.get(ModulesContainer).values()].flatMap((module) =>
    [...module.controllers.values()].flatMap(({ metatype }) => {
      const type = metatype as unknown as { name: string; prototype: Record<string, Handler> };
      const names = Object.getOwnPropertyNames(type.prototype).filter((name) => name !== 'constructor');
      return names.flatMap((name) => {
        const handler = Object.getOwnPropertyDescriptor(type.prototype, name)?.value as Handler | undefined;
        if (typeof handler !== 'function' || !Reflect.hasMetadata(PATH_METADATA, handler)) return [];
        const own = Reflect.getMetadata(PATH_METADATA, handler) as string;
        return [Reflect.getMetadata(PATH_METADATA, type) as string | string[]].flat().map((root) => ({
          name: `${type.name}.${name}`,
          method: METHODS[Reflect.getMetadata(METHOD_METADATA, handler) as number] ?? 'GET',
          path: `/${[root, own]
            .flatMap((part) => part.split('/'))
            .filter(Boolean)
            .join('/')}`,
          allowed: (Reflect.getMetadata(ALLOW, handler) ?? Reflect.getMetadata(ALLOW, type)) as Route['allowed'],
        }));
      });
    }),
  );

/** Its address with an id of nothing in each place that takes one. */
export const concrete = ({ path }: Pick<Route, 'path'>, id = '00000000-0000-4000-8000-000000000000'): string =>
  path.replace(/:[a-zA-Z]+/g, id);
