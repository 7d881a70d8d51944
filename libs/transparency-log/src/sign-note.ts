import { utf8 } from './bytes.js';
import { KEY_TYPES } from './key.js';
import { formatNote, type Note, type NoteSignature } from './note.js';
import type { NoteSigner } from './signing-key.js';
import { VerificationError } from './verification-error.js';

/** The plain Ed25519 line of one signer; witnesses cosign instead (cosignature.ts). */
export const signLine = async (text: string, signer: NoteSigner): Promise<NoteSignature> => {
  if (signer.key.type !== KEY_TYPES.ed25519)
    throw new VerificationError('unsupported-key', 'only an Ed25519 key (type 1) signs a plain note');
  return { name: signer.key.name, id: signer.key.id, signature: await signer.sign(utf8(text)) };
};

/** A whole note, one line per signer in their order. @throws VerificationError for a text no note can hold. */
export const signNote = async (text: string, signers: readonly NoteSigner[]): Promise<string> => {
  const lines: NoteSignature[] = [];
  for (const signer of signers) lines.push(await signLine(text, signer));
  return formatNote({ text, signatures: lines });
};

/** The same note with more lines under it; what a key has signed before is replaced by what it signs now. */
export const addSignatures = (note: Note, more: readonly NoteSignature[]): Note => {
  const isReplaced = (line: NoteSignature) => more.some(({ name, id }) => name === line.name && id === line.id);
  return { text: note.text, signatures: [...note.signatures.filter((line) => !isReplaced(line)), ...more] };
};
