import { Module } from '@nestjs/common';
import { pledgeLogQueries } from './pledge-log.queries.js';

@Module({ providers: pledgeLogQueries })
export class PledgeLogModule {}
