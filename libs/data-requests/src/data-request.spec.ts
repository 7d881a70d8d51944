import {
  dataRequest,
  type DataRequest,
  receiveRequest,
  type DataRequestStep,
  takeDataRequestStep,
} from './data-request.js';
import { acknowledgeDue, answerDue } from './month-clock.js';

const at = { occurredAt: '2027-01-01T00:00:00.000Z', recordedAt: '2027-01-01T00:00:00.000Z' };
const received = (kind: 'copy' | 'complaint' = 'copy'): DataRequest =>
  after(dataRequest.initial, receiveRequest(dataRequest.initial, { authority: 'essex', kind, channel: 'letter', receivedOn: '2027-01-04' }, '2027-01-05')); // prettier-ignore
const after = (state: DataRequest, decided: ReturnType<typeof takeDataRequestStep>): DataRequest => {
  if (decided instanceof Error) throw decided;
  return decided.reduce((now, event) => dataRequest.evolve(now, event, at), state);
};
const step = (state: DataRequest, what: DataRequestStep, on = '2027-01-10'): DataRequest => after(state, takeDataRequestStep(state, what, on)); // prettier-ignore

it.each([
  ['2027-01-04', [], false, '2027-02-04'],
  // There is no 31 February; the 28th is a Sunday.
  ['2027-01-31', [], false, '2027-03-01'],
  ['2028-01-31', [], false, '2028-02-29'],
  // Good Friday to Easter Monday.
  ['2027-02-26', [], false, '2027-03-30'],
  ['2027-01-04', [], true, '2027-04-05'],
  ['2027-01-04', [{ from: '2027-01-10', to: '2027-01-15' }], false, '2027-02-09'],
  ['2027-01-04', [{ from: '2027-01-10' }], false, undefined],
])('a request of %s with pauses %j, extended %s, is answered by %s', (day, pauses, isExtended, due) =>
  expect(answerDue(day, pauses, isExtended)).toBe(due),
);

it('a complaint is acknowledged within 30 days, the first counted', () =>
  expect(acknowledgeDue('2027-01-04')).toBe('2027-02-02'));

it('the clock stops once, runs again, and stops no more once it is answered', () => {
  const paused = step(step(received(), { do: 'pause', why: 'identity' }), { do: 'pause', why: 'clarification' });
  expect(paused.pauses).toEqual([{ from: '2027-01-10' }]);
  const answered = step(paused, { do: 'answer', outcome: 'done' }, '2027-01-12');
  expect([answered.pauses, answered.isAnswered]).toEqual([[{ from: '2027-01-10', to: '2027-01-12' }], true]);
  expect(takeDataRequestStep(answered, { do: 'resume' }, '2027-01-13')).toMatchObject({ code: 'answered-already' });
});

it('a refusal needs a reason, a complaint waits for nobody, and nothing comes from tomorrow', () => {
  expect(takeDataRequestStep(received(), { do: 'answer', outcome: 'refused' }, '2027-01-10')).toMatchObject({ code: 'ground-missing', pointer: '/ground' }); // prettier-ignore
  for (const what of [
    { do: 'pause', why: 'identity' },
    { do: 'extend', why: 'complex' },
  ] as const)
    expect(takeDataRequestStep(received('complaint'), what, '2027-01-10')).toMatchObject({ code: 'complaint-goes-on' });
  expect(receiveRequest(dataRequest.initial, { authority: 'essex', kind: 'copy', channel: 'letter', receivedOn: '2027-01-06' }, '2027-01-05')).toMatchObject({ pointer: '/receivedOn' }); // prettier-ignore
  expect(takeDataRequestStep(dataRequest.initial, { do: 'acknowledge' }, '2027-01-10')).toMatchObject({
    kind: 'missing',
  });
});
