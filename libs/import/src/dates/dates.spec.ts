import fc from 'fast-check';
import { compileFormat, FormatError } from './date-format.js';
import { readDate } from './read-date.js';

const plan = (
  formats: string[],
  more: { zone?: string; noDate?: string[]; language?: string; zones?: [string, number][] } = {},
) => ({
  formats: formats.map((name) => compileFormat(name, { language: more.language ?? 'en', zones: new Map(more.zones) })),
  zone: more.zone ?? null,
  noDate: new Set(more.noDate),
});

describe('reading dates', () => {
  it.each([
    ['2020-03-02T12:06:20.235Z', ['ISO'], {}, '2020-03-02T12:06:20.235Z', 'instant'],
    ['2000-07-13T06:33:08-07:00', ['ISO'], {}, '2000-07-13T13:33:08.000Z', 'instant'],
    ['2020-10-05', ['ISO'], {}, '2020-10-05', 'day'],
    ['2045', ['ISO'], {}, '2045', 'year'],
    ['2045.0', ['YYYY[.0]'], {}, '2045', 'year'],
    ['18/07/2019', ['DD/MM/YYYY'], {}, '2019-07-18', 'day'],
    ['07/18/2019', ['MM/DD/YYYY'], {}, '2019-07-18', 'day'],
    ['5.3.2021', ['D.M.YYYY'], {}, '2021-03-05', 'day'],
    ['20/11/23', ['DD/MM/YY'], {}, '2023-11-20', 'day'],
    ['13-Jul-2000', ['DD-MMM-YYYY'], {}, '2000-07-13', 'day'],
    ['3. März 2021', ['D. MMMM YYYY'], { language: 'de' }, '2021-03-03', 'day'],
    ['1er févr. 2021', ['D[er] MMM YYYY'], { language: 'fr' }, '2021-02-01', 'day'],
    ['mars 2021', ['MMMM YYYY'], { language: 'fr' }, '2021-03', 'month'],
    ['1651616945723', ['epoch-ms'], {}, '2022-05-03T22:29:05.723Z', 'instant'],
    ['1651616945', ['epoch-s'], {}, '2022-05-03T22:29:05.000Z', 'instant'],
    ['44197', ['spreadsheet-day'], {}, '2021-01-01', 'day'],
    [
      'Wed Jul 27 22:09:49 WIB 2022',
      ['DDD MMM DD HH:mm:ss ZZZ YYYY'],
      { zones: [['WIB', 420]] },
      '2022-07-27T15:09:49.000Z',
      'instant',
    ],
    ['02/03/2021 9:05 pm', ['DD/MM/YYYY h:mm a'], { zone: 'Europe/London' }, '2021-03-02T21:05:00.000Z', 'instant'],
    ['02/07/2021 12:05 am', ['DD/MM/YYYY hh:mm a'], { zone: 'Europe/London' }, '2021-07-01T23:05:00.000Z', 'instant'],
    ['2021-10-31 01:30', ['ISO'], { zone: 'Europe/London' }, '2021-10-31T00:30:00.000Z', 'instant'],
    ['2021-03-28 01:30', ['ISO'], { zone: 'Europe/London' }, '2021-03-28T01:30:00.000Z', 'instant'],
  ] as const)('%s as %j', (text, formats, more, at, precision) => {
    expect(readDate(text, plan([...formats], more as never))).toEqual({ at, precision });
  });

  it.each([
    ['0000-00-00', ['ISO'], 'date-impossible'],
    ['31.02.2020', ['DD.MM.YYYY'], 'date-impossible'],
    ['2020-01-01 25:00Z', ['ISO'], 'date-impossible'],
    ['soon', ['ISO'], 'date-unreadable'],
    ['#ERROR!', ['ISO', 'YYYY[.0]'], 'date-unreadable'],
    ['1 Foo 2020', ['D MMM YYYY'], 'date-unreadable'],
    ['02/03/2021', ['DD/MM/YYYY', 'MM/DD/YYYY'], 'date-ambiguous'],
    ['2020-01-01 09:00', ['ISO'], 'date-without-zone'],
  ])('%s as %j is %s', (text, formats, code) => {
    expect(() => readDate(text, plan(formats))).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('takes the one format that gives a date there is', () => {
    expect(readDate('18/07/2019', plan(['DD/MM/YYYY', 'MM/DD/YYYY']))).toEqual({ at: '2019-07-18', precision: 'day' });
  });

  it('takes empty and listed values as no date', () => {
    expect(readDate('  ', plan(['ISO']))).toBeNull();
    expect(readDate(' k.A. ', plan(['ISO'], { noDate: ['k.A.'] }))).toBeNull();
  });

  it.each(['DD/MM', 'YYYY-QQ', 'Q'])('refuses the format %s', (format) => {
    expect(() => compileFormat(format, { language: 'en', zones: new Map() })).toThrow(FormatError);
  });

  it('reads back every day that it can write', () => {
    const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(day, (date) => {
        const [year, month, dom] = date.toISOString().slice(0, 10).split('-');
        expect(readDate(`${dom}.${month}.${year}`, plan(['DD.MM.YYYY']))?.at).toBe(`${year}-${month}-${dom}`);
        expect(readDate(String(date.getTime()), plan(['epoch-ms']))?.at).toBe(date.toISOString());
      }),
    );
  });
});
