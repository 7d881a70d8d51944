import { Refusal } from '#kernel/refusal';
import { openReadDatabase } from '#projections/read-database';
import { authority } from './authority.js';
import { changeSetting, DEFAULTS, type Setting } from './setting-rules.js';
import { settingsProjection } from './settings.projection.js';
import { AuthoritySettings } from './settings.js';

const registered = authority.evolve(authority.initial, { type: 'AuthorityRegistered', data: { authority: 'essex', name: 'Essex' } }, { occurredAt: '', recordedAt: '' }); // prettier-ignore
const change = (setting: Setting, value: readonly number[], reason = 'The law says so') =>
  changeSetting(registered, 'stream-1', { setting, value, reason });

describe('what a council sets for its clocks', () => {
  it('is recorded with its reason, sealed under the council', () =>
    expect(change('reply-days', [15])).toEqual([
      { type: 'AuthoritySettingChanged', data: { authority: 'essex', setting: 'reply-days', value: [15], reason: { of: 'stream-1', open: 'The law says so' } } },
    ])); // prettier-ignore

  it.each<[string, Setting, number[], string, string]>([
    ['no reason', 'reply-days', [15], ' ', 'reason-missing /reason'],
    ['nothing new', 'reply-days', [20], 'x', 'same-value /value'],
    ['no time at all', 'reply-days', [0], 'x', 'value-wrong /value'],
    ['longer than half a year', 'reply-days', [131], 'x', 'value-wrong /value'],
    ['half a day', 'reply-days', [1.5], 'x', 'value-wrong /value'],
    ['two numbers where one is meant', 'scrutiny-months', [2, 3], 'x', 'value-wrong /value'],
    ['a ladder with a step missing', 'reminder-days', [1, 10, 20], 'x', 'value-wrong /value'],
    ['a ladder that goes down', 'reminder-days', [1, 10, 10, 30], 'x', 'value-wrong /value'],
  ])('is refused with %s', (_, setting, value, reason, then) => {
    const decided = change(setting, value, reason);
    expect(decided instanceof Refusal && `${decided.code} ${decided.pointer}`).toBe(then);
  });

  it('counts from when it was set: what started before keeps what was in force then', () => {
    const rows = openReadDatabase(':memory:');
    rows.db.exec(settingsProjection.tables);
    const tell = (type: string, data: object, recordedAt: string, n: number) =>
      settingsProjection.on[type]?.(rows, { stream: 'authority-a1', type, data, recordedAt, actor: { role: 'pledge-lead', ref: 'r' }, position: String(n) } as never, () => undefined); // prettier-ignore
    tell('AuthorityRegistered', { authority: 'essex', name: 'Essex' }, '2026-01-01T00:00:00.000Z', 1);
    tell('AuthoritySettingChanged', { authority: 'essex', setting: 'reply-days', value: [15], reason: { sealed: 'r1' } }, '2026-02-01T10:00:00.000Z', 2); // prettier-ignore
    tell('AuthoritySettingChanged', { authority: 'essex', setting: 'reply-days', value: [10], reason: { sealed: 'r2' } }, '2026-03-01T10:00:00.000Z', 3); // prettier-ignore
    const settings = new AuthoritySettings(rows);
    const days = (at?: string) => settings.inForce('essex', at)['reply-days'];
    expect([days('2026-02-01T09:59:59.999Z'), days('2026-02-01T10:00:00.000Z'), days('2026-02-28T00:00:00.000Z'), days()]).toEqual([[20], [15], [15], [10]]); // prettier-ignore
    expect(settings.inForce('luton')).toEqual(DEFAULTS);
    expect(settings.streamOf('essex')).toBe('a1');
    expect(settings.history('essex').map(({ old, value }) => [old, value])).toEqual([[[15], [10]], [[20], [15]]]);
  }); // prettier-ignore
});
