import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Authorities } from '#authorities/authorities';
import { Cards } from '#contributions/cards';
import type { Who } from '#identity/who';
import type { Clock } from '#kernel/aggregate';
import { missing } from '#kernel/refusal';
import { FindMeeting } from '#meetings/meetings.queries';
import { CLOCK } from '#projections/tokens';
import { RequestsOfView } from '#requests/requests.queries';
import { Trace } from '#traceability/chain.queries';
import { Vault } from '#vault/vault';
import type { Config } from '../../config.js';
import type { Again } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { CONFIG, Pages } from '../../shell/pages.js';
import { qrSymbol } from '../../shell/qr.js';
import { READING_COOKIE, readReading } from '../../shell/reading.js';
import { shownText } from '../list-address.js';
import { Seal } from '../seal/seal.js';
import { askedByMe } from '../requests/request.view.js';
import { myViewView } from './my-view.view.js';

/** The whole journey on one page, also when one of its forms comes back with what was typed. */
@Injectable()
export class MyViewPage {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly vault: Vault,
    private readonly cards: Cards,
    private readonly authorities: Authorities,
    private readonly seal: Seal,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async show(
    request: Asked,
    reply: FastifyReply,
    card: Extract<Who, { kind: 'card' }>,
    returned?: Again,
  ): Promise<void> {
    const chain = await this.queries.execute(new Trace(card.contribution, 'own'));
    const view = chain?.contributions.find(({ id }) => id === card.contribution);
    if (!chain || !view) throw missing('view');
    const meeting = view.meeting ? await this.queries.execute(new FindMeeting(view.meeting)) : undefined;
    const around = {
      today: this.clock.now().today,
      register: readReading(request.cookies[READING_COOKIE]).easy === 'on' ? ('easy' as const) : ('plain' as const),
      meetingTitle: meeting?.title ?? null,
      council: (code: string) => this.authorities.get(code)?.name ?? code,
      others: chain.contributions.length - 1,
    };
    const shown = myViewView(chain, around);
    const variables = {
      title: 'What happened to your view',
      view: shown,
      asked: askedByMe(await this.queries.execute(new RequestsOfView(card.contribution)), (ref) =>
        shownText(this.vault, ref),
      ),
      supporter: card.holder === 'supporter',
      family: card.holder === 'family',
      mayAct: card.mayAct,
      // Nothing is asked of a family, nor of somebody of whom we were told that they have died.
      mayAsk: card.mayAct && !view.repliesEnded,
      seal: this.seal.words(),
      // On paper the page leads back to itself; on the screen the code stands only where it is asked for.
      ...this.codeOf(card.card),
    };
    this.pages.send(request, reply, 'pages/my-view/my-view.njk', variables, returned ? { returned } : {});
  }

  private codeOf(card: string) {
    const code = this.cards.codeOf(card);
    return code ? { code, qr: qrSymbol(`${this.config.baseUrl}/my-view/${code}`) } : {};
  }
}
