import type { FactGroup, FactKind } from './fact-kind.js';
import { accessKinds } from './kinds/access.js';
import { commissioningKinds } from './kinds/commissioning.js';
import { invitationKinds } from './kinds/invitations.js';
import { learningKinds } from './kinds/learning.js';
import { meetingKinds } from './kinds/meetings.js';
import { planKinds } from './kinds/plan.js';
import { recognitionKinds } from './kinds/recognition.js';
import { reportKinds } from './kinds/reports.js';
import { reviewKinds } from './kinds/reviews.js';

/** Everything of the pledge that can be recorded beside views, decisions and promises, in the order of the page. */
export const everyGroup: readonly FactGroup[] = [
  { code: 'plan', title: 'Agree the pledge and the plan', kinds: planKinds },
  { code: 'invitations', title: 'Ask people to join', kinds: invitationKinds },
  { code: 'access', title: 'Find out what people need and allow', kinds: accessKinds },
  { code: 'learning', title: 'Train and support people', kinds: learningKinds },
  { code: 'meetings', title: 'Prepare meetings and share power', kinds: meetingKinds },
  { code: 'recognition', title: 'Thank and pay people', kinds: recognitionKinds },
  { code: 'reviews', title: 'Look back, celebrate and learn', kinds: reviewKinds },
  { code: 'commissioning', title: 'Buy services together with people', kinds: commissioningKinds },
  { code: 'reports', title: 'Report, measure and own up', kinds: reportKinds },
];

export const everyKind: readonly FactKind[] = everyGroup.flatMap(({ kinds }) => kinds);

const byCode = new Map(everyKind.map((kind) => [kind.code, kind]));
export const findKind = (code: string): FactKind | undefined => byCode.get(code);
