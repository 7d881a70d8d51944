import { putAt } from '#event-store/codec';
import { type Leaf, sealedRefOf } from '#event-store/leaf';
import type { Json } from '#kernel/personal';
import { SealedFiles } from '#vault/sealed-files';
import type { Opened, Vault } from '#vault/vault';

/** What stands in the place of words that are not here, and why. */
export type NotHere = { readonly erased: string } | { readonly beingErased: string } | { readonly lost: true };

export interface OpenedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface OpenedEntry {
  /** The data with the words at their places. */
  readonly data: object;
  /** The words alone, in the order in which they stand. */
  readonly words: readonly string[];
  readonly files: readonly OpenedFile[];
  readonly counts: Readonly<Record<'words' | 'restricted' | 'erased' | 'beingErased' | 'lost', number>>;
  /** Places of words whose use the person had restricted: they are kept, and must not be used. */
  readonly restricted: readonly string[];
}

/** Opens everything that is sealed in an entry. @throws Error when a ciphertext was changed. */
export const openEntry = (vault: Vault, leaf: Leaf): OpenedEntry => {
  const data = structuredClone(leaf.data);
  const [words, files, restricted]: [string[], OpenedFile[], string[]] = [[], [], []];
  const counts = { words: 0, restricted: 0, erased: 0, beingErased: 0, lost: 0 };
  for (const [pointer, field] of Object.entries(leaf.sealed)) {
    const ref = sealedRefOf(leaf, pointer, field);
    const first = vault.open<Json>(ref);
    const isRestricted = first.state === 'hidden' && first.why === 'restricted';
    const opened = isRestricted ? vault.open<Json>(ref, true) : first;
    if (isRestricted) restricted.push(pointer);
    const isFile = opened.state === 'readable' && pointer.endsWith('/file');
    const file = isFile ? fileOf(vault, opened.value as string, `${leaf.id}-${files.length + 1}`) : undefined;
    if (opened.state !== 'readable' || (isFile && !file)) {
      const gone = opened.state === 'readable' ? { lost: true as const } : notHere(opened);
      counts[Object.keys(gone)[0] as keyof typeof counts]++;
      putAt(data, pointer, gone);
      continue;
    }
    counts[isRestricted ? 'restricted' : 'words']++;
    if (file) files.push(file);
    else words.push(...textsIn(opened.value));
    putAt(data, pointer, file ? { file: file.name } : opened.value);
  }
  return { data, words, files, counts, restricted };
};

const notHere = (opened: Exclude<Opened, { state: 'readable' }>): NotHere => {
  if (opened.state === 'erased') return { erased: opened.on };
  return opened.state === 'hidden' ? { beingErased: opened.since } : { lost: true };
};

const fileOf = (vault: Vault, reference: string, name: string): OpenedFile | undefined => {
  const file = new SealedFiles(vault).open(reference, true);
  if (!('bytes' in file)) return undefined;
  return { name: `files/${name}.${file.type.replace(/^.*\/|[^a-z0-9]/g, '')}`, bytes: file.bytes };
};

const textsIn = (value: Json): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((each) => textsIn(each as Json));
};
