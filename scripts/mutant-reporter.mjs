// Jest's reporter for scripts/mutant-runs.mjs: writes down which projects had a test that failed.
import { writeFileSync } from 'node:fs';

export default class {
  failed = {};

  constructor(_, { file }) {
    this.file = file;
  }

  onTestResult({ context }, { failureMessage, numFailingTests }) {
    const { name } = context.config.displayName;
    this.failed[name] = this.failed[name] || numFailingTests > 0 || Boolean(failureMessage);
  }

  onRunComplete() {
    writeFileSync(this.file, JSON.stringify(this.failed));
  }
}
