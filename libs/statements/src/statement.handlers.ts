import { createHmac } from 'node:crypto';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { uuid5 } from '#event-store/ids';
import { Recorder } from '#event-store/recorder';
import { linesOf } from '#pledge/pledge-lines';
import { Pledges } from '#pledge/pledges';
import { Rows } from '#projections/rows';
import { Vault } from '#vault/vault';
import { AnswerStatement, AskStatements } from './statement.commands.js';
import {
  answerStatement,
  askStatements,
  halfOf,
  isOver,
  type Questions,
  statementNamed,
  statements,
  withLocal,
} from './statement.js';

const AUTHORITY_STREAMS = '5c1f4f0b-2f6e-5d0a-9b7d-3a8e6c2d1f90';
const SLIPS = '8d3b7a52-0c4e-5f19-8a6d-71e2b9c4d035';
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
  private readonly key: Buffer;

  constructor(
    private readonly recorder: Recorder,
    private readonly pledges: Pledges,
    private readonly rows: Rows,
    vault: Vault,
  ) {
    this.key = vault.database.master.derive('statement-slip');
  }

  async execute({ context, authority, by, body }: AnswerStatement) {
    const questions = questionsOf(this.pledges, authority);
    const statement = statementNamed(questions, body.statement);
    // The half year is part of the name: what changes later never changes a half year that was published.
    const name = JSON.stringify([by, body.occasion, body.about, statement, halfOf(context.now.today)]);
    const slip = uuid5(SLIPS, createHmac('sha256', this.key).update(name).digest('hex'));
    const changed = this.rows.get('SELECT 1 FROM statement_answer WHERE slip = ?', slip) !== undefined;
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
