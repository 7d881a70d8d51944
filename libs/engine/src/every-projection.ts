import { accountsProjection } from '#accounts/accounts.projection';
import { authoritiesProjection } from '#authorities/authorities.projection';
import { settingsProjection } from '#authorities/settings.projection';
import { clocksProjection } from '#clocks/clocks.projection';
import { commitmentsProjection } from '#commitments/commitments.projection';
import { contributionsProjection } from '#contributions/contributions.projection';
import { redactionsProjection } from '#contributions/redactions.projection';
import { dataRequestsProjection } from '#data-requests/data-requests.projection';
import { decisionsProjection } from '#decisions/decisions.projection';
import { dataSubjectsProjection } from '#erasure/data-subjects.projection';
import { evidenceProjection } from '#evidence/evidence.projection';
import { factsProjection } from '#facts/facts.projection';
import { toolkitsProjection } from '#facts/toolkits.projection';
import { gapsProjection } from '#gaps/gaps.projection';
import { discussionsProjection } from '#meetings/discussions.projection';
import { meetingsProjection } from '#meetings/meetings.projection';
import { participantsProjection } from '#participants/participants.projection';
import { pledgeLogProjection } from '#pledge-log/pledge-log.projection';
import { pledgesProjection } from '#pledge/pledges.projection';
import type { Projection } from '#projections/projection';
import { reportsProjection } from '#reports/reports.projection';
import { requestsProjection } from '#requests/requests.projection';
import { auditsProjection } from '#scrutiny/audits.projection';
import { searchProjection } from '#search/search.projection';
import { serviceChangesProjection } from '#service-changes/service-changes.projection';
import { statementsProjection } from '#statements/statements.projection';
import { successionsProjection } from '#succession/successions.projection';
import { teamsProjection } from '#teams/teams.projection';
import { chainProjection } from '#traceability/chain.projection';

/** Read models in one file, without personal words: only references to them. */
export const everyProjection: readonly Projection[] = [
  authoritiesProjection,
  settingsProjection,
  successionsProjection,
  pledgesProjection,
  teamsProjection,
  participantsProjection,
  meetingsProjection,
  contributionsProjection,
  redactionsProjection,
  discussionsProjection,
  decisionsProjection,
  serviceChangesProjection,
  commitmentsProjection,
  pledgeLogProjection,
  requestsProjection,
  chainProjection,
  gapsProjection,
  clocksProjection,
  accountsProjection,
  dataRequestsProjection,
  dataSubjectsProjection,
  statementsProjection,
  evidenceProjection,
  factsProjection,
  toolkitsProjection,
  reportsProjection,
  auditsProjection,
];

/** Read models that hold public words in the open, in a file of their own that can be thrown away. */
export const searchProjections: readonly Projection[] = [searchProjection];
