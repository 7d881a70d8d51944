import { FORMAT_OPTIONS } from '../tell-us/tell-us.view.js';

const CHANNELS: Readonly<Record<string, string>> = {
  'read-aloud': 'read aloud',
  'in-person': 'face to face',
  phone: 'by phone',
  letter: 'by letter',
  email: 'by e-mail',
  text: 'by text message',
};

/** How a reply reached somebody: “by letter (easy read)”. A format that only an import knows is told as it came. */
export const replyWords = ({ channel, format }: { readonly channel: string; readonly format: string }): string => {
  const known = FORMAT_OPTIONS.find(({ value }) => value === format)?.text ?? format;
  return `${CHANNELS[channel] ?? channel} (${known === 'British Sign Language' ? known : known.toLowerCase()})`;
};
