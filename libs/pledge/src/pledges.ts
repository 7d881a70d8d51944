import { Inject, Injectable } from '@nestjs/common';
import { lineOf } from '#authorities/line';
import type { Clock } from '#kernel/aggregate';
import { Rows } from '#projections/rows';
import { CLOCK } from '#projections/tokens';
import { partsOf } from './pledge-lines.js';
import type { PledgeVersion } from './pledge.events.js';
import { versionOn } from './pledge.js';

interface VersionRow {
  readonly pledge: string;
  readonly document: string;
}

/** Which pledges there are, as the record says; another region's needs no code change. */
@Injectable()
export class Pledges {
  constructor(
    private readonly rows: Rows,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Codes of all pledges, the one that was published first at the front. */
  codes(): readonly string[] {
    return this.rows
      .all<{ pledge: string }>('SELECT pledge FROM pledge_version GROUP BY pledge ORDER BY min(position)')
      .map(({ pledge }) => pledge);
  }

  versions(pledge: string): readonly PledgeVersion[] {
    return this.rows
      .all<VersionRow>('SELECT * FROM pledge_version WHERE pledge = ? ORDER BY position', pledge)
      .map(({ document }) => JSON.parse(document) as PledgeVersion);
  }

  /** One version; without its name the one that holds today, and where none does, the newest. */
  find(pledge: string, version?: string): PledgeVersion | undefined {
    const versions = this.versions(pledge);
    return version === undefined
      ? (versionOn(versions, this.clock.now().today) ?? versions.at(-1))
      : versions.find((each) => each.version === version);
  }

  /** Whether any version has a part or step with this code: what a source tells may be older than the text of today. */
  hasPart(pledge: string, part: string): boolean {
    return this.versions(pledge).some((version) => partsOf(version).some(({ code }) => code === part));
  }

  /** The pledge that a council made, or a council before it: a pledge outlives who made it. For none, the first there is. */
  of(authority?: string): PledgeVersion | undefined {
    const all = this.codes().flatMap((code) => this.find(code) ?? []);
    const line = authority === undefined ? [] : lineOf(this.rows, authority);
    return all.find(({ authorities }) => line.some((code) => authorities.includes(code))) ?? all[0];
  }
}
