import { Module } from '@nestjs/common';
import { dataRequestHandlers } from './data-request.handlers.js';
import { dataRequestQueries } from './data-requests.queries.js';
import { Letters } from './letters.js';

@Module({ providers: [Letters, ...dataRequestHandlers, ...dataRequestQueries], exports: [Letters] })
export class DataRequestsModule {}
