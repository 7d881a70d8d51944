import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import type { CommandContext } from '#event-store/recorder';
import { PublishToolkit } from '#facts/toolkit.commands';
import type { Toolkit } from '#facts/toolkit.events';
import { Toolkits } from '#facts/toolkits';
import { readToolkit } from '#facts/read-toolkit';
import type { Role } from '#kernel/codes';
import { missing } from '#kernel/refusal';
import { ShapedFileError } from '#kernel/shaped-file';
import { Text } from '../../api/fields.js';
import { Allow } from '../../edge/allow.js';
import type { FieldProblem } from '../../edge/bad-input.js';
import { Ctx } from '../../edge/command-context.js';
import { type Again, attempt, readForm } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { Pages } from '../../shell/pages.js';

/** A toolkit serves every council on this server, so not everyone who records may bring one. */
const LOADERS: readonly Role[] = ['pledge-lead', 'administrator'];
const MOST_PROBLEMS = 20;

class ToolkitForm {
  @Text(200, { optional: true }) file?: string;
  @Text(500_000, { missing: 'Paste what stands in the file.' }) text: string;
}

/** The toolkits that a self-assessment can use: what they ask, and what each level means. */
@Controller('toolkits')
@Allow('anyone')
export class ToolkitsPages {
  constructor(
    private readonly pages: Pages,
    private readonly commands: CommandBus,
    private readonly toolkits: Toolkits,
    private readonly wrote: ReadYourWrite,
  ) {}

  @Get()
  list(@Req() request: Asked, @Res() reply: FastifyReply): void {
    const variables = {
      title: 'Toolkits for self-assessment',
      items: this.toolkits.all().map(({ toolkit, title, version, authors, criteria }) => ({ href: `/toolkits/${toolkit}`, title, version, authors, questions: criteria.length })),
      mayLoad: mayLoad(request),
      back: { href: '/pledge/I3', text: 'What we know about I3' },
    };
    this.pages.send(request, reply, 'pages/toolkits/list.njk', variables, { personal: variables.mayLoad });
  } // prettier-ignore

  @Get('load')
  @Allow(LOADERS)
  show(@Req() request: Asked, @Res() reply: FastifyReply): void {
    this.form(request, reply);
  }

  @Post('load')
  @Allow(LOADERS)
  async load(@Req() request: Asked, @Res() reply: FastifyReply, @Ctx() context: CommandContext): Promise<void> {
    const returned = readForm(ToolkitForm, request.body);
    if (!returned.form) return this.form(request, reply, returned);
    const read = readPasted(returned.form);
    if ('problems' in read) return this.form(request, reply, { typed: returned.typed, problems: read.problems });
    const done = await attempt(() =>
      this.wrote.after(this.commands.execute(new PublishToolkit(context, read.toolkit))),
    );
    if ('problems' in done) {
      const problems = done.problems.map((each) => ({ ...each, pointer: '/text' }));
      return this.form(request, reply, { typed: returned.typed, problems });
    }
    void reply.redirect(`/toolkits/${read.toolkit.toolkit}?done=recorded`, 303);
  }

  @Get(':code')
  one(@Param('code') code: string, @Req() request: Asked, @Res() reply: FastifyReply): void {
    const toolkit = this.toolkits.find(code);
    if (!toolkit) throw missing('toolkit');
    const criteria = toolkit.criteria.map(({ question, hint, levels }) => ({
      question,
      hint,
      levels: toolkit.levels.map(({ code: level, name }) => ({
        name,
        means: levels.find((each) => each.level === level)?.means,
      })),
    }));
    const { title, version, authors, source } = toolkit;
    const variables = { title, version, authors, source, criteria, back: { href: '/toolkits', text: 'Toolkits' } };
    this.pages.send(request, reply, 'pages/toolkits/show.njk', variables, { personal: false });
  }

  private form(request: Asked, reply: FastifyReply, returned?: Again): void {
    const variables = { title: 'Load a toolkit', back: { href: '/toolkits', text: 'Toolkits' } };
    this.pages.send(request, reply, 'pages/toolkits/load.njk', variables, returned ? { returned } : {});
  }
}

const mayLoad = ({ who }: Asked): boolean => who.kind === 'staff' && LOADERS.includes(who.role);

const readPasted = ({ file, text }: ToolkitForm): { toolkit: Toolkit } | { problems: readonly FieldProblem[] } => {
  try {
    return { toolkit: readToolkit(text, file ?? 'The file') };
  } catch (error) {
    if (!(error instanceof ShapedFileError)) throw error;
    const problems = error.problems.slice(0, MOST_PROBLEMS).map(({ path, reason }) => ({ pointer: '/text', code: 'toolkit-wrong', detail: `${error.file}, at ${path || 'the start'}: ${reason}` })); // prettier-ignore
    return { problems };
  }
};
