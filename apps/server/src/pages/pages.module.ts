import { Module } from '@nestjs/common';
import { MeetingsModule } from '#meetings/meetings.module';
import { ContributionsModule } from '#contributions/contributions.module';
import { EvidenceModule } from '#evidence/evidence.module';
import { ExampleModule } from '#example/example.module';
import { ReportsModule } from '#reports/reports.module';
import { ParticipantsModule } from '#participants/participants.module';
import { SealedFiles } from '#vault/sealed-files';
import { Mailer } from '../mail/mailer.js';
import { SingleSignOn } from '../sign-on/single-sign-on.js';
import { AccountsPages } from './accounts/accounts.pages.js';
import { MyAccountPages } from './accounts/my-account.pages.js';
import { TokensPages } from './accounts/tokens.pages.js';
import { AboutPages } from './about/about.pages.js';
import { AboutMeetingPages } from './capture/about.pages.js';
import { CapturePages } from './capture/capture.pages.js';
import { CaptureDesk } from './capture/capture-desk.js';
import { EarlierMatters } from './capture/earlier-matters.js';
import { CheckPages } from './capture/check.pages.js';
import { CaptureItemsPages } from './capture/items.pages.js';
import { ReadBackPages } from './capture/read-back.pages.js';
import { OverduePages } from './clocks/overdue.pages.js';
import { DecisionsPages } from './decisions/decisions.pages.js';
import { PledgeEvidencePages } from './evidence/evidence.pages.js';
import { GapsPages } from './gaps/gaps.pages.js';
import { FeedsPages } from './feeds/feeds.pages.js';
import { HomePages } from './home/home.pages.js';
import { CommitmentsPages } from './commitments/commitments.pages.js';
import { MakeCommitmentPages } from './commitments/make.pages.js';
import { PledgeLogPages } from './pledge-log/pledge-log.pages.js';
import { PledgePages } from './pledge/pledge.pages.js';
import { RedactionsPages } from './redactions/redactions.pages.js';
import { AskedSaidDidPages } from './reports/asked-said-did.pages.js';
import { CqcPages } from './reports/cqc.pages.js';
import { HowPages } from './reports/how.pages.js';
import { ReportStepsPages } from './reports/report-steps.pages.js';
import { ReportsPages } from './reports/reports.pages.js';
import { RequestsPages } from './requests/requests.pages.js';
import { AfterMeetingPages } from './meetings/after.pages.js';
import { MeetingStepsPages } from './meetings/meeting-steps.pages.js';
import { MeetingsPages } from './meetings/meetings.pages.js';
import { AnswersPages } from './my-view/answers.pages.js';
import { AsksPages } from './my-view/asks.pages.js';
import { CodePages } from './my-view/code.pages.js';
import { MyViewPage } from './my-view/my-view.page.js';
import { MyViewsPages } from './my-views/my-views.pages.js';
import { ByMailPages } from './my-views/by-mail.pages.js';
import { MyViewPages } from './my-view/my-view.pages.js';
import { SearchPages } from './search/search.pages.js';
import { EvidencePages } from './seal/evidence.pages.js';
import { HowWeCheckPages } from './seal/how-we-check.pages.js';
import { ReceiptPages } from './seal/receipt.pages.js';
import { Seal } from './seal/seal.js';
import { ScrutinyDeskModule } from '../scrutiny/scrutiny-desk.module.js';
import { AuditPages } from './scrutiny/audits.pages.js';
import { SamplePages } from './scrutiny/sample.pages.js';
import { ScrutinyLists } from './scrutiny/scrutiny-lists.js';
import { ScrutinyPages } from './scrutiny/scrutiny.pages.js';
import { ServiceChangesPages } from './service-changes/service-changes.pages.js';
import { StepsPages } from './service-changes/steps.pages.js';
import { SignInPages } from './sign-in/sign-in.pages.js';
import { SingleSignOnPages } from './sign-in/single-sign-on.pages.js';
import { StaffDesk } from './sign-in/staff-desk.js';
import { AskPages } from './statements/ask.pages.js';
import { SlipPages } from './statements/slip.pages.js';
import { LocalStatementsPages } from './statements/local.pages.js';
import { RoundsPages } from './statements/rounds.pages.js';
import { StatementDeskModule } from '../statements/statement-desk.module.js';
import { StartAskingPages } from './statements/start.pages.js';
import { StatementsPages } from './statements/statements.pages.js';
import { TeamStepsPages } from './teams/team-steps.pages.js';
import { TeamsPages } from './teams/teams.pages.js';
import { TellUsPages } from './tell-us/tell-us.pages.js';
import { CardsPages } from './views/cards.pages.js';
import { DiedPages } from './views/died.pages.js';
import { ReplyClockPages } from './views/clock.pages.js';
import { ReplyPages } from './views/reply.pages.js';
import { ShownPages } from './views/shown.pages.js';
import { ViewsPages } from './views/views.pages.js';
import { WorkPages } from './work/work.pages.js';

/** Every page, in the order a person meets them. */
@Module({
  imports: [
    EvidenceModule,
    ReportsModule,
    StatementDeskModule,
    ExampleModule,
    ParticipantsModule,
    ContributionsModule,
    MeetingsModule,
    ScrutinyDeskModule,
  ],
  providers: [
    SealedFiles,
    CaptureDesk,
    EarlierMatters,
    MyViewPage,
    Seal,
    StaffDesk,
    SingleSignOn,
    Mailer,
    ScrutinyLists,
  ],
  controllers: [
    HomePages,
    PledgePages,
    StartAskingPages,
    AskPages,
    SlipPages,
    RoundsPages,
    LocalStatementsPages,
    StatementsPages,
    PledgeEvidencePages,
    HowPages,
    AskedSaidDidPages,
    CqcPages,
    ReportStepsPages,
    ReportsPages,
    PledgeLogPages,
    MakeCommitmentPages,
    CommitmentsPages,
    TellUsPages,
    ReceiptPages,
    ByMailPages,
    MyViewsPages,
    MyViewPages,
    AsksPages,
    AnswersPages,
    CodePages,
    EvidencePages,
    DecisionsPages,
    ServiceChangesPages,
    StepsPages,
    SignInPages,
    SingleSignOnPages,
    MyAccountPages,
    TokensPages,
    AccountsPages,
    WorkPages,
    TeamStepsPages,
    TeamsPages,
    MeetingStepsPages,
    MeetingsPages,
    CapturePages,
    ReadBackPages,
    CheckPages,
    CaptureItemsPages,
    AboutMeetingPages,
    AfterMeetingPages,
    ViewsPages,
    ShownPages,
    ReplyPages,
    ReplyClockPages,
    DiedPages,
    CardsPages,
    RequestsPages,
    GapsPages,
    RedactionsPages,
    OverduePages,
    ScrutinyPages,
    SamplePages,
    AuditPages,
    SearchPages,
    FeedsPages,
    HowWeCheckPages,
    AboutPages,
  ],
})
export class PagesModule {}
