import { decodeLeaf } from '#event-store/leaf';
import { everyKind } from '#facts/every-kind';
import { stepsOf } from '#facts/fact-kind';
import { randomId } from '#event-store/ids';
import type { Role } from '#kernel/codes';
import { loadExample } from '../../browser/example.js';
import { day } from '../../http/bodies.js';
import { bodyOf, stepBody, type Things } from '../../http/fact-bodies.js';
import { encoded, kindOf, Visitor, wellFilled } from '../../http/form-filler.js';
import type { Route } from '../../http/every-route.js';
import type { TestServer } from '../../http/server.js';
import { type ApiDescription, bodiesOf, type Named } from './api-bodies.js';
import { CORE } from './core-bodies.js';
import { Canaries } from './canaries.js';
import { type Answered, tellStories } from './stories.js';
import { type Asker, cardOf, headersFor, nobody, sessionOf, tokenOf } from './people.js';

/** A write that this council's own people really made: the best thing to try again as somebody else. */
export interface Made {
  readonly route: string;
  readonly url: string;
  readonly type: 'application/json' | 'application/x-www-form-urlencoded';
  readonly body: string;
}

export interface World {
  readonly authority: string;
  readonly canaries: Canaries;
  readonly made: readonly Made[];
  /** Ids of everything that is this council's, by what it is (`decision`), as its own record names them. */
  readonly ids: ReadonlyMap<string, readonly string[]>;
  readonly cards: readonly Asker[];
}

const OWNERS: readonly Role[] = [
  'chair',
  'administrator',
  'scrutiny-officer',
  'owner',
  'checker',
  'pledge-lead',
  'data-protection-officer',
];
/** What comes first, because the rest refers to it. */
const FIRST = [
  '/teams',
  '/meetings',
  '/participants',
  '/contributions',
  '/decisions',
  '/service-changes',
  '/commitments',
  '/audits',
];
const KIND_OF: Readonly<Record<string, string>> = { contributions: 'contribution', decisions: 'decision', meetings: 'meeting', teams: 'team', 'service-changes': 'serviceChange', commitments: 'commitment', audits: 'audit' }; // prettier-ignore
const MOST_OF_A_KIND = 3;
const ENDS = /statements$|lost-card$/;

/** Fills one council with things that only its own people may know, through every way in that there is. */
export class WorldBuilder {
  private readonly made = new Map<string, Made>();
  private readonly authority = 'example-council';
  private readonly askers: Asker[] = [];
  private readonly cards: Asker[] = [];
  private refusal = '';

  constructor(
    private readonly server: TestServer,
    private readonly routes: readonly Route[],
    /** What stands in every text. */
    private readonly canaries = new Canaries(),
  ) {}

  async build(): Promise<World> {
    const { server, authority } = this;
    const example = await loadExample(server);
    for (const role of OWNERS) this.askers.push(await tokenOf(server, role, authority));
    this.cards.push(await cardOf(server, authority, 'person'), await cardOf(server, authority, 'supporter'));
    this.askers.push(...this.cards);
    await this.core();
    await this.throughApi();
    await this.facts();
    await this.stories();
    for (const view of ['form', 'bus', 'swimming']) {
      const code = example.codes[view] ?? '';
      const opened = await this.send(nobody, { route: '', url: '/my-view/code', type: 'application/x-www-form-urlencoded', body: encoded({ code }) });
      const cookie = String(opened.headers['set-cookie']).split(';')[0] ?? '';
      this.cards.push({ name: `card of ${view}`, kind: 'card', headers: { cookie } });
      await this.throughPages(this.cards.at(-1), ['/my-view', '/my-view/card'], /^\/my-view/);
    }
    for (const role of ['scrutiny-officer', 'chair'] as const)
      await this.throughPages(await sessionOf(server, role, authority), ['/work', '/scrutiny', '/record', '/'], /^\//);
    await server.engine.caughtUp(await server.engine.store.head());
    return { authority, canaries: this.canaries, made: [...this.made.values()], ids: await this.ids(), cards: this.cards };
  }

  private async throughApi(): Promise<void> {
    const api = JSON.parse((await this.server.app.inject('/api/openapi.json')).body) as ApiDescription;
    const writes = this.routes.filter(({ method, path }) => method === 'POST' && path.startsWith('/api/v1/') && !path.includes('/facts/'));
    const rank = ({ path }: Route) => (FIRST.includes(path.slice(7)) ? FIRST.indexOf(path.slice(7)) : path.includes(':') ? 100 : 50);
    const things = new Map<string, string>();
    // Twice: what was refused because something else had not happened yet goes through the second time.
    for (const route of [...writes, ...writes].sort((a, b) => rank(a) - rank(b))) {
      const named = this.named(things);
      const doc = route.path.replace(/:(\w+)/g, '{$1}');
      const kind = /^\/api\/v1\/([a-z-]+)\/:id/.exec(route.path)?.[1] ?? '';
      const targets = route.path.includes(':id') ? ((await this.ids()).get(KIND_OF[kind] ?? kind.replace(/s$/, '')) ?? []).toReversed() : [''];
      for (const target of targets) {
        if (this.has(route)) break;
        for (const body of bodiesOf(api, doc, `POST ${route.path}`, this.canaries, named)) {
          const sent = { route: `${route.method} ${route.path}`, url: route.path.replace(':id', target), type: 'application/json' as const, body: JSON.stringify(body) };
          const answer = await this.try(route, sent);
          if (answer) things.set(KIND_OF[route.path.slice(8)] ?? '', answer.id);
        }
      }
    }
  }

  private has({ method, path }: Route): boolean {
    return [...this.made.values()].some((each) => each.route === `${method} ${path}`);
  }

  /** Names that fields have in bodies, and what they mean here. */
  private named(things: ReadonlyMap<string, string>): Named {
    const wanted = { team: 'team', meeting: 'meeting', participant: 'participant', decision: 'decision', contribution: 'contribution', id: 'contribution', thing: 'commitment' };
    return {
      authority: this.authority, stage: 'plan', pledgePart: 'P1a', capacity: 'uses-services', voice: 'helped', attribution: 'group', answer: 'yes', due: day(90),
      ...Object.fromEntries(Object.entries(wanted).flatMap(([name, kind]) => (things.has(kind) ? [[name, things.get(kind) ?? '']] : []))),
    }; // prettier-ignore
  }

  /** Twice, so that what the second half of a story ends leaves something to look for. */
  private async core(): Promise<void> {
    const at: Record<string, string> = { authority: this.authority };
    for (const [path, body] of [...CORE, ...CORE]) {
      const kind = /^\/([a-z-]+)$/.exec(path)?.[1] ?? '';
      const wanted = path.replace(/:\w+/, ':id');
      const route = this.routes.find((each) => each.method === 'POST' && each.path === `/api/v1${wanted}`);
      const words = (field: string) => this.canaries.in(`${path} ${field}`);
      const url = `/api/v1${path.replace(/:(\w+)/, (_, name: string) => at[name] ?? '')}`;
      const sent = { route: `POST ${route?.path ?? wanted}`, url, type: 'application/json' as const, body: JSON.stringify(body(words, at)) };
      const answer = await this.try(route, sent);
      if (!answer) throw new Error(`POST ${url} is refused to everyone of its own council: ${this.refusal}`);
      at[KIND_OF[kind] ?? kind.replace(/s$/, '')] = answer.id;
    }
  } // prettier-ignore

  private stories(): Promise<void> {
    const writes = this.routes.filter(({ method }) => method === 'POST');
    return tellStories({
      authority: this.authority,
      words: (where) => this.canaries.in(where),
      write: async (path, body) => {
        const url = `/api/v1${path}`;
        // The route with the fewest places that take anything.
        const [route] = writes
          .filter((each) => new RegExp(`^${each.path.replace(/:\w+/g, '[^/]+')}$`).test(url))
          .sort((a, b) => a.path.split(':').length - b.path.split(':').length);
        const answer = await this.try(route, { route: `POST ${route?.path ?? ''}`, url, type: 'application/json', body: JSON.stringify(body) });
        if (!answer) throw new Error(`POST ${url} is refused to everyone of its own council: ${this.refusal}`);
        return answer;
      },
      read: async (path) => {
        const url = `/api/v1${path}`;
        return (await this.server.app.inject({ url, headers: headersFor(this.server, this.askers[0] ?? nobody, 'GET', url) })).json();
      },
    });
  } // prettier-ignore

  private async facts(): Promise<void> {
    const ids = await this.ids();
    const things: Things = Object.fromEntries(['team', 'meeting', 'commitment', 'serviceChange', 'contract'].flatMap((kind) => (ids.get(kind)?.[0] ? [[kind, ids.get(kind)?.[0] ?? '']] : [])));
    const marked = (body: Record<string, unknown>, where: string) =>
      Object.fromEntries(Object.entries(body).map(([name, value]) => [name, value === 'Words of ours' ? this.canaries.in(`${where} ${name}`) : value]));
    const route = (path: string) => this.routes.find((each) => each.path === path && each.method === 'POST');
    for (const kind of everyKind) {
      const where = `fact ${kind.code}${kind.isPrivate ? ' (private)' : ''}`;
      const body = { authority: this.authority, ...(kind.needsTeam && { team: things['team'] }), ...marked(bodyOf(kind.birth.fields, things), where) };
      const fact = await this.try(route('/api/v1/facts/:kind'), { route: 'POST /api/v1/facts/:kind', url: `/api/v1/facts/${kind.code}`, type: 'application/json', body: JSON.stringify(body) });
      const [, step] = stepsOf(kind);
      if (fact && step)
        await this.try(route('/api/v1/facts/:kind/:id/:step'), { route: 'POST /api/v1/facts/:kind/:id/:step', url: `/api/v1/facts/${kind.code}/${fact.id}/${step.code}`, type: 'application/json', body: JSON.stringify(marked(stepBody(step, things), `${where} ${step.code}`)) });
    }
  } // prettier-ignore

  /** Every form that one of their own people can reach, filled in with words of its own in every box. */
  private async throughPages(asker: Asker | undefined, starts: readonly string[], within: RegExp): Promise<void> {
    if (!asker) return;
    const visitor = new Visitor(this.server.url, [asker.headers['cookie'] ?? '']);
    const places = (await visitor.forms(starts, within)).filter(({ action }) => !/sign-in|leave|code$/.test(action));
    // Whoever hands the device round is signed out by it: that comes last.
    for (const place of places.sort((a, b) => Number(ENDS.test(a.action)) - Number(ENDS.test(b.action)))) {
      const form = await visitor.fresh(place).catch(() => undefined);
      if (!form) continue;
      const words = new Set(form.fields.filter(({ kind }) => kind === 'text' || kind === 'textarea').map(({ name }) => name));
      const filled = Object.entries(wellFilled(form)).map(([name, value]) => [name, words.has(name) && value.startsWith('Words') ? this.canaries.in(`POST ${kindOf(place.action)} ${name.replace(/\d+|[0-9a-f-]{36}/g, 'n')}`) : value]);
      const body = encoded({ ...(Object.fromEntries(filled) as Record<string, string>), idempotencyKey: randomId() });
      const sent = { route: `POST ${place.action}`, url: place.action, type: 'application/x-www-form-urlencoded' as const, body };
      const { statusCode } = await this.send(asker, sent);
      if (statusCode < 400) this.made.set(kindOf(sent.route), sent);
    }
  } // prettier-ignore

  /** Tries a write as whoever of this council may make it. */
  private async try(route: Route | undefined, sent: Made): Promise<Answered | undefined> {
    for (const asker of this.askers) {
      if (asker.role ? !route?.allowed?.includes(asker.role) : !route?.allowed?.includes('card')) continue;
      const { statusCode, body } = await this.send(asker, sent);
      if (statusCode >= 400) {
        this.refusal = body;
        continue;
      }
      this.made.set(`${sent.route} ${sent.url}`, sent);
      return { id: '', ...(JSON.parse(body) as Partial<Answered>) };
    }
    return undefined;
  } // prettier-ignore

  private send(asker: Asker, { url, type, body }: Made) {
    return this.server.app.inject({ method: 'POST', url, headers: { ...headersFor(this.server, asker, 'POST', url), 'content-type': type }, payload: body });
  }

  /** From the council's own events: a new kind of thing is attacked without being listed here. */
  private async ids(): Promise<Map<string, string[]>> {
    const found = new Map<string, Set<string>>();
    const add = (kind: string, id: string) => found.set(kind, (found.get(kind) ?? new Set()).add(id));
    for await (const { leaf: bytes } of this.server.engine.store.readAll()) {
      const leaf = decodeLeaf(bytes);
      if (leaf.about.authority !== this.authority) continue;
      const at = leaf.stream.indexOf('-');
      const [category, id] = [leaf.stream.slice(0, at), leaf.stream.slice(at + 1)] as const;
      if (/^[0-9a-f-]{36}$/.test(id)) add(category, id);
      // Things inside others: requests, cards, findings, recommendations.
      for (const [, name = '', inner = ''] of JSON.stringify(leaf.data).matchAll(/"(\w+)":"([0-9a-f]{8}-[0-9a-f-]{27})"/g)) add(name, inner);
    }
    return new Map([...found].map(([kind, ids]) => [kind, few([...ids])]));
  }
} // prettier-ignore

const few = (ids: readonly string[]): string[] =>
  ids.length <= 2 * MOST_OF_A_KIND ? [...ids] : [...ids.slice(0, MOST_OF_A_KIND), ...ids.slice(-MOST_OF_A_KIND)];
