import { Module } from '@nestjs/common';
import { CarryOut } from './carry-out.js';
import { CouncilsBeforeHandler } from './line.queries.js';
import { Ordering } from './ordering.js';
import { Orders } from './orders.js';
import { SuccessionReactor } from './succession.reactor.js';

@Module({
  providers: [CouncilsBeforeHandler, CarryOut, Ordering, Orders, SuccessionReactor],
  exports: [Ordering, Orders, SuccessionReactor],
})
export class SuccessionModule {}
