import { Controller, Get, Inject, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { RevokeToken } from '#accounts/account.commands';
import { ROLE_REASONS, type RoleReason } from '#accounts/account.events';
import { Authorities } from '#authorities/authorities';
import type { CommandContext } from '#event-store/recorder';
import { type TokenRow, Tokens } from '#identity/tokens';
import { belongsTo } from '#identity/who';
import type { Clock } from '#kernel/aggregate';
import { missing } from '#kernel/refusal';
import { CLOCK } from '#projections/tokens';
import { Vault } from '#vault/vault';
import { OneOf } from '../../api/fields.js';
import { Allow } from '../../edge/allow.js';
import { Ctx } from '../../edge/command-context.js';
import { readForm, type Returned } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { longDate } from '../../shell/dates.js';
import { Pages } from '../../shell/pages.js';
import { REASON_OPTIONS, roleName } from './account.view.js';

class RevokeForm {
  @OneOf(ROLE_REASONS, { missing: 'Choose why.' }) reason: RoleReason;
}

/** The programs that may act for a council. A token is made with `throughline token create`, by whoever runs the server. */
@Controller('accounts/tokens')
@Allow('administrator')
export class TokensPages {
  private readonly tokens: Tokens;

  constructor(
    private readonly pages: Pages,
    private readonly commands: CommandBus,
    private readonly authorities: Authorities,
    private readonly wrote: ReadYourWrite,
    @Inject(CLOCK) private readonly clock: Clock,
    vault: Vault,
  ) {
    this.tokens = new Tokens(vault);
  }

  @Get()
  list(@Req() request: Asked, @Res() reply: FastifyReply): void {
    const now = this.clock.now().instant;
    this.pages.send(request, reply, 'pages/accounts/tokens.njk', {
      title: 'Programs that may act for the council',
      items: this.tokens
        .list()
        .filter((token) => this.isOurs(request, token))
        .map((token) => ({
          icon: 'pencil',
          kind: this.councilOf(token),
          title: roleName(token.role),
          href: `/accounts/tokens/${token.ref}`,
          ...(token.endsAt <= now && { tag: 'Ended', tone: 'quiet' }),
          meta: [`Made on ${longDate(token.createdAt)}. It ends on ${longDate(token.endsAt)}.`],
        })),
      back: { href: '/accounts', text: 'People and roles' },
    });
  }

  @Get(':id')
  show(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): void {
    this.page(request, reply, this.find(id, request));
  }

  @Post(':id/revoke')
  async revoke(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    const token = this.find(id, request);
    const returned = readForm(RevokeForm, request.body);
    if (!returned.form) return this.page(request, reply, token, returned);
    await this.wrote.after(this.commands.execute(new RevokeToken(context, token, returned.form.reason)));
    void reply.redirect('/accounts/tokens?done=saved', 303);
  }

  private find(id: string, request: Asked): TokenRow {
    const token = this.tokens.list().find(({ ref }) => ref === id);
    if (!token || !this.isOurs(request, token)) throw missing('token');
    return token;
  }

  /** A token for every council is only for whoever may act for every council. */
  private isOurs({ who }: Asked, { authority }: TokenRow): boolean {
    return belongsTo(who, authority ?? undefined);
  }

  private councilOf({ authority }: TokenRow): string {
    return authority === null ? 'Every council' : (this.authorities.get(authority)?.name ?? authority);
  }

  private page(request: Asked, reply: FastifyReply, token: TokenRow, returned?: Returned<RevokeForm>): void {
    const variables = {
      title: `A program that acts as ${roleName(token.role).toLowerCase()}`,
      id: token.ref,
      council: this.councilOf(token),
      made: longDate(token.createdAt),
      ends: longDate(token.endsAt),
      reasons: REASON_OPTIONS,
      back: { href: '/accounts/tokens', text: 'Programs that may act for the council' },
    };
    this.pages.send(request, reply, 'pages/accounts/token.njk', variables, returned ? { returned } : {});
  }
}
