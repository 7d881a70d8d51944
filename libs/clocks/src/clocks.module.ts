import { Module } from '@nestjs/common';
import { ListOverdueHandler } from './overdue.queries.js';
import { Reminders } from './reminders.js';

@Module({ providers: [Reminders, ListOverdueHandler], exports: [Reminders] })
export class ClocksModule {}
