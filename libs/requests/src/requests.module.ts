import { Module } from '@nestjs/common';
import { requestQueries } from './requests.queries.js';

@Module({ providers: requestQueries })
export class RequestsModule {}
