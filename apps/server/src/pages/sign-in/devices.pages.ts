import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Json } from '#kernel/personal';
import type { Clock } from '#kernel/aggregate';
import type { Sessions } from '#identity/sessions';
import { CLOCK } from '#projections/tokens';
import { Allow } from '../../edge/allow.js';
import { Repeatable } from '../../edge/command-context.js';
import type { Asked } from '../../edge/guard.js';
import { PERSON_COOKIE, STAFF_COOKIE } from '../../edge/session-cookies.js';
import { WhoIsAsking } from '../../edge/who-is-asking.js';
import { longDate, longMoment } from '../../shell/dates.js';
import { Pages } from '../../shell/pages.js';

/** The sessions of whoever asks, of one kind. */
interface Own {
  readonly as: 'staff' | 'person';
  readonly of: Pick<Sessions<Json>, 'endOneOf' | 'endOthersOf' | 'idOf' | 'listed'>;
  readonly subject: string;
  readonly secret: string;
}

const TITLES = { staff: 'Signed in as staff', person: 'Signed in to my views' };

/**
 * Where somebody is signed in, and the way out of one place or of all others: staff, and people who signed in by e-mail.
 * Nothing is kept of a device, so two times are all that can be told.
 */
@Controller('sign-in/devices')
@Allow('anyone')
export class DevicesPages {
  constructor(
    private readonly pages: Pages,
    private readonly asking: WhoIsAsking,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  show(@Req() request: Asked, @Res() reply: FastifyReply): void {
    const now = Date.parse(this.clock.now().instant);
    const kinds = this.own(request).map(({ as, of, subject, secret }) => {
      const here = of.idOf(secret);
      const rows = of.listed(subject, now).map(({ id, startedAt, seenAt }) => ({
        id,
        isHere: id === here,
        began: longMoment(new Date(startedAt).toISOString()),
        used: longDate(new Date(seenAt).toISOString()),
      }));
      return { as, title: TITLES[as], rows, others: rows.length - 1 };
    });
    this.pages.send(request, reply, 'pages/sign-in/devices.njk', { title: 'Where I am signed in', kinds });
  }

  /** By an id of somebody else's, and by one that is over, nothing ends and nothing is told. */
  @Post('end')
  @Repeatable()
  async end(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const id = (request.body as { session?: unknown } | undefined)?.session;
    if (typeof id === 'string') for (const { of, subject } of this.own(request)) await of.endOneOf(subject, id);
    void reply.redirect('/sign-in/devices?done=ended', 303);
  }

  @Post('end-others')
  @Repeatable()
  async endOthers(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const asked = (request.body as { as?: unknown } | undefined)?.as;
    for (const { as, of, subject, secret } of this.own(request))
      if (as === asked) await of.endOthersOf(subject, secret);
    void reply.redirect('/sign-in/devices?done=ended', 303);
  }

  private own(request: Asked): readonly Own[] {
    const { staffSessions, personSessions } = this.asking;
    const { who } = request;
    const person = this.asking.personOf(request);
    const secretOf = (cookie: string) => this.asking.cookie(request, cookie) ?? '';
    return [
      ...(who.kind === 'staff'
        ? [{ as: 'staff', of: staffSessions, subject: who.account ?? who.ref, secret: secretOf(STAFF_COOKIE) } as const]
        : []),
      ...(person
        ? [{ as: 'person', of: personSessions, subject: person, secret: secretOf(PERSON_COOKIE) } as const]
        : []),
    ];
  }
}
