import { ForbiddenException } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import request from 'supertest';
import { ROLES } from '#kernel/codes';
import { AllowGuard } from '../../apps/server/src/edge/guard.js';
import { concrete, type Route, routesOf } from './every-route.js';
import { startServer, type TestServer } from './server.js';

type Handler = (...args: unknown[]) => unknown;

describe('who may use which route', () => {
  let server: TestServer;
  let routes: Route[];
  beforeAll(async () => {
    server = await startServer();
    routes = routesOf(server);
  });
  afterAll(() => server.close());
  const send = (route: Route, headers: Record<string, string> = {}) => {
    const agent = request(server.url);
    const sent = route.method === 'GET' ? agent.get(concrete(route)) : agent.post(concrete(route)).send({});
    return sent.set(headers).redirects(0);
  };

  it('finds the routes', () => expect(routes.length).toBeGreaterThan(20));

  it('every route declares it', () =>
    expect(routes.filter(({ allowed }) => !allowed?.length).map(({ name }) => name)).toEqual([]));

  it('no route declares a role that does not exist', () =>
    expect(
      routes.filter(({ allowed }) => allowed?.some((each) => !['anyone', 'card', ...ROLES].includes(each))),
    ).toEqual([]));

  it('no write is open to anyone through the JSON API', () =>
    expect(
      routes
        .filter(
          ({ method, path, allowed }) => method !== 'GET' && path.startsWith('/api/') && allowed?.includes('anyone'),
        )
        .map(({ name }) => name),
    ).toEqual([]));

  it('a route that declares nothing is refused', async () => {
    class Forgotten {
      open(): void {
        return;
      }
    }
    const asking = { of: () => Promise.resolve({ kind: 'staff', role: 'administrator', ref: 'r' }) };
    const guard = new AllowGuard(new Reflector(), asking as never, {} as never, {} as never, {} as never, {} as never);
    const context = {
      getHandler: () => Object.getOwnPropertyDescriptor(Forgotten.prototype, 'open')?.value as Handler,
      getClass: () => Forgotten,
      switchToHttp: () => ({ getRequest: () => ({ method: 'GET', headers: {} }) }),
    };
    await expect(guard.canActivate(context as never)).rejects.toBeInstanceOf(ForbiddenException);
  });

  it('without a token or card, what is not for anyone answers 401 and does nothing', async () => {
    const before = await server.engine.store.head();
    for (const route of routes.filter(({ allowed }) => !allowed?.includes('anyone')))
      expect([route.name, (await send(route)).status]).toEqual([route.name, 401]);
    expect(await server.engine.store.head()).toBe(before);
  });

  it('with a token of a role that is not named, it answers 403', async () => {
    for (const role of ['owner', 'scrutiny-officer'] as const) {
      const token = await server.token(role, 'essex');
      for (const route of routes.filter(({ allowed }) => !allowed?.includes('anyone') && !allowed?.includes(role)))
        expect([route.name, (await send(route, { authorization: `Bearer ${token}` })).status]).toEqual([
          route.name,
          403,
        ]);
    }
  });

  it('a form of another website is refused, whoever is signed in', async () => {
    const writes = routes.filter(({ method }) => method !== 'GET');
    expect(writes.length).toBeGreaterThan(10);
    const foreign: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ];
    for (const route of writes)
      for (const headers of foreign)
        expect([route.name, headers, (await send(route, headers)).status]).toEqual([route.name, headers, 403]);
  });

  it('other spellings of a path do not slip past', async () => {
    const closed = routes.filter(
      ({ allowed, path, method }) => method === 'POST' && path.startsWith('/api/') && !allowed?.includes('anyone'),
    );
    const variants = (path: string) => [
      `${path}/`, `/${path}`, path.replace('/api', '/API'), path.replace('/api', '/api/.'), path.replace('/v1', '/%76%31'),
      `${path};x=1`, `${path}%00`, `${path}%2e`, `${path}.json`, path.replace('/api/', '/api//'), `${path}?x=1`, path.replaceAll('/', '%2f').replace('%2f', '/'),
    ]; // prettier-ignore
    for (const route of closed)
      for (const path of variants(concrete(route))) {
        const { status } = await request(server.url).post(path).send({});
        expect([path, [400, 401, 403, 404].includes(status)]).toEqual([path, true]);
      }
  });
});
