import { readdirSync, readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { Rows } from '#projections/rows';
import { readToolkit } from './read-toolkit.js';
import type { Toolkit } from './toolkit.events.js';

const folder = new URL('./toolkits/', import.meta.url);

/** Those that come with the product. @throws ShapedFileError for one that is broken */
export const shippedToolkits = (): readonly Toolkit[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => readToolkit(readFileSync(new URL(name, folder), 'utf8'), name));

/** Which toolkits there are: what was loaded into the record, and what came with the product. */
@Injectable()
export class Toolkits {
  private readonly shipped = shippedToolkits();

  constructor(private readonly rows: Rows) {}

  /** Newest version of each, loaded ones first. */
  all(): readonly Toolkit[] {
    const newest = new Map<string, Toolkit>();
    for (const each of [...this.shipped, ...this.loaded()]) newest.set(each.toolkit, each);
    return [...newest.values()].reverse();
  }

  /** One version; without its name the newest. */
  find(toolkit: string, version?: string): Toolkit | undefined {
    return [...this.shipped, ...this.loaded()]
      .reverse()
      .find((each) => each.toolkit === toolkit && (version === undefined || each.version === version));
  }

  private loaded(): readonly Toolkit[] {
    return this.rows
      .all<{ document: string }>('SELECT document FROM toolkit_version ORDER BY position')
      .map(({ document }) => JSON.parse(document) as Toolkit);
  }
}
