import { type DynamicModule, Module } from '@nestjs/common';
import { ClosedHalves, SUPPRESS_UP_TO } from './closed-halves.js';
import { roundHandlers } from './round.handlers.js';
import { RoundSlips } from './round-slips.js';
import { SlipNames } from './slip-names.js';
import { AnswerStatementHandler, AskStatementsHandler } from './statement.handlers.js';
import { StatementResultsHandler } from './statements.queries.js';

/** `suppressUpTo`: up to how many people a number is hidden, 7 to 10. */
@Module({})
export class StatementsModule {
  static hiding(suppressUpTo: number): DynamicModule {
    return {
      module: StatementsModule,
      providers: [
        { provide: SUPPRESS_UP_TO, useValue: suppressUpTo },
        ClosedHalves,
        AskStatementsHandler,
        AnswerStatementHandler,
        StatementResultsHandler,
        RoundSlips,
        SlipNames,
        ...roundHandlers,
      ],
      exports: [ClosedHalves, RoundSlips, SlipNames, StatementResultsHandler],
      global: true,
    };
  }
}
