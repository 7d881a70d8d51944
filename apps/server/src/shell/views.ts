import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import nunjucks from 'nunjucks';
import { groupedCode } from '#contributions/card';
import { say } from '../wording/wording.js';
import { longDate, longMoment } from './dates.js';
import { PICTOGRAMS, type Pictogram } from './pictograms.js';

const SOURCES = join(import.meta.dirname, '..');
const ASSETS = join(import.meta.dirname, '../../../../dist/assets');
const BUILT_ASSETS = join(import.meta.dirname, '../../../../assets');

/** Turns a template and its variables into a page. Autoescape is always on; what is missing is an error, not a blank. */
export class Views {
  private readonly environment: nunjucks.Environment;
  private readonly names: Record<string, string>;

  /** `more`: further folders with templates; only tests have any. */
  constructor(more: readonly string[] = []) {
    this.names = JSON.parse(readFileSync(join(this.assetFolder, 'names.json'), 'utf8')) as Record<string, string>;
    this.environment = new nunjucks.Environment(new nunjucks.FileSystemLoader([SOURCES, ...more]), {
      autoescape: true,
      throwOnUndefined: false,
    });
    this.environment
      .addFilter('date', longDate)
      .addFilter('moment', longMoment)
      .addFilter('code', groupedCode)
      .addFilter('fieldId', (name: string) => name.replaceAll('.', '-'))
      .addFilter('has', (list: unknown, value: string) => (Array.isArray(list) ? list.includes(value) : list === value))
      .addFilter(
        'plural',
        (count: number | string, one: string, many: string) => `${count} ${Number(count) === 1 ? one : many}`,
      )
      .addGlobal('say', say)
      .addGlobal('asset', (name: string) => `/assets/${this.names[name] ?? name}`)
      // Our own constant markup, never anything that came from outside.
      .addGlobal('shape', (name: Pictogram) => new nunjucks.runtime.SafeString(PICTOGRAMS[name] ?? PICTOGRAMS.arrow));
  }

  /** Where the compiled styles and scripts are: beside the build, also when the sources run under test. */
  get assetFolder(): string {
    return import.meta.dirname.includes(join('dist', 'apps')) ? BUILT_ASSETS : ASSETS;
  }

  render(template: string, variables: object): string {
    return this.environment.render(template, variables);
  }
}
