import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ExampleLoader } from './load-example.js';

@Module({ imports: [CqrsModule], providers: [ExampleLoader], exports: [ExampleLoader] })
export class ExampleModule {}
