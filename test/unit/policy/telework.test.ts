import * as fc from 'fast-check';
import { countsFrom, isUsedUp } from '../../../broker/policy/day-limit.ts';
import { DAYS } from '../../../broker/policy/documents/telework.ts';
import { closesAt, isOpen, openings } from '../../../broker/policy/hours.ts';
import type { Hours, OpenHours } from '../../../broker/policy/policy.ts';
import { readPolicy } from '../../../broker/policy/read.ts';
import { dayOf } from '../../../broker/telework/japan-time.ts';
import { bytes, changed, problemsOf, shipped } from '../../support/policy-problems.ts';

const dutiesFile = (rules: string) => changed('duties.yaml', 'duties: []', rules)[0];
const japan = (text: string) => new Date(`${text.replace(' ', 'T')}:00+09:00`);

describe('what duties.yaml says of telework', () => {
  it('is read: texts in both languages, times in minutes, the SHA-256 of the rules', () => {
    const file = dutiesFile(`duties: [{ name: 税務, not-teleworkable: { ja: 原本を扱うため, en: It needs the originals } }, { name: 広報, days: { week: 2 } }]
telework:
  acknowledgement: { version: 2026-1, rules: { ja: 規程, en: Rules }, lifted-from-level: 2, lifted-for: 24h }
  holidays: [2026-11-03]
  hours: { open: [{ days: [mon, holiday], from: 07:00, until: 24:00 }], lifted-from-level: 1 }
  days: { week: 3, month: 10 }
`);
    const { duties, telework } = readPolicy(bytes({ ...shipped, ...file }));
    expect(duties).toEqual([
      { name: '税務', organisation: undefined, outsideFromLevel: undefined, sites: undefined, notTeleworkable: { ja: '原本を扱うため', en: 'It needs the originals' } },
      { name: '広報', organisation: undefined, outsideFromLevel: undefined, sites: undefined, days: { week: 2, month: undefined, liftedFrom: undefined } },
    ]);
    expect(telework).toEqual({
      acknowledgement: { version: '2026-1', digest: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown, rules: { ja: '規程', en: 'Rules' }, liftedFrom: 2, liftedFor: 86_400 },
      holidays: ['2026-11-03'],
      hours: { open: [{ days: ['mon', 'holiday'], from: 420, until: 1_440 }], liftedFrom: 1 },
      days: { week: 3, month: 10, liftedFrom: undefined },
    });
    const otherwise = readPolicy(bytes({ ...shipped, ...dutiesFile("duties: []\ntelework: { acknowledgement: { version: 2026-1, rules: { ja: 規程, en: Rules. } } }") }));
    expect(otherwise.telework?.acknowledgement?.digest).not.toBe(telework?.acknowledgement?.digest);
  });

  it.each([
    ['a time that there is not', 'hours: { open: [{ days: [mon], from: 7:00, until: 22:00 }] }', 'a day ends at 24:00'],
    ['hours that end before they begin', 'hours: { open: [{ days: [mon], from: 22:00, until: 05:00 }] }', 'a night is two entries'],
    ['hours on no day', 'hours: { open: [{ days: [], from: 07:00, until: 22:00 }] }', 'Too small'],
    ['a day that there is not', 'holidays: [2026-02-30]', 'a day such as'],
    ['a limit that limits nothing', 'days: { lifted-from-level: 2 }', 'a limit a week'],
    ['eight days a week', 'days: { week: 8 }', 'Too big'],
    ['an acknowledgement that is lifted for ever', 'acknowledgement: { version: a, rules: { ja: 規程, en: Rules }, lifted-from-level: 2 }', 'stand together'],
    ['rules in one language', 'acknowledgement: { version: a, rules: { ja: 規程 } }', 'telework.acknowledgement.rules.en'],
  ])('is refused: %s', (_, rules, cause) => {
    expect(problemsOf(dutiesFile(`duties: []\ntelework: { ${rules} }`))).toEqual([expect.objectContaining({ file: 'duties.yaml', cause: expect.stringContaining(cause) as unknown })]);
  });

  it.each([
    ['a site of telework for work that is none', 'duties: [{ name: 税務, sites: [office, home], not-teleworkable: { ja: あ, en: a } }]', 'duties.0.sites: a site of telework'],
    ['a level for work that is no telework', 'duties: [{ name: 税務, outside-from-level: 2, not-teleworkable: { ja: あ, en: a } }]', 'duties.0.outside-from-level: a rule of telework'],
    ['days for work that is no telework', 'duties: [{ name: 税務, days: { week: 1 }, not-teleworkable: { ja: あ, en: a } }]', 'duties.0.days: a rule of telework'],
    ['hours without holidays', 'duties: []\ntelework: { hours: { open: [{ days: [mon], from: 07:00, until: 22:00 }] } }', 'telework.hours: hours without'],
    ["a duty's hours without holidays", 'duties: [{ name: 税務, hours: { open: [{ days: [mon], from: 07:00, until: 22:00 }] } }]', 'duties.0.hours: hours without'],
    ['more days a week than a month', 'duties: []\ntelework: { days: { week: 5, month: 3 } }', 'telework.days.month: fewer days a month'],
    ['a holiday twice', 'duties: []\ntelework: { holidays: [2026-11-03, 2026-11-23, 2026-11-03] }', 'telework.holidays.2: 2026-11-03 is named'],
  ])('contradicts itself: %s', (_, rules, cause) => {
    expect(problemsOf(dutiesFile(rules)).map((problem) => problem.cause)).toEqual([expect.stringContaining(cause)]);
  });
});

const window: fc.Arbitrary<OpenHours> = fc
  .record({ days: fc.subarray([...DAYS], { minLength: 1 }), from: fc.nat(1_439), length: fc.integer({ min: 1, max: 1_440 }) })
  .map(({ days, from, length }) => ({ days, from, until: Math.min(1_440, from + length) }));
const hours: fc.Arbitrary<Hours> = fc.array(window, { minLength: 1, maxLength: 3 }).map((open) => ({ open, liftedFrom: undefined }));
const time = fc.date({ min: new Date('2026-09-01T00:00:00Z'), max: new Date('2026-12-01T00:00:00Z'), noInvalidDate: true });
const holidays = ['2026-09-21', '2026-09-22', '2026-10-12', '2026-11-03', '2026-11-23'];

describe('hours of telework', () => {
  it('are those of Japan, and a holiday is no day of the week', () => {
    const office: Hours = { open: [{ days: ['tue', 'wed'], from: 540, until: 1_020 }], liftedFrom: undefined };
    expect(['2026-11-03 10:00', '2026-11-04 08:59', '2026-11-04 09:00', '2026-11-04 16:59', '2026-11-04 17:00', '2026-11-05 10:00'].map((at) => isOpen(office, holidays, japan(at)))).toEqual([false, false, true, true, false, false]);
    expect(openings(office, holidays, japan('2026-11-02 10:00'))[0]).toEqual(japan('2026-11-04 09:00'));
    expect(closesAt(office, holidays, japan('2026-11-04 09:00'))).toEqual(japan('2026-11-04 17:00'));
  });

  it('that follow on each other close once', () => {
    const night: Hours = { open: [{ days: ['mon'], from: 1_320, until: 1_440 }, { days: ['tue'], from: 0, until: 300 }], liftedFrom: undefined };
    expect(closesAt(night, [], japan('2026-10-05 23:00'))).toEqual(japan('2026-10-06 05:00'));
  });

  it('open at every opening and at no time before the first one, and are closed when they close', () => {
    fc.assert(
      fc.property(hours, time, fc.double({ min: 0, max: 0.999, noNaN: true }), (some, at, part) => {
        const [first] = openings(some, holidays, at);
        if (first !== undefined) expect(isOpen(some, holidays, first)).toBe(true);
        if (!isOpen(some, holidays, at) && first !== undefined) expect(isOpen(some, holidays, new Date(at.getTime() + (first.getTime() - at.getTime()) * part))).toBe(false);
        const end = isOpen(some, holidays, at) ? closesAt(some, holidays, at) : undefined;
        if (end === undefined) return;
        expect(isOpen(some, holidays, end)).toBe(false);
        expect(isOpen(some, holidays, new Date(at.getTime() + (end.getTime() - at.getTime()) * part))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

describe('days of telework', () => {
  const week = (most: number) => ({ week: most, month: undefined, liftedFrom: undefined });

  it('count from Monday, a day once, and today not against itself', () => {
    const worked = ['2026-09-27', '2026-09-28', '2026-09-28', '2026-09-30'];
    expect(isUsedUp(week(2), worked, japan('2026-10-01 09:00'))).toBe(true);
    expect(isUsedUp(week(3), worked, japan('2026-10-01 09:00'))).toBe(false);
    expect(isUsedUp(week(2), worked, japan('2026-09-30 09:00'))).toBe(false);
    expect(isUsedUp(week(1), worked, japan('2026-10-05 00:00'))).toBe(false);
    expect(isUsedUp(week(1), ['2026-10-04'], japan('2026-10-04 23:59'))).toBe(false);
  });

  it('never allow one more than the limit, whatever is tried on each day, and reach it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 7, max: 31 }), fc.array(fc.nat(60), { minLength: 40, maxLength: 200 }), (most, month, tries) => {
        const worked: string[] = [];
        for (const days of tries.toSorted((one, other) => one - other)) {
          const at = new Date(japan('2026-10-01 12:00').getTime() + days * 86_400_000);
          expect(worked.every((day) => day >= countsFrom(at) || !isUsedUp({ week: 1, month: 1, liftedFrom: undefined }, [day], at))).toBe(true);
          if (!isUsedUp({ week: most, month, liftedFrom: undefined }, worked, at)) worked.push(dayOf(at));
        }
        const perWeek = Map.groupBy(new Set(worked), (day) => Math.floor((Date.parse(day) - Date.parse('2026-09-28')) / 604_800_000));
        const perMonth = Map.groupBy(new Set(worked), (day) => day.slice(0, 7));
        for (const days of perWeek.values()) expect(days.length).toBeLessThanOrEqual(most);
        for (const days of perMonth.values()) expect(days.length).toBeLessThanOrEqual(month);
        expect(worked.length).toBeGreaterThan(0);
      }),
      { numRuns: 100 },
    );
  });
});
