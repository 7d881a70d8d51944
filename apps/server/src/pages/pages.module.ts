import { Module } from '@nestjs/common';
import { DataRequestsModule } from '#data-requests/data-requests.module';
import { MeetingsModule } from '#meetings/meetings.module';
import { FactsModule } from '#facts/facts.module';
import { ContributionsModule } from '#contributions/contributions.module';
import { EvidenceModule } from '#evidence/evidence.module';
import { ExampleModule } from '#example/example.module';
import { ReportsModule } from '#reports/reports.module';
import { ParticipantsModule } from '#participants/participants.module';
import { SuccessionModule } from '#succession/succession.module';
import { SealedFiles } from '#vault/sealed-files';
import { Mailer } from '../mail/mailer.js';
import { SingleSignOn } from '../sign-on/single-sign-on.js';
import { AssessmentsPages } from './assessments/assessments.pages.js';
import { ToolkitsPages } from './toolkits/toolkits.pages.js';
import { LadderPages } from './ladder/ladder.pages.js';
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
import { AskAboutInformationPages } from './data-protection/ask.pages.js';
import { DataProtectionAccountPages } from './data-protection/account-of-it.pages.js';
import { DataSubjectPages } from './data-protection/people.pages.js';
import { DataRequestPages } from './data-protection/requests.pages.js';
import { DecisionsPages } from './decisions/decisions.pages.js';
import { WordBackPages } from './decisions/word-back.pages.js';
import { PledgeEvidencePages } from './evidence/evidence.pages.js';
import { FactChoices } from './facts/fact-choices.js';
import { FactForms } from './facts/fact-forms.js';
import { FactPlaces } from './facts/fact-places.js';
import { FactWords } from './facts/fact-words.js';
import { FactsPages } from './facts/facts.pages.js';
import { MendPages } from './facts/mend.pages.js';
import { NextPages } from './facts/next.pages.js';
import { RecordPages } from './facts/record.pages.js';
import { GapsPages } from './gaps/gaps.pages.js';
import { FeedsPages } from './feeds/feeds.pages.js';
import { HomePages } from './home/home.pages.js';
import { CouncilsPages } from './councils/councils.pages.js';
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
import { MyReadsPages } from './my-view/reads.pages.js';
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
import { AuditStepsPages } from './scrutiny/audit-steps.pages.js';
import { AuditPages } from './scrutiny/audits.pages.js';
import { ChangesPages } from './scrutiny/changes.pages.js';
import { FindingPages } from './scrutiny/finding.pages.js';
import { RecommendationPages } from './scrutiny/recommendations.pages.js';
import { SamplePages } from './scrutiny/sample.pages.js';
import { ScrutinyLists } from './scrutiny/scrutiny-lists.js';
import { ScrutinyPages } from './scrutiny/scrutiny.pages.js';
import { TrackerPages } from './scrutiny/tracker.pages.js';
import { ServiceChangesPages } from './service-changes/service-changes.pages.js';
import { StepsPages } from './service-changes/steps.pages.js';
import { DevicesPages } from './sign-in/devices.pages.js';
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
import { LeavePages } from './teams/leave.pages.js';
import { TeamStepsPages } from './teams/team-steps.pages.js';
import { TeamsPages } from './teams/teams.pages.js';
import { TellUsPages } from './tell-us/tell-us.pages.js';
import { CardsPages } from './views/cards.pages.js';
import { ArrivedPages } from './views/arrived.pages.js';
import { DiedPages } from './views/died.pages.js';
import { ReplyClockPages } from './views/clock.pages.js';
import { ReplyPages } from './views/reply.pages.js';
import { SafeguardingPages } from './views/safeguarding.pages.js';
import { ShownPages } from './views/shown.pages.js';
import { ViewsPages } from './views/views.pages.js';
import { WorkPages } from './work/work.pages.js';

/** Every page, in the order a person meets them. */
@Module({
  imports: [
    DataRequestsModule,
    SuccessionModule,
    EvidenceModule,
    FactsModule,
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
    FactChoices,
    FactForms,
    FactPlaces,
    FactWords,
  ],
  controllers: [
    HomePages,
    PledgePages,
    CouncilsPages,
    StartAskingPages,
    AskPages,
    SlipPages,
    RoundsPages,
    LocalStatementsPages,
    StatementsPages,
    PledgeEvidencePages,
    RecordPages,
    NextPages,
    MendPages,
    FactsPages,
    AssessmentsPages,
    LadderPages,
    ToolkitsPages,
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
    MyReadsPages,
    AsksPages,
    AnswersPages,
    CodePages,
    EvidencePages,
    DecisionsPages,
    WordBackPages,
    ServiceChangesPages,
    StepsPages,
    SignInPages,
    DevicesPages,
    SingleSignOnPages,
    MyAccountPages,
    TokensPages,
    AccountsPages,
    WorkPages,
    TeamStepsPages,
    LeavePages,
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
    SafeguardingPages,
    ReplyPages,
    ReplyClockPages,
    ArrivedPages,
    DiedPages,
    CardsPages,
    RequestsPages,
    GapsPages,
    RedactionsPages,
    OverduePages,
    ScrutinyPages,
    SamplePages,
    AuditStepsPages,
    AuditPages,
    FindingPages,
    RecommendationPages,
    TrackerPages,
    ChangesPages,
    SearchPages,
    FeedsPages,
    AskAboutInformationPages,
    DataRequestPages,
    DataSubjectPages,
    DataProtectionAccountPages,
    HowWeCheckPages,
    AboutPages,
  ],
})
export class PagesModule {}
