import request from 'supertest';
import type { Role } from '#kernel/codes';
import { WhoIsAsking } from '../../apps/server/src/edge/who-is-asking.js';
import { Cards } from '#contributions/cards';
import type { TestServer } from './server.js';

/** An answer as a client reads it. */
export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & { readonly id: string };
  /** `code pointer` of every problem. */
  readonly problems: readonly string[];
}

const read = ({ status, body }: request.Response): Answer => {
  const { errors = [] } = body as { errors?: { code: string; pointer?: string }[] };
  return { status, body: body as Answer['body'], problems: errors.map(({ code, pointer = '' }) => `${code} ${pointer}`.trim()) };
}; // prettier-ignore

/** Speaks to one server as one kind of person. */
export class Client {
  private constructor(
    private readonly server: TestServer,
    private readonly headers: Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>,
  ) {}

  /** Someone who may act for every council. */
  static async everywhere(server: TestServer, role: Role = 'administrator'): Promise<Client> {
    return new Client(server, { Authorization: `Bearer ${await server.token(role)}` });
  }
  static async as(server: TestServer, role: Role, authority = 'essex'): Promise<Client> {
    return new Client(server, { Authorization: `Bearer ${await server.token(role, authority)}` });
  }
  static anyone(server: TestServer): Client {
    return new Client(server, {});
  }
  /** Whoever holds the take-home card of a view. */
  static card(server: TestServer, view: string): Client {
    const session = { card: Cards.firstCardOf(view), contribution: view };
    const { cardSessions } = server.app.get(WhoIsAsking, { strict: false });
    const started = cardSessions.start(view, session, Date.now());
    return new Client(
      server,
      started.then((secret) => ({ Authorization: `Bearer ${secret}` })),
    );
  }

  async post(path: string, body: object, key?: string): Promise<Answer> {
    const headers = { ...(await this.headers), ...(key && { 'Idempotency-Key': key }) };
    return read(await request(this.server.url).post(`/api/v1${path}`).set(headers).send(body));
  }
  async get(path: string): Promise<Answer> {
    return read(
      await request(this.server.url)
        .get(`/api/v1${path}`)
        .set(await this.headers),
    );
  }
  /** Posts what must succeed. */
  async made(path: string, body: object, key?: string): Promise<Answer['body']> {
    const answer = await this.post(path, body, key);
    if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
}
