import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { missing } from '#kernel/refusal';
import { Trace } from '#traceability/chain.queries';
import { SealedFiles } from '#vault/sealed-files';
import { Vault } from '#vault/vault';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { CSP_OF_A_FILE } from '../../edge/headers.js';
import { WhoIsAsking } from '../../edge/who-is-asking.js';
import { MyViewPage } from './my-view.page.js';

/** The holder of a card sees their own journey whole. */
@Controller('my-view')
@Allow('anyone')
export class MyViewPages {
  constructor(
    private readonly page: MyViewPage,
    private readonly queries: QueryBus,
    private readonly asking: WhoIsAsking,
    private readonly vault: Vault,
    private readonly files: SealedFiles,
  ) {}

  @Get()
  async show(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const card = await this.asking.cardOf(request);
    if (!card) return void reply.redirect('/my-view/code', 303);
    await this.page.show(request, reply, card);
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
      .header('content-disposition', 'attachment')
      .header('content-security-policy', CSP_OF_A_FILE)
      .type(file.type)
      .send(Buffer.from(file.bytes));
  }
}
