import { Controller, Get, Param, ParseIntPipe, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { createdId } from '#event-store/ids';
import type { CommandContext } from '#event-store/recorder';
import { refuse } from '#kernel/refusal';
import { AnswerStatement } from '#statements/statement.commands';
import { Allow } from '../../edge/allow.js';
import { Ctx } from '../../edge/command-context.js';
import { type Again, attempt, readForm } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { type AskSession, AskedHere } from '../../edge/asked-here.js';
import { Pages } from '../../shell/pages.js';
import { choices } from '../../wording/wording.js';
import { CAPACITIES_OF_OTHERS } from '../teams/capacities.js';
import { StatementWords } from '../../statements/statement-words.js';
import { AnswerForm, FACES, SKIP, VOICE_OPTIONS, WhoAnswersForm } from './ask.forms.js';

const ASK = '/statements/ask';

/** One statement a screen, on whatever device the questions were opened. The cookie says which; nobody signs in. */
@Controller('statements/ask')
@Allow('anyone')
export class AskPages {
  constructor(
    private readonly pages: Pages,
    private readonly commands: CommandBus,
    private readonly words: StatementWords,
    private readonly asked: AskedHere,
    private readonly wrote: ReadYourWrite,
  ) {}

  @Get()
  start(@Req() request: Asked, @Res() reply: FastifyReply): void {
    const session = this.asked.of(request);
    if (session) this.who(request, reply, session);
    else this.closed(request, reply);
  }

  @Post()
  begin(@Req() request: Asked, @Res() reply: FastifyReply, @Ctx() context: CommandContext): void {
    const session = this.asked.of(request);
    if (!session) return this.closed(request, reply);
    const returned = readForm(WhoAnswersForm, request.body);
    if (!returned.form) return this.who(request, reply, session, returned);
    const { voice, capacity = session.capacity } = returned.form;
    if (session.bySupporter && voice !== 'proxy') {
      const { code, message, pointer } = refuse('voice-not-marked', 'This is the card of someone who helps. Choose “I answer for someone else”.', '/voice'); // prettier-ignore
      return this.who(request, reply, session, { typed: returned.typed, problems: [{ code, detail: message, pointer }] }); // prettier-ignore
    }
    const by = whoOf(session, createdId(context.commandId, 'sitting'));
    void this.asked.start(reply, { ...session, by, voice, ...(capacity && { capacity }) }).redirect(`${ASK}/1`, 303);
  }

  @Get('thanks')
  thanks(@Req() request: Asked, @Res() reply: FastifyReply): void {
    const session = this.asked.of(request);
    // Whoever gets the device next must not be able to go back and change these answers.
    if (session?.occasion === 'campaign') return void reply.redirect('/check/sittings', 303);
    if (session?.occasion === 'meeting') {
      const { by: _by, voice: _voice, capacity: _capacity, ...next } = session;
      this.asked.start(reply, next);
    }
    this.pages.send(request, reply, 'pages/statements/thanks.njk', {
      title: 'Thank you',
      isShared: session?.occasion === 'meeting',
    });
  }

  @Post('done')
  done(@Res() reply: FastifyReply): void {
    void this.asked.end(reply).redirect('/', 303);
  }

  @Get(':n')
  show(@Param('n', ParseIntPipe) n: number, @Req() request: Asked, @Res() reply: FastifyReply): void {
    const session = this.asked.of(request);
    if (!session) return this.closed(request, reply);
    if (!session.voice || !session.statements[n - 1]) return void reply.redirect(ASK, 303);
    this.question(request, reply, session, n);
  }

  @Post(':n')
  async answer(
    @Param('n', ParseIntPipe) n: number,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() made: CommandContext,
  ): Promise<void> {
    const session = this.asked.of(request);
    if (!session) return this.closed(request, reply);
    const statement = session.statements[n - 1];
    const { by, voice, capacity } = session;
    if (!by || !voice || !statement) return void reply.redirect(ASK, 303);
    const returned = readForm(AnswerForm, request.body);
    if (!returned.form) return this.question(request, reply, session, n, returned);
    const { answer } = returned.form;
    let isChanged = false;
    if (answer !== SKIP) {
      const { authority, occasion, about, bySupporter, team } = session;
      // Staff may be signed in beside a card; what a person answers is not theirs.
      const { within: _within, ...context } = made;
      const body = {
        statement,
        answer,
        voice,
        occasion,
        about,
        bySupporter,
        ...(capacity && { capacity }),
        ...(team && { team }),
      };
      const run = () => this.wrote.after(this.commands.execute(new AnswerStatement(context, authority, by, body)));
      const given = await attempt(run);
      if ('problems' in given) return this.question(request, reply, session, n, { typed: returned.typed, problems: given.problems }); // prettier-ignore
      isChanged = given.done.changed;
    }
    const next = n < session.statements.length ? `${ASK}/${n + 1}` : `${ASK}/thanks`;
    void reply.redirect(isChanged ? `${next}?done=changed` : next, 303);
  }

  private who(request: Asked, reply: FastifyReply, session: AskSession, returned?: Again): void {
    const variables = {
      title: session.occasion === 'meeting' ? 'How are the meetings for you?' : 'How do we work with you?',
      count: session.statements.length,
      voices: session.bySupporter ? VOICE_OPTIONS.filter(({ value }) => value === 'proxy') : VOICE_OPTIONS,
      // A card knows it from the view.
      capacities: session.occasion === 'card' ? [] : CAPACITIES_OF_OTHERS,
    };
    this.pages.send(request, reply, 'pages/statements/who.njk', variables, returned ? { returned } : {});
  }

  private question(request: Asked, reply: FastifyReply, session: AskSession, n: number, returned?: Again): void {
    const text = this.words.of(session.authority, session.statements[n - 1] ?? '');
    const variables = {
      title: text,
      n,
      of: session.statements.length,
      isAboutView: session.occasion === 'card',
      answers: choices('statementAnswer').map(({ value, text }) => ({ value, text, face: FACES[value] })),
      back: { href: n > 1 ? `${ASK}/${n - 1}` : ASK },
    };
    this.pages.send(request, reply, 'pages/statements/ask.njk', variables, returned ? { returned } : {});
  }

  private closed(request: Asked, reply: FastifyReply): void {
    this.pages.send(request, reply, 'pages/statements/closed.njk', { title: 'No questions are open here' });
  }
}

/** A device goes from hand to hand: everyone who begins is somebody new. The holder of a card or a slip stays the same. */
const whoOf = ({ occasion, by, bySupporter, about }: AskSession, sitting: string): string =>
  occasion === 'meeting' ? sitting : (by ?? `${bySupporter ? 'supporter' : 'person'} ${about}`);
