import { readUtf8, toHex, utf8 } from './bytes.js';
import { KEY_TYPES, type KeyType, parseVerifierKey, requireDistinct, type VerifierKey } from './key.js';
import type { Sha256 } from './sha256.js';
import { VerificationError } from './verification-error.js';

/** C2SP tlog-policy: whose checkpoints are believed, and how many witnesses it takes. */

export interface PolicyLog {
  readonly key: VerifierKey;
  readonly url: string | undefined;
}
export interface PolicyWitness extends PolicyLog {
  readonly name: string;
}
export interface PolicyGroup {
  readonly name: string;
  /** So many of the members must have cosigned. */
  readonly threshold: number;
  readonly members: readonly string[];
}
export interface Policy {
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  /** In the order of the file: each names only witnesses and groups before it. */
  readonly groups: readonly PolicyGroup[];
  /** The name of a witness or group; undefined for `quorum none`. */
  readonly quorum: string | undefined;
}

const MAX_POLICY_BYTES = 1_000_000;
/** Of logs, of witnesses and of groups: the specification asks for 32 or more. */
const MAX_OF_A_KIND = 256;
const KEYWORDS = new Set(['log', 'witness', 'group', 'quorum', 'all', 'any', 'none']);
const LOG_TYPES: readonly KeyType[] = [KEY_TYPES.ed25519, KEY_TYPES.mlDsa44];
const WITNESS_TYPES: readonly KeyType[] = [KEY_TYPES.cosignature, KEY_TYPES.mlDsa44];

/**
 * Reads line by line. Names are bytes, not letters: the whole file is held one byte per letter, so that no two names
 * can ever be taken for one, and only keys are read as UTF-8.
 */
class PolicyReader {
  readonly logs: PolicyLog[] = [];
  readonly witnesses: PolicyWitness[] = [];
  readonly groups: PolicyGroup[] = [];
  quorum: string | null | undefined = undefined;
  private readonly names = new Set<string>();
  private readonly members = new Set<string>();
  private line = 0;

  constructor(private readonly sha256: Sha256) {}

  read(line: string): void {
    this.line += 1;
    const [keyword = '', ...words] = line.split(/[ \t]+/).filter((word) => word !== '');
    if (keyword === '' || keyword.startsWith('#')) return;
    if (keyword === 'log') this.log(words);
    else if (keyword === 'witness') this.witness(words);
    else if (keyword === 'group') this.group(words);
    else if (keyword === 'quorum') this.setQuorum(words);
    else this.refuse('begins with a word that means nothing');
    if (Math.max(this.logs.length, this.witnesses.length, this.groups.length) > MAX_OF_A_KIND)
      throw new VerificationError('too-long', `the policy has more than ${MAX_OF_A_KIND} lines of a kind`);
  }

  private log([vkey, url, ...more]: readonly string[]): void {
    if (vkey === undefined || more.length > 0) return this.refuse('is not: log KEY [URL]');
    this.logs.push({ key: this.key(vkey, LOG_TYPES, this.logs), url });
  }

  private witness([name, vkey, url, ...more]: readonly string[]): void {
    if (name === undefined || vkey === undefined || more.length > 0)
      return this.refuse('is not: witness NAME KEY [URL]');
    this.define(name);
    this.witnesses.push({ name, key: this.key(vkey, WITNESS_TYPES, this.witnesses), url });
  }

  private group([name, rule, ...members]: readonly string[]): void {
    if (name === undefined || rule === undefined || members.length === 0)
      return this.refuse('is not: group NAME all|any|NUMBER MEMBER …');
    for (const member of members) {
      if (!this.names.has(member)) this.refuse('names a member that no line before it defines');
      if (this.members.has(member)) this.refuse('names a member that is already in a group');
      this.members.add(member);
    }
    this.define(name);
    this.groups.push({ name, threshold: this.threshold(rule, members.length), members });
  }

  private threshold(rule: string, count: number): number {
    if (rule === 'all') return count;
    if (rule === 'any') return 1;
    const threshold = /^[1-9][0-9]{0,8}$/.test(rule) ? Number(rule) : 0;
    if (threshold < 1 || threshold > count) this.refuse(`asks for something else than 1 to ${count} members`);
    return threshold;
  }

  private setQuorum([name, ...more]: readonly string[]): void {
    if (name === undefined || more.length > 0) return this.refuse('is not: quorum NAME');
    if (this.quorum !== undefined) this.refuse('is a second quorum');
    if (name !== 'none' && !this.names.has(name)) this.refuse('names a quorum that no line before it defines');
    this.quorum = name === 'none' ? null : name;
  }

  private define(name: string): void {
    if (KEYWORDS.has(name)) this.refuse('uses a keyword as a name');
    if (this.names.has(name)) this.refuse('defines a name for the second time');
    this.names.add(name);
  }

  /** The same bytes under another name or type are the same key. */
  private key(vkey: string, types: readonly KeyType[], others: readonly PolicyLog[]): VerifierKey {
    const key = parseVerifierKey(readUtf8(Uint8Array.from(vkey, (letter) => letter.charCodeAt(0))), this.sha256);
    if (!types.includes(key.type)) this.refuse('has a key of a type that does not belong there');
    const hex = toHex(key.publicKey);
    if (others.some((other) => toHex(other.key.publicKey) === hex)) this.refuse('has the same key as a line before it');
    return key;
  }

  private refuse(why: string): never {
    throw new VerificationError('bad-policy', `line ${this.line} of the policy ${why}`);
  }
}

/** One letter per byte, as in ISO 8859-1. */
const asOctets = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

/** @throws VerificationError for a policy that is not exactly as specified; nothing in it is guessed. */
export const parsePolicy = (input: string | Uint8Array, sha256: Sha256): Policy => {
  const bytes = typeof input === 'string' ? utf8(input) : input;
  if (bytes.length > MAX_POLICY_BYTES) throw new VerificationError('too-long', 'the policy is too long');
  if (bytes.some((byte) => (byte < 0x20 && byte !== 0x09 && byte !== 0x0a) || byte === 0x7f))
    throw new VerificationError('bad-policy', 'the policy holds a control character');
  const text = asOctets(bytes);
  if (!text.endsWith('\n')) throw new VerificationError('bad-policy', 'the last line of the policy does not end');
  const reader = new PolicyReader(sha256);
  for (const line of text.slice(0, -1).split('\n')) reader.read(line);
  const { logs, witnesses, groups, quorum } = reader;
  if (quorum === undefined) throw new VerificationError('bad-policy', 'the policy has no quorum');
  requireDistinct([...logs, ...witnesses].map(({ key }) => key));
  return { logs, witnesses, groups, quorum: quorum ?? undefined };
};

/** A name or address of a policy for people to read: as UTF-8 where it is that. */
export const policyWord = (octets: string): string => {
  try {
    return readUtf8(Uint8Array.from(octets, (letter) => letter.charCodeAt(0)));
  } catch {
    return octets;
  }
};
