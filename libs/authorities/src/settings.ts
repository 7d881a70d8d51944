import { Injectable } from '@nestjs/common';
import { Rows } from '#projections/rows';
import { DEFAULTS, type Setting, SETTINGS, type Settings } from './setting-rules.js';

interface InForce {
  readonly setting: Setting;
  readonly value: string;
}

/** One change of a setting, with the reason as a sealed reference. */
export interface SettingChange {
  readonly setting: Setting;
  readonly value: readonly number[];
  readonly old: readonly number[];
  readonly reason: string;
  readonly changedAt: string;
  readonly role: string;
}

/** What each council set for its own clocks. A clock asks for what was in force when it started, so the past stays as it was. */
@Injectable()
export class AuthoritySettings {
  constructor(private readonly rows: Rows) {}

  /** In force at an instant (ISO 8601 UTC); left out: now. */
  inForce(authority: string, at = '~'): Settings {
    const found = SETTINGS.flatMap((setting) => this.latest(authority, setting, at));
    return { ...DEFAULTS, ...Object.fromEntries(found.map(({ setting, value }) => [setting, numbers(value)])) };
  }

  /** Every change, newest first. Few: people change these once in years. */
  history(authority: string): readonly SettingChange[] {
    const rows = this.rows.all<{ setting: Setting; value: string; reason: string; changed_at: string; role: string }>(
      'SELECT setting, value, reason, changed_at, role FROM authority_setting WHERE authority = ? ORDER BY position DESC LIMIT 200',
      authority,
    );
    return rows.map(({ setting, value, reason, changed_at: changedAt, role }, at) => {
      const before = rows.slice(at + 1).find((row) => row.setting === setting);
      const old = before ? numbers(before.value) : DEFAULTS[setting];
      return { setting, value: numbers(value), old, reason, changedAt, role };
    });
  }

  /** The id of the stream in which a council's settings stand. Undefined: there is no such council. */
  streamOf(authority: string): string | undefined {
    return this.rows.get<{ id: string }>('SELECT id FROM authority_stream WHERE authority = ?', authority)?.id;
  }

  private latest(authority: string, setting: Setting, at: string): InForce[] {
    const row = this.rows.get<InForce>(
      'SELECT setting, value FROM authority_setting WHERE authority = ? AND setting = ? AND changed_at <= ? ORDER BY changed_at DESC, position DESC LIMIT 1',
      authority,
      setting,
      at,
    );
    return row ? [row] : [];
  }
}

const numbers = (value: string): readonly number[] => JSON.parse(value) as number[];
