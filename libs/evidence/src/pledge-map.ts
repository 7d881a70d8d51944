const events = (names: string): readonly string[] => names.split(' ');

/**
 * The facts that the mission table asks for, line by line. A name of the table that we tell in another event stands here as
 * that event: a kept disagreement is part of `DiscussionHeld`, the questions S8 and S12 are one.
 */
export const ASKED_FOR: Readonly<Record<string, readonly string[]>> = {
  P1a: events('TrainingAttended SupportGiven MemberJoined CoChairAppointed StatementAnswered'),
  P1b: events('TrainingOffered AccessNeedsAskedFor AccessNeedRecorded AccessNeedFlagged AccessNeedShared AccessNeedMet AccessNeedNotMet AccessNeedReviewed TrainingNotAttended SupportRequested SupportGiven'),
  P1c: events('TeamFormed MemberInvited InvitationAnswered MemberJoined MemberLeft'),
  P2a: events('TeamFormed OpportunityPublished ContributionReceived PapersShared RungClaimed RungFelt'),
  P2b: events('RequiredRolePresent RequiredRoleAbsent AttendanceRecorded MeetingCalled AgendaSet ContributionConsidered DecisionMade'),
  P2c: events('DecisionMade DecisionLinkedToContribution CommissioningLinked EffectObserved'),
  P3a: events('ReviewHeld AttendanceRecorded LevelRated ReportPublished UnderstandingAnswered'),
  P3b: events('CelebrationHeld ThanksGiven'),
  P3c: events('LessonRecorded LessonAdopted PriorityAgreed'),
  I1a: events('PledgeAdopted TeamFormed LocalPlanAgreed'),
  I1b: events('CommissioningLinked SocialValuePromiseRecorded SocialValueEvidenceReceived SocialValueConfirmed DecisionLinkedToContribution'),
  I2: events('LocalPlanDrafted LocalPlanRevised ContributionReceived LocalPlanAgreed'),
  I3: events('TeamFormed SelfAssessmentHeld LevelRated PriorityAgreed PriorityActedOn'),
  I4: events('ReportDueSet ReportPublished ReplySent ReportCorrected'),
  S1: events('ContributionReceived MemberJoined ContributionConsidered DiscussionHeld'),
  S2: events('DecisionMade DecisionLinkedToContribution'),
  S3: events('TrainingOffered TrainingAttended SupportRequested SupportGiven AccessNeedMet'),
  S4: events('StatementAnswered TrainingAttended'),
  S5: events('PapersShared UnderstandingAnswered AttendanceRecorded CoChairAppointed'),
  S6: events('ThanksGiven PaymentOffered PaymentAnswered PaymentPaid ExpensesPaid ReplySent'),
  S7: events('CommitmentMade LessonRecorded'),
  S8: events('DecisionLinkedToContribution ReplySent UnderstandingAnswered EffectObserved'),
  S9: events('ConsentGiven ConsentWithdrawn AttributionChanged OpportunityPublished'),
  S10: events('StatementAnswered'),
  S11: events('TrainingAttended SupportGiven LessonRecorded'),
  S12: events('DecisionLinkedToContribution ReplySent UnderstandingAnswered EffectObserved'),
  S13: events('StatementAnswered'),
  S14: events('OpportunityPublished MemberInvited'),
  S15: events('StatementAnswered'),
  S16: events('DecisionMade ReplySent UnderstandingAnswered DecisionReviewRequested'),
  S17: events('ContributionConsidered DecisionMade RungClaimed RungFelt AgendaSet'),
  S18: events('DecisionLinkedToContribution CommitmentMade EvidenceAttached DoneConfirmed ReplySent'),
  S19: events('EffectObserved MeasureRecorded HarmReported'),
  S20: events('DecisionMade UnderstandingAnswered DecisionReviewAnswered'),
}; // prettier-ignore
