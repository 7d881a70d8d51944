export interface CalendarEntry {
  readonly id: string;
  readonly title: string;
  readonly startsAt: string;
  readonly place: string | null;
  readonly url: string;
  /** When it was last written down. */
  readonly stampedAt: string;
}

/** Octets in a line, without its end (RFC 5545, 3.1). */
const LONGEST_LINE = 75;

/** One meeting for a calendar (RFC 5545). How long it takes is not recorded, so no end is invented. */
export const calendarOf = ({ id, title, startsAt, place, url, stampedAt }: CalendarEntry): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Throughline//Meetings//EN',
    'BEGIN:VEVENT',
    `UID:${id}`,
    `DTSTAMP:${compact(stampedAt)}`,
    `DTSTART:${compact(startsAt)}`,
    `SUMMARY:${escaped(title)}`,
    ...(place ? [`LOCATION:${escaped(place)}`] : []),
    `URL:${url}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]
    .flatMap(folded)
    .join('\r\n')
    .concat('\r\n');

const compact = (instant: string): string => instant.replace(/[-:]|\.\d+/g, '');

const escaped = (text: string): string =>
  text
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replace(/\r\n|\r|\n/g, '\\n')
    // A control character has no place in a line of a calendar.
    .replace(/[\u0000-\u001f\u007f]/g, ' ');

/** Long lines go on after a space on the next one; a character is never cut in two. */
const folded = (line: string): string[] => {
  const lines: string[] = [];
  let now = '';
  for (const character of line) {
    if (Buffer.byteLength(now) + Buffer.byteLength(character) > LONGEST_LINE) {
      lines.push(now);
      now = ' ';
    }
    now += character;
  }
  return [...lines, now];
};
