import { streamId } from '#kernel/event';
import type { Json } from '#kernel/personal';
import type { EventStore } from '#event-store/event-store';
import { decodeLeaf, type Leaf, sealedRefOf } from '#event-store/leaf';
import { SealedFiles } from '#vault/sealed-files';
import type { Vault } from '#vault/vault';
import type { PersonalStore, Whose } from '../personal-store.js';

/** Names of other people that stand under the person's own key: told that they are there, not who they are. */
const OF_OTHERS = /\/(helper|by|owner\/name|checker\/name)$/;
const FILE = /^\/media\/\d+\/file$/;

/** What people said, wherever an event refers to it. The events stay; the ciphertexts go. */
export class SealedWords implements PersonalStore {
  readonly name = 'sealed-words';
  readonly title = 'What they said, and what was said to them';
  readonly holds = ['sealed.db/sealed'];
  private readonly files: SealedFiles;

  constructor(
    private readonly vault: Vault,
    private readonly store: EventStore,
  ) {
    this.files = new SealedFiles(vault);
  }

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

  async copy(whose: Whose): Promise<readonly Json[]> {
    const kids = new Set(whose.kids);
    const entries: Json[] = [];
    for await (const leaf of this.leavesOf(whose)) {
      const own = Object.entries(leaf.sealed).filter(([, { kid }]) => kids.has(kid));
      if (own.length === 0) continue;
      const words = own.map(([pointer, field]): [string, Json] => [pointer.slice(1), this.show(leaf, pointer, sealedRefOf(leaf, pointer, field))]); // prettier-ignore
      entries.push({
        what: leaf.type,
        in: leaf.stream.slice(0, leaf.stream.indexOf('-')),
        id: streamId(leaf.stream),
        happened: leaf.occurredAt,
        recorded: leaf.recordedAt,
        words: Object.fromEntries(words),
      });
    }
    return entries;
  }

  private show(leaf: Leaf, pointer: string, ref: string): Json {
    if (OF_OTHERS.test(pointer) && !leaf.stream.startsWith('dataSubject-'))
      return 'The name of another person, not shown.';
    const opened = this.vault.open<Json>(ref, true);
    if (opened.state !== 'readable') return `Not readable: ${opened.state}.`;
    if (!FILE.test(pointer) || typeof opened.value !== 'string') return opened.value;
    const file = this.files.open(opened.value, true);
    return 'bytes' in file ? { type: file.type, base64: Buffer.from(file.bytes).toString('base64') } : `Not readable: ${file.state}.`; // prettier-ignore
  }

  private async *leavesOf({ streams }: Whose): AsyncGenerator<Leaf> {
    for (const stream of streams) for await (const { leaf } of this.store.read(stream)) yield decodeLeaf(leaf);
  }
}
