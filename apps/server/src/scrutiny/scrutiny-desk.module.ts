import { Module } from '@nestjs/common';
import { ResponseClock } from './response-clock.js';
import { ScrutinyDesk } from './scrutiny-desk.js';
import { TieDesk } from './tie-desk.js';

/** What pages and API of scrutiny share, and the clock that notices silence. */
@Module({ providers: [ScrutinyDesk, TieDesk, ResponseClock], exports: [ScrutinyDesk, TieDesk] })
export class ScrutinyDeskModule {}
