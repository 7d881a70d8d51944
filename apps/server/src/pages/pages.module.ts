import { Module } from '@nestjs/common';
import { ParticipantsModule } from '#participants/participants.module';
import { HomePages } from './home/home.pages.js';
import { SignInPages } from './sign-in/sign-in.pages.js';

/** Every page, in the order a person meets them. */
@Module({ imports: [ParticipantsModule], controllers: [HomePages, SignInPages] })
export class PagesModule {}
