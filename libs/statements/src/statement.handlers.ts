import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { uuid5 } from '#event-store/ids';
import { Recorder } from '#event-store/recorder';
import { linesOf } from '#pledge/pledge-lines';
import { Pledges } from '#pledge/pledges';
import { SlipNames } from './slip-names.js';
import { AnswerStatement, AskStatements } from './statement.commands.js';
import {
  answerStatement,
  askStatements,
  isOver,
  type Questions,
  statementNamed,
  statements,
  withLocal,
} from './statement.js';

const AUTHORITY_STREAMS = '5c1f4f0b-2f6e-5d0a-9b7d-3a8e6c2d1f90';
export const streamOf = (authority: string): string => uuid5(AUTHORITY_STREAMS, authority);

/** What can be asked in a council today, from the pledge that it made; without one, from the first there is. */
export const questionsOf = (pledges: Pledges, authority?: string): Questions => {
  const version = pledges.of(authority);
  const lines = version ? linesOf(version).filter(({ kind }) => kind === 'statement') : [];
  return {
    pledge: version?.pledge ?? '',
    wording: version?.version ?? '',
    asked: lines.filter(({ sameAs }) => sameAs === undefined).map(({ code }) => code),
    same: Object.fromEntries(lines.flatMap(({ code, sameAs }) => (sameAs ? [[code, sameAs]] : []))),
  };
};

@CommandHandler(AskStatements)
export class AskStatementsHandler implements ICommandHandler<AskStatements> {
  constructor(
    private readonly recorder: Recorder,
    private readonly pledges: Pledges,
  ) {}

  execute({ context, authority, body }: AskStatements) {
    return this.recorder.act(statements, streamOf(authority), { ...context, about: { authority } }, (state) => {
      const questions = withLocal(questionsOf(this.pledges, authority), state, body.team);
      return askStatements(questions, body.statements, body.occasion, body.meeting);
    });
  }
}

@CommandHandler(AnswerStatement)
export class AnswerStatementHandler implements ICommandHandler<AnswerStatement> {
  constructor(
    private readonly recorder: Recorder,
    private readonly pledges: Pledges,
    private readonly slips: SlipNames,
  ) {}

  async execute({ context, authority, by, body }: AnswerStatement) {
    const questions = questionsOf(this.pledges, authority);
    const { occasion, about } = body;
    const statement = statementNamed(questions, body.statement);
    const slip = this.slips.of({ by, occasion, about, statement }, context.now.today);
    const changed = this.slips.isAnswered(slip);
    // Nobody in particular acts: who answered must not stand beside the answer.
    const neutral = { ...context, actor: { role: 'participant', ref: 'answers' }, about: { authority } };
    const acted = await this.recorder.act(
      statements,
      streamOf(authority),
      neutral,
      (state) =>
        isOver(state, body, context.now.today) ?? answerStatement(withLocal(questions, state, body.team), slip, body),
    );
    return { ...acted, changed };
  }
}
