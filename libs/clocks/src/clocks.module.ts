import { Module } from '@nestjs/common';
import { FindLadderHandler } from './ladder.queries.js';
import { ListOverdueHandler } from './overdue.queries.js';
import { Reminders } from './reminders.js';

@Module({ providers: [Reminders, ListOverdueHandler, FindLadderHandler], exports: [Reminders] })
export class ClocksModule {}
