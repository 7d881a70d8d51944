import type { Json } from '#kernel/personal';
import type { Found } from './eraser.js';
import type { PersonalStore } from './personal-store.js';

export interface CopiedStore {
  readonly name: string;
  readonly title: string;
  readonly items: readonly Json[];
}

/** A copy of all that is held about one person (UK GDPR article 15), store by store; nothing about anybody else. */
export interface SubjectCopy {
  readonly v: 1;
  readonly madeAt: string;
  readonly person: string;
  readonly kind: Found['kind'];
  readonly authority: string;
  readonly stores: readonly CopiedStore[];
}

/** Every registered store is asked; one that is added later is in the copy from then on. */
export const copyOf = async (found: Found, stores: readonly PersonalStore[], madeAt: string): Promise<SubjectCopy> => {
  const copied: CopiedStore[] = [];
  for (const store of stores) copied.push({ name: store.name, title: store.title, items: await store.copy(found) });
  const { person, kind, authority } = found;
  return { v: 1, madeAt, person, kind, authority, stores: copied };
};
