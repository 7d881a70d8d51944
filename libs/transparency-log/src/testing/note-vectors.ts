/** What the public vectors of signed notes hold. */
export interface NoteVectors {
  readonly text: string;
  readonly keys: Readonly<Record<string, NoteKeys> & Record<'peter' | 'enoch', NoteKeys>>;
  readonly signExpect: string;
  readonly badVkeys: readonly string[];
  readonly open: readonly OpenVector[];
  readonly malformedNotesB64: readonly string[];
}

export interface OpenVector {
  readonly name: string;
  readonly note: string;
  readonly trust: readonly string[];
  readonly verified?: readonly string[];
  readonly unverified?: readonly string[];
  readonly error?: string;
}

interface NoteKeys {
  readonly vkey: string;
  readonly skey?: string;
}
