import type { EventStore } from '#event-store/event-store';
import { decodeLeaf, type Leaf } from '#event-store/leaf';
import type { Vault } from '#vault/vault';
import type { PersonalStore, Whose } from '../personal-store.js';

/** What people said, wherever an event refers to it. The events stay; the ciphertexts go. */
export class SealedWords implements PersonalStore {
  readonly name = 'sealed-words';
  readonly title = 'What they said, and what was said to them';
  readonly holds = ['sealed.db/sealed'];

  constructor(
    private readonly vault: Vault,
    private readonly store: EventStore,
  ) {}

  async purge(whose: Whose): Promise<number> {
    const [digests, kids]: [string[], Set<string>] = [[], new Set(whose.kids)];
    for await (const leaf of this.leavesOf(whose))
      for (const { kid, h } of Object.values(leaf.sealed)) if (kids.has(kid)) digests.push(h);
    return this.vault.ciphertexts.purge(whose.kids, digests);
  }

  async left(whose: Whose): Promise<number> {
    const kids = new Set(whose.kids);
    let unmarked = 0;
    for await (const leaf of this.leavesOf(whose))
      for (const field of Object.values(leaf.sealed))
        if (kids.has(field.kid) && this.vault.ciphertext(field.h) !== undefined) unmarked++;
    return Math.max(unmarked, this.vault.ciphertexts.countOf(whose.kids));
  }

  private async *leavesOf({ streams }: Whose): AsyncGenerator<Leaf> {
    for (const stream of streams) for await (const { leaf } of this.store.read(stream)) yield decodeLeaf(leaf);
  }
}
