import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeEventStore } from '../testing/describe-event-store.js';
import { openSqliteEventStore } from './sqlite-event-store.js';

let folder: string | undefined;

describeEventStore('The embedded store (SQLite)', {
  startsEmpty: true,
  open: async () => openSqliteEventStore(join((folder ??= mkdtempSync(join(tmpdir(), 'log-'))), 'log.db')),
  cleanUp: async () => {
    if (folder) rmSync(folder, { recursive: true });
    folder = undefined;
  },
});
