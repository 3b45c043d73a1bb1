import * as fc from 'fast-check';
import { codeDigits } from '../../../web-client/src/format/digits.ts';
import { dayAndTime, dayOf, stamp, timeLeft, timeOfDay } from '../../../web-client/src/format/time.ts';
import { deviceOf } from '../../../web-client/src/format/user-agent.ts';

describe('a one-time code', () => {
  it.each([
    ['１２３４５６', '123456'],
    ['123 456', '123456'],
    ['  123-456\n', '123456'],
    ['コード：１２３　４５６', '123456'],
    ['1234567890', '123456'],
    ['12a3', '123'],
    ['', ''],
  ])('%j is taken as %j', (typed, digits) => expect(codeDigits(typed)).toBe(digits));

  it('stays as it is once it is plain', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (typed) => codeDigits(codeDigits(typed)) === codeDigits(typed) && /^\d{0,6}$/u.test(codeDigits(typed))));
  });
});

describe('times', () => {
  const instant = '2026-11-23T23:31:40.000Z';
  it('are Japan’s in both languages, whatever the clock here is set to', () => {
    expect(dayAndTime(instant, 'ja')).toBe('2026年11月24日(火) 8:31');
    expect(dayAndTime(instant, 'en')).toBe('Tue, 24 Nov 2026, 08:31 JST');
    expect(timeOfDay(instant, 'ja')).toBe('8:31');
    expect([dayOf(instant, 'ja'), dayOf(instant, 'en')]).toEqual(['11月24日(火)', 'Tue 24 Nov']);
    expect(stamp(new Date(instant))).toBe('2026-11-24 08:31 JST');
  });

  it('left are whole minutes, rounded up, and never negative', () => {
    const now = Date.parse(instant);
    expect(timeLeft('2026-11-24T01:00:00.000Z', now)).toEqual({ hours: 1, minutes: 29, totalMinutes: 89 });
    expect(timeLeft('2026-11-23T23:31:41.000Z', now)).toEqual({ hours: 0, minutes: 1, totalMinutes: 1 });
    expect(timeLeft('2026-11-23T23:00:00.000Z', now)).toEqual({ hours: 0, minutes: 0, totalMinutes: 0 });
  });
});

describe('a user agent', () => {
  it.each([
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0', 'edge', 'windows'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36', 'chrome', 'windows'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15', 'safari', 'mac'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'firefox', 'linux'],
    ['Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36', 'chrome', 'chromebook'],
    ['Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1', 'safari', 'ipad'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0 Mobile/15E148 Safari/604.1', 'chrome', 'iphone'],
    ['Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36', 'chrome', 'android'],
    ['curl/8.5.0', 'unknown', 'unknown'],
    ['', 'unknown', 'unknown'],
  ])('%s is %s on %s', (userAgent, browser, system) => expect(deviceOf(userAgent)).toEqual({ browser, system }));
});
