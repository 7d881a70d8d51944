import { Module } from '@nestjs/common';
import { TraceHandler } from './chain.queries.js';

@Module({ providers: [TraceHandler] })
export class TraceabilityModule {}
