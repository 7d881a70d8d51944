import type { MEDIA } from '#contributions/contribution.events';

type Media = (typeof MEDIA)[number];

interface Kind {
  readonly type: string;
  readonly media: Media;
  matches(bytes: Uint8Array): boolean;
}

const starts =
  (...signature: readonly number[]) =>
  (bytes: Uint8Array): boolean =>
    signature.every((byte, index) => bytes[index] === byte);
const tag =
  (at: number, text: string) =>
  (bytes: Uint8Array): boolean =>
    Buffer.from(bytes.subarray(at, at + text.length)).toString('latin1') === text;
const riff =
  (form: string) =>
  (bytes: Uint8Array): boolean =>
    tag(0, 'RIFF')(bytes) && tag(8, form)(bytes);

/** What may stand for words, told by its first bytes and never by its name. No SVG, no HTML: nothing that can run. */
const KINDS: readonly Kind[] = [
  { type: 'image/jpeg', media: 'photo', matches: starts(0xff, 0xd8, 0xff) },
  { type: 'image/png', media: 'photo', matches: starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) },
  { type: 'image/gif', media: 'photo', matches: tag(0, 'GIF8') },
  { type: 'image/webp', media: 'photo', matches: riff('WEBP') },
  { type: 'audio/wav', media: 'audio', matches: riff('WAVE') },
  {
    type: 'audio/mpeg',
    media: 'audio',
    matches: (bytes) => tag(0, 'ID3')(bytes) || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2),
  },
  { type: 'audio/ogg', media: 'audio', matches: tag(0, 'OggS') },
  { type: 'audio/mp4', media: 'audio', matches: tag(4, 'ftypM4A') },
  { type: 'video/mp4', media: 'video', matches: tag(4, 'ftyp') },
  { type: 'video/webm', media: 'video', matches: starts(0x1a, 0x45, 0xdf, 0xa3) },
];

/** Longest file taken, in bytes. */
export const LONGEST_FILE = 10 * 1_048_576;

export const kindOf = (bytes: Uint8Array): Pick<Kind, 'type' | 'media'> | undefined =>
  KINDS.find((kind) => kind.matches(bytes));
