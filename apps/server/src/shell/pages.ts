import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Authorities } from '#authorities/authorities';
import { EXAMPLE_AUTHORITY } from '#example/story';
import { SCRUTINEERS } from '#identity/who';
import type { Config } from '../config.js';
import type { FieldProblem } from '../edge/bad-input.js';
import type { Asked } from '../edge/guard.js';
import type { Problem } from '../edge/problem.js';
import { CONFIG } from './config-token.js';
import { formView, shownProblems } from './form-view.js';
import { READING_COOKIE, readingClasses, readingPanel, readReading } from './reading.js';
import { say } from '../wording/wording.js';
import { cookieOf } from '../edge/cookies.js';
import { FormTokens, withToken } from '../edge/form-tokens.js';
import { sendAgain } from './send-again.js';
import { Views } from './views.js';

export { CONFIG };

export interface PageOptions {
  readonly status?: number;
  /** A sentence in a green banner: what was just done. */
  readonly banner?: string | undefined;
  /** Personal: never cached, never indexed. Default true; false for what is public and the same for everyone. */
  readonly personal?: boolean;
  /** A form that came back: what was typed and what is wrong. */
  readonly returned?: { readonly typed: Readonly<Record<string, unknown>>; readonly problems: readonly FieldProblem[] };
}

/** The menu fits one line of a computer’s screen: what is not here is one click further, on “My work” or on “The pledge”. */
const FOR_PEOPLE = [
  { href: '/my-view', text: 'My view' },
  { href: '/tell-us', text: 'Tell us your view' },
];
const NAV = [
  { href: '/decisions', text: 'Decisions' },
  { href: '/service-changes', text: 'Promises' },
  { href: '/pledge', text: 'The pledge' },
  { href: '/how-are-we-doing', text: 'How are we doing?' },
  { href: '/search', text: 'Search' },
];
const STAFF_NAV = [{ href: '/work', text: 'My work' }];

/** Only for those whose work it is; everyone else finds it from the pledge log. */
const SCRUTINY_NAV = [{ href: '/scrutiny', text: 'Scrutiny' }];
const OFFICER_NAV = [{ href: '/data-protection', text: 'Data protection' }];
const ADMINISTRATOR_NAV = [{ href: '/accounts', text: 'People and roles' }];

/** Sends a page: template, variables, and what every page shows around them. */
@Injectable()
export class Pages {
  constructor(
    private readonly views: Views,
    private readonly authorities: Authorities,
    private readonly tokens: FormTokens,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Every page passes here. `variables.form` is there on every page, empty unless `returned` is given. */
  send(
    request: FastifyRequest,
    reply: FastifyReply,
    template: string,
    variables: { title: string } & Record<string, unknown>,
    options: PageOptions = {},
  ): void {
    const {
      status = options.returned?.problems.length ? 400 : 200,
      banner = bannerOf(request),
      personal = true,
      returned,
    } = options;
    if (personal) void reply.header('x-robots-tag', 'noindex');
    // The same for everyone who is not signed in; whoever is finds their own role at the top of each page.
    else if ((request as Partial<Asked>).who?.kind === 'anyone')
      void reply.headers({ 'cache-control': 'no-cache', vary: 'cookie' });
    const problems = shownProblems(returned?.problems ?? []);
    const html = this.views.render(template, {
      ...variables,
      site: this.site(request, personal),
      banner,
      problems,
      form: formView(returned?.typed ?? {}, returned?.problems ?? [], randomUUID()),
    });
    void reply
      .status(status)
      .type('text/html; charset=utf-8')
      .send(this.withTokens(html, request, reply));
  }

  /** The page for an error, with a way on; a form that could not be saved is there to be sent again. */
  error(request: FastifyRequest, reply: FastifyReply, { status, errors }: Problem, detail: string): string {
    const again = sendAgain(
      request,
      status,
      errors.map(({ code }) => code),
    );
    const title =
      status === 404
        ? 'We cannot find that page'
        : status === 401
          ? 'Sign in first'
          : status >= 500
            ? 'Sorry, something is wrong'
            : again && status === 422
              ? 'You sent this before'
              : 'This did not work';
    const html = this.views.render(again ? 'pages/send-again.njk' : 'pages/error.njk', {
      again,
      title,
      status,
      detail,
      site: this.site(request, true),
      form: formView({}, [], ''),
    });
    return this.withTokens(html, request, reply);
  }

  /** A page with a form is for this browser alone. */
  private withTokens(html: string, request: FastifyRequest, reply: FastifyReply): string {
    return withToken(html, () => this.tokens.issue(request, reply.header('cache-control', 'no-store')));
  }

  private site(request: FastifyRequest, personal: boolean) {
    const reading = readReading(cookieOf(request, READING_COOKIE, this.config.baseUrl.startsWith('https:')));
    const who = (request as Partial<Asked>).who;
    const staff =
      who?.kind === 'staff'
        ? {
            role: say(`role.${who.role}`, 'formal').toLowerCase(),
            local: who.account === undefined,
            authority: who.authority && (this.authorities.get(who.authority)?.name ?? who.authority),
          }
        : undefined;
    const path = request.url.split('?')[0] ?? '/';
    return {
      nav: [
        ...(staff ? STAFF_NAV : FOR_PEOPLE),
        ...(who?.kind === 'staff' && SCRUTINEERS.includes(who.role) ? SCRUTINY_NAV : []),
        ...(who?.kind === 'staff' && who.role === 'data-protection-officer' ? OFFICER_NAV : []),
        ...(staff && who?.kind === 'staff' && who.role === 'administrator' ? ADMINISTRATOR_NAV : []),
        ...NAV,
      ].map((link) => ({ ...link, current: path === link.href })),
      reading: readingPanel(reading),
      htmlClasses: readingClasses(reading),
      easy: reading.easy === 'on',
      phone: this.config.phone,
      advocate: this.config.advocate,
      baseUrl: this.config.baseUrl,
      path: request.method === 'GET' ? request.url : path,
      staff,
      example: this.authorities.get(EXAMPLE_AUTHORITY.authority) !== undefined,
      robots: personal ? 'noindex' : undefined,
    };
  }
}

/** `?done=reply`: the sentence comes from here, so that a link cannot put words on our page. */
const BANNERS: Readonly<Record<string, string>> = {
  asked: 'We passed this on to the team. They will answer you.',
  saved: 'Saved.',
  mended: 'Mended. The old entry stays where it was, and no longer counts.',
  'taken-back': 'Taken back. It stays readable, and no longer counts.',
  recorded: 'Recorded.',
  published: 'Published. Everyone can read it now.',
  already: 'This is already recorded. We did not record it twice.',
  withdrawn: 'We have stopped using your view.',
  answered: 'Thank you. We wrote down your answer.',
  verdict: 'Thank you. We wrote down what you see. It stands beside what the council says.',
  shown: 'We changed how your name is shown.',
  card: 'The card is ready.',
  cancelled: 'The card no longer works.',
  replied: 'The reply is written down.',
  example: 'The worked example is loaded.',
  draft: 'Draft saved.',
  changed: 'We changed your answer.',
  ended: 'You are signed out there.',
};

const bannerOf = (request: FastifyRequest): string | undefined => {
  const done = (request.query as Record<string, unknown> | undefined)?.['done'];
  return typeof done === 'string' && Object.hasOwn(BANNERS, done) ? BANNERS[done] : undefined;
};
