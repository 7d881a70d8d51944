import { hash } from 'node:crypto';
import { canonicalJson } from '../canonical-json.js';
import { type StoredEvent, MAX_LEAF_BYTES } from '../event-store.js';
import type { Leaf } from '../leaf.js';

/**
 * What the transparency log holds of an event. A server may be shared: what another program wrote and what only looks
 * like ours is wrapped, always in the same way, so that it neither stops the log nor slips into it as one of our leaves.
 */
export const leafOf = (event: StoredEvent): { readonly leaf: Uint8Array; readonly isOurs: boolean } =>
  isOurs(event) ? { leaf: event.leaf, isOurs: true } : { leaf: wrapped(event), isOurs: false };

const isOurs = ({ id, stream, revision, type, leaf }: StoredEvent): boolean => {
  if (leaf.length > MAX_LEAF_BYTES) return false;
  try {
    const said = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(leaf)) as Partial<Leaf> | null;
    return said?.v === 1 && said.id === id && said.stream === stream && said.rev === revision && said.type === type;
  } catch {
    return false;
  }
};

/** Characters of a foreign name that are kept: whatever its length, the wrapping stays a leaf. */
const LONGEST_NAME = 1_000;

const wrapped = ({ stream, revision, type, leaf }: StoredEvent): Uint8Array =>
  Buffer.from(
    canonicalJson({
      v: 1,
      foreign: true,
      stream: stream.slice(0, LONGEST_NAME).toWellFormed(),
      rev: revision,
      type: type.slice(0, LONGEST_NAME).toWellFormed(),
      h: hash('sha256', leaf, 'base64'),
    }),
  );
