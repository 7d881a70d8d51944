import { Refusal } from '#kernel/refusal';
import { isOpen, personal } from '#kernel/personal';
import { findKind } from './every-kind.js';
import type { FactKind, Happened } from './fact-kind.js';
import type { FactEvent } from './fact.events.js';
import { type Fact, type Given, NO_FACT, recordFact, recordStep } from './fact.js';

const kindOf = (code: string): FactKind => findKind(code) as FactKind;
const given = (data: object, more: Partial<Given> = {}): Given => ({
  data: { ...data },
  around: {},
  on: '2026-11-20',
  subject: 'somebody',
  ...more,
});
const OWNER = { authority: 'essex' };
const NEW = NO_FACT;
const after = (...history: readonly (readonly [type: string, data: object])[]): Fact => ({
  about: OWNER,
  takenBack: [],
  history: history.map(([type, data], n): Happened => ({
    type,
    data: { ...data },
    on: '2026-11-10',
    id: `entry ${n}`,
    by: 'who wrote it',
  })),
});
const step = (code: string, stepCode: string, state: Fact, what: Given) => {
  const kind = kindOf(code);
  const found = kind.steps.find((each) => each.code === stepCode);
  if (!found) throw new Error(`${code} has no step ${stepCode}`);
  return recordStep(kind, found, state, what);
};
const people = (count: number) => [{ capacity: 'uses-services', count }];
const refusal = (decided: unknown): string =>
  decided instanceof Refusal ? `${decided.code} ${decided.pointer}`.trim() : 'recorded';

describe('a fact', () => {
  it('is recorded with its owner, and people’s words under the key of the person', () => {
    const decided = recordFact(
      kindOf('lesson'),
      NEW,
      OWNER,
      given({ lesson: 'Ask first', from: 'worked', by: 'people' }),
    );
    expect(decided).toEqual([
      { type: 'LessonRecorded', data: { authority: 'essex', lesson: personal('somebody', 'Ask first'), from: 'worked', by: 'people' } },
    ]); // prettier-ignore
    const [event] = decided as readonly FactEvent[];
    expect(isOpen(event?.data['lesson'])).toBe(true);
  });

  it('is recorded once, and a step only after it', () => {
    const offered = after(['TrainingOffered', {}]);
    expect(refusal(recordFact(kindOf('training'), offered, OWNER, given({})))).toBe('already-recorded');
    expect(refusal(step('training', 'booked', NEW, given({ people: people(1) })))).toBe('not-found');
    expect(refusal(recordFact(kindOf('rung'), NEW, OWNER, given({})))).toBe('missing /team');
  });

  it('holds its steps to their order', () => {
    const given1 = given({ what: 'Took it down' });
    expect(refusal(step('consent', 'honoured', after(['ConsentGiven', {}]), given1))).toBe('too-early');
    const taken = after(['ConsentGiven', {}], ['ConsentWithdrawn', {}]);
    expect(refusal(step('consent', 'honoured', taken, given1))).toBe('recorded');
    expect(refusal(step('consent', 'withdrawn', taken, given({})))).toBe('already-recorded');
    const came = after(['RequiredRoleNamed', {}], ['RequiredRolePresent', {}]);
    expect(refusal(step('required-role', 'absent', came, given({})))).toBe('contradicts');
    const early = given({ people: people(1) }, { on: '2026-11-09' });
    expect(refusal(step('training', 'booked', after(['TrainingOffered', {}]), early))).toBe('before-birth /occurredAt');
  });

  it('does not count more people than there were', () => {
    const offered = after(['TrainingOffered', { spaces: 5 }], ['TrainingBooked', { people: people(4) }]);
    expect(refusal(step('training', 'booked', offered, given({ people: people(1) })))).toBe('recorded');
    expect(refusal(step('training', 'booked', offered, given({ people: people(2) })))).toBe('too-many-booked /people');
    expect(refusal(step('training', 'booked', offered, given({ people: people(0) })))).toBe('nobody /people');
    expect(refusal(step('training', 'attended', offered, given({ people: people(5) })))).toBe(
      'more-than-booked /walkIns',
    );
    expect(refusal(step('training', 'attended', offered, given({ people: people(5), walkIns: 1 })))).toBe('recorded');
    const invited = after(['MemberInvited', { people: 3 }], ['InvitationAnswered', { people: 2 }]);
    expect(refusal(step('invitation', 'answered', invited, given({ people: 1 })))).toBe('recorded');
    expect(refusal(step('invitation', 'answered', invited, given({ people: 2 })))).toBe('more-than-invited /people');
  });

  it('never holds a status beside a payment', () => {
    const paid = (work: string) => refusal(recordFact(kindOf('payment'), NEW, OWNER, given({ work })));
    expect(paid('Two hours at the bus meeting')).toBe('recorded');
    expect(paid('It does not change her benefits')).toBe('private-status /work');
  });

  it('celebrates only what somebody confirmed', () => {
    const held = (confirmed: boolean) =>
      refusal(
        recordFact(kindOf('celebration'), NEW, OWNER, {
          ...given({ promise: 'p', people: people(3) }),
          around: { promise: { category: 'commitment', confirmed } },
        }),
      );
    expect([held(true), held(false)]).toEqual(['recorded', 'not-confirmed /promise']);
  });
});
