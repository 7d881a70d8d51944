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
  { code: 'plan', title: 'The pledge and the plan', kinds: planKinds },
  { code: 'invitations', title: 'Asking people to join', kinds: invitationKinds },
  { code: 'access', title: 'What people need, and what they allow', kinds: accessKinds },
  { code: 'learning', title: 'Training and support', kinds: learningKinds },
  { code: 'meetings', title: 'Before and after meetings', kinds: meetingKinds },
  { code: 'recognition', title: 'Thanks and payment', kinds: recognitionKinds },
  { code: 'reviews', title: 'Looking back and learning', kinds: reviewKinds },
  { code: 'commissioning', title: 'Buying services', kinds: commissioningKinds },
  { code: 'reports', title: 'Reports, numbers and harm', kinds: reportKinds },
];

export const everyKind: readonly FactKind[] = everyGroup.flatMap(({ kinds }) => kinds);

const byCode = new Map(everyKind.map((kind) => [kind.code, kind]));
export const findKind = (code: string): FactKind | undefined => byCode.get(code);
