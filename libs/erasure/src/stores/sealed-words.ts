import type { EventStore } from '#event-store/event-store';
import { decodeLeaf, type Leaf, sealedRefOf } from '#event-store/leaf';
import type { Json } from '#kernel/personal';
import { SealedFiles } from '#vault/sealed-files';
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

  /** Every entry of their own views, and elsewhere the entries that hold something of theirs, without what is about others. */
  async copy(whose: Whose): Promise<readonly Json[]> {
    const kids = new Set(whose.kids);
    const views = new Set(whose.views.map((view) => `contribution-${view}`));
    const all: Json[] = [];
    for await (const leaf of this.leavesOf(whose)) {
      const own = Object.entries(leaf.sealed).filter(([, { kid }]) => kids.has(kid));
      if (leaf.type.startsWith('subject-key-created.') || (own.length === 0 && !views.has(leaf.stream))) continue;
      const { type, stream, occurredAt, recordedAt } = leaf;
      const said = Object.fromEntries(own.map(([pointer, field]) => [pointer, this.opened(leaf, pointer, field)]));
      const others = Object.keys(leaf.sealed).length - own.length;
      all.push({
        what: type, where: stream, happened: occurredAt, writtenDown: recordedAt, said,
        // Of a thing that belongs to many only their own words: the rest is not about them.
        ...(views.has(stream) && { recorded: leaf.data as Json }), ...(others > 0 && { leftOutBecauseAboutOthers: others }),
      }); // prettier-ignore
    }
    return all;
  }

  private opened(leaf: Leaf, pointer: string, field: Leaf['sealed'][string]): Json {
    const opened = this.vault.open<Json>(sealedRefOf(leaf, pointer, field), true);
    if (opened.state !== 'readable') return null;
    if (!pointer.endsWith('/file')) return opened.value;
    const file = new SealedFiles(this.vault).open(opened.value as string, true);
    return 'bytes' in file ? { type: file.type, base64: Buffer.from(file.bytes).toString('base64') } : null;
  }

  private async *leavesOf({ streams }: Whose): AsyncGenerator<Leaf> {
    for (const stream of streams) for await (const { leaf } of this.store.read(stream)) yield decodeLeaf(leaf);
  }
}
