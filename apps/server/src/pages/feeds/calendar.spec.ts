import { calendarOf } from './calendar.js';

const entry = {
  id: '2f593bfa-4198-5b03-a3f6-2d76a0781884',
  title: 'Day Services; team, November',
  startsAt: '2026-11-23T10:00:00.000Z',
  place: null,
  url: 'https://example.org/meetings/1',
  stampedAt: '2026-11-01T09:00:00.000Z',
};

describe('a meeting for a calendar (RFC 5545)', () => {
  it('says when in UTC and escapes what would end a value', () => {
    const lines = calendarOf(entry).split('\r\n');
    expect(lines).toContain('DTSTART:20261123T100000Z');
    expect(lines).toContain('SUMMARY:Day Services\\; team\\, November');
    expect(lines.at(-1)).toBe('');
    expect(lines.some((line) => line.startsWith('LOCATION'))).toBe(false);
  });

  it('folds long lines at 75 octets without cutting a character', () => {
    const title = '👋🏽 ünïcode '.repeat(20);
    const lines = calendarOf({ ...entry, title }).split('\r\n');
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(lines.join('\n').replace(/\n /g, '')).toContain(`SUMMARY:${title}`);
  });

  it('does not let a title begin a line of its own', () => {
    expect(calendarOf({ ...entry, title: 'a\r\nATTACH:http://evil' }).split('\r\n')).not.toContain(
      'ATTACH:http://evil',
    );
  });
});
