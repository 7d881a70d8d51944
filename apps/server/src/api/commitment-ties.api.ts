import { Body, Controller, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { CommandContext } from '#event-store/recorder';
import { RECORDERS, type Who } from '#identity/who';
import { Allow } from '../edge/allow.js';
import { Asking, Ctx } from '../edge/command-context.js';
import { TieDesk } from '../scrutiny/tie-desk.js';
import { OtherWayBody, TieBody } from './scrutiny.bodies.js';

const AnId = () => Param('id', ParseUUIDPipe);

/** What stands behind a council's own promise: the views, the decision, what else was considered. */
@ApiTags('commitments')
@Controller('api/v1/commitments/:id')
@Allow(RECORDERS)
export class CommitmentTiesApi {
  constructor(private readonly desk: TieDesk) {}

  @Post('links')
  link(@AnId() id: string, @Body() body: TieBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    return this.desk.tie(context, who, id, { do: 'link', ...body });
  }

  @Post('unlinks')
  unlink(@AnId() id: string, @Body() body: TieBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    return this.desk.tie(context, who, id, { do: 'unlink', ...body });
  }

  @Post('alternatives')
  alternative(@AnId() id: string, @Body() body: OtherWayBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    return this.desk.tie(context, who, id, { do: 'alternative', ...body });
  }
}
