import { Module } from '@nestjs/common';
import { ContributionsModule } from '#contributions/contributions.module';
import { ParticipantsModule } from '#participants/participants.module';
import { SealedFiles } from '#vault/sealed-files';
import { AboutPages } from './about/about.pages.js';
import { DecisionsPages } from './decisions/decisions.pages.js';
import { HomePages } from './home/home.pages.js';
import { AnswersPages } from './my-view/answers.pages.js';
import { AsksPages } from './my-view/asks.pages.js';
import { CodePages } from './my-view/code.pages.js';
import { MyViewPages } from './my-view/my-view.pages.js';
import { ServiceChangesPages } from './service-changes/service-changes.pages.js';
import { StepsPages } from './service-changes/steps.pages.js';
import { SignInPages } from './sign-in/sign-in.pages.js';
import { TellUsPages } from './tell-us/tell-us.pages.js';

/** Every page, in the order a person meets them. */
@Module({
  imports: [ParticipantsModule, ContributionsModule],
  providers: [SealedFiles],
  controllers: [
    HomePages,
    TellUsPages,
    MyViewPages,
    AsksPages,
    AnswersPages,
    CodePages,
    DecisionsPages,
    ServiceChangesPages,
    StepsPages,
    SignInPages,
    AboutPages,
  ],
})
export class PagesModule {}
