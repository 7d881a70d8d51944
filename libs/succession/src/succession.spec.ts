import type { Refusal } from '#kernel/refusal';
import { readOrder } from './order-file.js';
import { callOff, type NewSuccession, orderSuccession, type Successions, successions } from './succession.js';
import type { SuccessionEvent } from './succession.events.js';
import { whoHas } from './who-has-it.js';

const DATED: Readonly<Record<string, readonly [string | null, string | null]>> = {
  essex: ['1974-04-01', null],
  thurrock: ['1998-04-01', null],
  'north-essex': ['2028-04-01', null],
  'mid-essex': ['2028-04-01', null],
  'south-essex': ['2028-04-01', null],
  later: ['2030-04-01', null],
  gone: ['1974-04-01', '2020-03-31'],
  'no-date': [null, null],
};
const council = (code: string) => {
  const its = DATED[code];
  return its && { name: code, valid_from: its[0], valid_to: its[1] };
};
const at = { occurredAt: '', recordedAt: '' };
const after = (...orders: readonly (readonly [string, NewSuccession])[]): Successions =>
  orders.reduce((state, [id, given]) => {
    const decided = orderSuccession(state, id, given, council);
    if (decided instanceof Error) throw decided;
    return decided.reduce((now, event) => successions.evolve(now, event, at), state);
  }, successions.initial);
const order = (more: Partial<NewSuccession> = {}): NewSuccession => ({
  from: ['essex'],
  to: [{ authority: 'north-essex' }],
  on: '2028-04-01',
  reason: 'The Essex Order 2027',
  ...more,
});
const split = (...more: readonly object[]): NewSuccession['to'] =>
  ['north-essex', 'mid-essex', 'south-essex'].map((authority, n) => ({ authority, ...more[n] }));
const outcome = (decided: unknown): string => {
  if (!(decided instanceof Error)) return (decided as SuccessionEvent[]).map(({ type }) => type).join(' ');
  return `${(decided as Refusal).code} ${(decided as Refusal).pointer}`;
};

describe('an order of succession', () => {
  const one: readonly [string, NewSuccession] = ['o1', order()];

  it.each<[string, readonly (readonly [string, NewSuccession])[], NewSuccession, string]>([
    ['a merger', [], order({ from: ['essex', 'thurrock'] }), 'SuccessionOrdered'],
    ['a split with rules', [], order({ to: split({ teams: ['t1'] }, { things: ['c1'] }, { otherwise: true }) }), 'SuccessionOrdered SuccessionAssigned SuccessionAssigned'],
    ['itself again', [one], order(), ''],
    ['an unknown council that ends', [], order({ from: ['essex', 'nowhere'] }), 'council-unknown /from/1'],
    ['an unknown new council', [], order({ to: [{ authority: 'nowhere' }] }), 'council-unknown /to/0/authority'],
    ['no council that ends', [], order({ from: [] }), 'from-missing /from'],
    ['no new council', [], order({ to: [] }), 'to-missing /to'],
    ['a council that ends twice', [], order({ from: ['essex', 'essex'] }), 'named-twice /from/0'],
    ['no reason', [], order({ reason: ' ' }), 'reason-missing /reason'],
    ['a day that does not exist', [], order({ on: '2028-02-30' }), 'date-wrong /on'],
    ['a day before the new council begins', [], order({ on: '2028-03-31' }), 'dates-swapped /on'],
    ['a day before the old council began', [], order({ from: ['later'], to: [{ authority: 'essex' }], on: '2029-01-01' }), 'dates-swapped /on'],
    ['a new council without a date', [], order({ to: [{ authority: 'no-date' }] }), 'date-unknown /to/0'],
    ['a new council that is no more', [], order({ to: [{ authority: 'gone' }] }), 'ended-already /to/0'],
    ['an old council that is no more', [], order({ from: ['gone'] }), 'ended-already /from/0'],
    ['its own successor', [], order({ to: [{ authority: 'essex' }] }), 'cycle /from/0'],
    ['a successor that leads back', [one], order({ from: ['north-essex'], to: [{ authority: 'essex' }], on: '2030-01-01' }), 'cycle /from/0'],
    ['a way back over two others', [one, ['o2', order({ from: ['north-essex'], to: [{ authority: 'mid-essex' }], on: '2029-01-01' })]], order({ from: ['mid-essex'], to: [{ authority: 'essex' }], on: '2030-01-01' }), 'cycle /from/0'],
    ['a second successor', [one], order({ to: [{ authority: 'mid-essex' }] }), 'succeeded-already /from/0'],
    ['a successor that ends before', [['o2', order({ from: ['north-essex'], to: [{ authority: 'mid-essex' }], on: '2028-05-01' })]], order({ from: ['thurrock'], on: '2028-06-01' }), 'ended-already /to/0'],
    ['a promise without a new owner', [], order({ to: split() }), 'no-new-owner /to'],
    ['two councils for all the rest', [], order({ to: split({ otherwise: true }, {}, { otherwise: true }) }), 'two-new-owners /to/2/otherwise'],
    ['a promise with two new owners', [], order({ to: split({ things: ['c1'] }, { things: ['c2', 'c1'] }, { otherwise: true }) }), 'two-new-owners /to/1/things/1'],
    ['a team with two new owners', [], order({ to: split({ teams: ['t1'] }, {}, { teams: ['t1'], otherwise: true }) }), 'two-new-owners /to/2/teams/0'],
  ])('%s', (_, before, given, then) => {
    const id = then === '' ? 'o1' : 'o9';
    expect(outcome(orderSuccession(after(...before), id, given, council))).toBe(then);
  }); // prettier-ignore

  it('can be called off before its day, with a reason, and then ordered anew', () => {
    const state = after(one);
    expect(outcome(callOff(state, 'o1', 'The Order was withdrawn', '2028-04-01'))).toBe('in-force /succession');
    expect(outcome(callOff(state, 'o1', ' ', '2028-03-31'))).toBe('reason-missing /reason');
    expect(outcome(callOff(state, 'o2', 'x', '2028-03-31'))).toBe('order-unknown /succession');
    const decided = callOff(state, 'o1', 'The Order was withdrawn', '2028-03-31');
    const off = (decided as SuccessionEvent[]).reduce((now, event) => successions.evolve(now, event, at), state);
    expect(outcome(callOff(off, 'o1', 'x', '2028-03-31'))).toBe('');
    expect(outcome(orderSuccession(off, 'o1', order(), council))).toBe('called-off /reason');
    expect(outcome(orderSuccession(off, 'o2', order({ to: [{ authority: 'mid-essex' }] }), council))).toBe('SuccessionOrdered'); // prettier-ignore
  });

  it('keeps thousands of single promises in entries that are not too large', () => {
    const things = Array.from({ length: 1_201 }, (_, n) => `c${n}`);
    const decided = orderSuccession(after(), 'o1', order({ to: split({ things }, {}, { otherwise: true }) }), council);
    expect(outcome(decided).split(' ')).toHaveLength(4);
  });
});

describe('who has it', () => {
  const rules = {
    otherwise: 'rest',
    teams: new Map([['t1', 'north'], ['t2', 'mid']]),
    things: new Map([['c1', 'south']]),
  }; // prettier-ignore

  it.each<[string, string, readonly string[], string | null, string]>([
    ['what is named itself', 'c1', ['t1'], null, 'south named'],
    ['a recommendation about a named promise', 'r1', ['t1'], 'c1', 'south beside'],
    ['what belongs to a team', 'c2', ['t2'], null, 'mid team'],
    ['a person in teams that go one way', 'p1', ['t1', 't1'], null, 'north team'],
    ['a person in teams that part', 'p1', ['t1', 't2'], null, 'rest otherwise'],
    ['a team that no rule names', 'c3', ['t3'], null, 'rest otherwise'],
    ['what has no team', 'c4', [], null, 'rest otherwise'],
  ])('%s has one council', (_, id, teams, beside, then) => {
    const { to, because } = whoHas(rules, { id, teams, beside });
    expect(`${to} ${because}`).toBe(then);
  });
});

describe('a file with an order', () => {
  it.each<[unknown, string]>([
    [{ ...order(), on: 'April 2028' }, 'order.json, at /on: Expected a date'],
    [{ ...order(), from: 'essex' }, 'order.json, at /from: Expected a list'],
    [{ ...order(), to: [{ authority: 'North Essex' }] }, 'order.json, at /to/0/authority: Expected a code'],
    [{ ...order(), colour: 'blue' }, 'order.json, at /colour: Expected nothing here (unknown field)'],
    [{ ...order(), reason: '' }, 'order.json, at /reason: This text is empty.'],
  ])('%j is refused with place and reason', (file, message) =>
    expect(() => readOrder(JSON.stringify(file), 'order.json')).toThrow(message),
  );

  it('is read as it was written', () => expect(readOrder(JSON.stringify(order()), 'order.json')).toEqual(order()));
});
