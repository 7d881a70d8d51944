import { accountsProjection } from '#accounts/accounts.projection';
import { authoritiesProjection } from '#authorities/authorities.projection';
import { commitmentsProjection } from '#commitments/commitments.projection';
import { contributionsProjection } from '#contributions/contributions.projection';
import { decisionsProjection } from '#decisions/decisions.projection';
import { gapsProjection } from '#gaps/gaps.projection';
import { discussionsProjection } from '#meetings/discussions.projection';
import { meetingsProjection } from '#meetings/meetings.projection';
import { participantsProjection } from '#participants/participants.projection';
import { pledgeLogProjection } from '#pledge-log/pledge-log.projection';
import { pledgesProjection } from '#pledge/pledges.projection';
import type { Projection } from '#projections/projection';
import { requestsProjection } from '#requests/requests.projection';
import { searchProjection } from '#search/search.projection';
import { serviceChangesProjection } from '#service-changes/service-changes.projection';
import { teamsProjection } from '#teams/teams.projection';
import { chainProjection } from '#traceability/chain.projection';

/** Read models in one file, without personal words: only references to them. */
export const everyProjection: readonly Projection[] = [
  authoritiesProjection,
  pledgesProjection,
  teamsProjection,
  participantsProjection,
  meetingsProjection,
  contributionsProjection,
  discussionsProjection,
  decisionsProjection,
  serviceChangesProjection,
  commitmentsProjection,
  pledgeLogProjection,
  requestsProjection,
  chainProjection,
  gapsProjection,
  accountsProjection,
];

/** Read models that hold public words in the open, in a file of their own that can be thrown away. */
export const searchProjections: readonly Projection[] = [searchProjection];
