import { Codec } from './codec.js';
import type { EventStore } from './event-store.js';
import { FoldedStreams } from './folded-streams.js';
import { map, sum } from './testing/sums.js';

describe('streams that are kept folded', () => {
  it('are only those that hold an event: new ones must not fill the memory', async () => {
    const empty = { async *read() {} } as unknown as EventStore;
    const folded = new FoldedStreams(empty, new Codec([map]));
    for (let each = 0; each < 10; each++) await folded.current(sum, `sum-${each}`);
    expect((folded as unknown as { kept: Map<string, unknown> }).kept.size).toBe(0);
  });
});
