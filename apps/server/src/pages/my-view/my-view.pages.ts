import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { addWorkingDays } from '#kernel/working-days';
import type { Clock } from '#kernel/aggregate';
import { missing } from '#kernel/refusal';
import { CLOCK } from '#projections/tokens';
import { FindMeeting } from '#meetings/meetings.queries';
import { REPLY_DAYS } from '#traceability/chain-gaps';
import { Trace } from '#traceability/chain.queries';
import { SealedFiles } from '#vault/sealed-files';
import { RequestsOfView } from '#requests/requests.queries';
import { Vault } from '#vault/vault';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { WhoIsAsking } from '../../edge/who-is-asking.js';
import { Pages } from '../../shell/pages.js';
import { READING_COOKIE, readReading } from '../../shell/reading.js';
import { shownText } from '../list-address.js';
import { askedByMe } from '../requests/request.view.js';
import { myViewView } from './my-view.view.js';

/** The holder of a card sees their own journey whole. */
@Controller('my-view')
@Allow('anyone')
export class MyViewPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly asking: WhoIsAsking,
    private readonly vault: Vault,
    private readonly files: SealedFiles,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const card = await this.asking.cardOf(request);
    if (!card) return void reply.redirect('/my-view/code', 303);
    const chain = await this.queries.execute(new Trace(card.contribution, 'own'));
    const view = chain?.contributions.find(({ id }) => id === card.contribution);
    if (!chain || !view) throw missing('view');
    const meeting = view.meeting ? await this.queries.execute(new FindMeeting(view.meeting)) : undefined;
    const around = {
      today: this.clock.now().today,
      register: readReading(request.cookies[READING_COOKIE]).easy === 'on' ? ('easy' as const) : ('plain' as const),
      meetingTitle: meeting?.title ?? null,
      others: chain.contributions.length - 1,
      replyBy: addWorkingDays(view.recordedAt.slice(0, 10), REPLY_DAYS),
    };
    const shown = myViewView(chain, around);
    this.pages.send(request, reply, 'pages/my-view/my-view.njk', {
      title: 'What happened to your view',
      view: shown,
      asked: askedByMe(await this.queries.execute(new RequestsOfView(card.contribution)), (ref) =>
        shownText(this.vault, ref),
      ),
      supporter: card.holder === 'supporter',
    });
  }

  /** A photo, drawing or recording of one's own view. */
  @Get('media/:index')
  async media(@Param('index') index: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const card = await this.asking.cardOf(request);
    const chain = card && (await this.queries.execute(new Trace(card.contribution, 'own')));
    const ref = chain?.contributions.find(({ id }) => id === card?.contribution)?.media[Number(index)]?.file;
    const reference = ref ? this.vault.open(ref) : undefined;
    const file = reference?.state === 'readable' ? this.files.open(reference.value) : undefined;
    if (!file || !('bytes' in file)) throw missing('picture or recording');
    void reply
      .header('cache-control', 'no-store')
      .header('content-disposition', 'inline')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .type(file.type)
      .send(Buffer.from(file.bytes));
  }
}
