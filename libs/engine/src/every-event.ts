import { accessTokenEvents, accountEvents } from '#accounts/account.events';
import { authorityEvents } from '#authorities/authority.events';
import { handoverEvents } from '#authorities/handover.events';
import { reminderEvents } from '#clocks/reminder.events';
import { contributionEvents, understandingEvents } from '#contributions/contribution.events';
import { decisionEvents } from '#decisions/decision.events';
import { dataRequestEvents } from '#data-requests/data-request.events';
import { dataSubjectEvents } from '#erasure/data-subject.events';
import { Codec } from '#event-store/codec';
import { factEventMaps } from '#facts/fact.events';
import { toolkitEvents } from '#facts/toolkit.events';
import { importEvents } from '#import/apply/import.events';
import { commitmentEvents, lifecycleEvents, serviceChangeEvents } from '#lifecycle/lifecycle.events';
import { discussionEvents, meetingEvents } from '#meetings/meeting.events';
import { participantEvents } from '#participants/participant.events';
import { pledgeEvents } from '#pledge/pledge.events';
import { reportEvents } from '#reports/report.events';
import { statementEvents } from '#statements/statement.events';
import { successionEvents } from '#succession/succession.events';
import { auditEvents } from '#scrutiny/audit.events';
import { teamEvents } from '#teams/team.events';
import { vaultEvents } from '#vault/vault.events';

/** Every event there is, in the order of the story. An event that is not here cannot be recorded. */
export const everyEvent = [
  authorityEvents,
  handoverEvents,
  successionEvents,
  pledgeEvents,
  vaultEvents,
  teamEvents,
  participantEvents,
  meetingEvents,
  contributionEvents,
  understandingEvents,
  discussionEvents,
  decisionEvents,
  serviceChangeEvents,
  commitmentEvents,
  lifecycleEvents,
  importEvents,
  reminderEvents,
  dataSubjectEvents,
  dataRequestEvents,
  accountEvents,
  accessTokenEvents,
  statementEvents,
  ...factEventMaps,
  toolkitEvents,
  reportEvents,
  auditEvents,
];

export const openCodec = (): Codec => new Codec(everyEvent);
