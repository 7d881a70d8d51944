import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What an account of its own needs on the server: docs/how-to/run-on-eventstoredb.md says how to give no more. */
const NEEDED = ['appendToStream', 'readStream', 'readAll', 'subscribeToAll'];
/** What the client could do with the rights of an administrator, by the first word of its name. */
const MORE = /\.(delete|tombstone|setStreamMetadata|getStreamMetadata|create\w*To|update\w*To|replay|restart|reset\w*Projection|(create|update|delete|enable|disable|abort)Projection|list\w+s\b)\w*\(/; // prettier-ignore

const sources = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
  .map((file) => ({ file, text: readFileSync(join(import.meta.dirname, file), 'utf8') }));

describe('the account on an EventStoreDB', () => {
  it('a call that needs more would be found', () => {
    for (const call of ['deleteStream', 'tombstoneStream', 'setStreamMetadata', 'createPersistentSubscriptionToAll', 'createProjection', 'replayParkedMessagesToAll'])
      expect([call, MORE.test(`client.${call}(name)`)]).toEqual([call, true]);
  }); // prettier-ignore

  it('appends, reads and subscribes, and asks for nothing else', () => {
    expect(sources.length).toBeGreaterThan(10);
    const called = sources.flatMap(({ text }) => [...text.matchAll(/\bclient\??\.(\w+)\(/g)].map(([, name = '']) => name)); // prettier-ignore
    expect([...new Set(called)].filter((name) => name !== 'dispose').sort()).toEqual([...NEEDED].sort());
    // Sets and maps are deleted from as well; a stream never is.
    const more = sources.filter(({ text }) => MORE.test(text.replace(/\.delete\(/g, ''))).map(({ file }) => file);
    expect(more).toEqual([]);
  });
});
