import * as fc from 'fast-check';
import { blocksOf, type Mark, type Shown } from '../../../broker/telework/blocks.ts';
import { beginningOf, dayOf } from '../../../broker/telework/japan-time.ts';
import { rangeOf } from '../../../broker/telework/range.ts';
import { stateAfter } from '../../../broker/telework/state.ts';
import { workDays } from '../../../broker/telework/work-days.ts';
import type { MarkKind } from '../../../broker/port.ts';

/** A time in Japan in November 2026, such as `24 09:30`. */
const japan = (text: string): Date => new Date(`2026-11-${text.replace(' ', 'T')}:00+09:00`);
const mark = (kind: MarkKind, at: string, source: Mark['source'] = 'person', unitId = 'a unit'): Mark => ({ kind, at: japan(at), source, unitId });
const shown = (from: string, to?: string, unitId = 'a unit'): Shown => ({ from: japan(from), to: to === undefined ? undefined : japan(to), unitId });
const told = (marks: readonly Mark[]) => marks.map(({ kind, at, source }) => ({ kind, at, source }));
const HOURS = 3_600;

describe('a day in Japan', () => {
  it('begins at 15:00 UTC of the day before', () => {
    expect(dayOf(new Date('2026-11-23T14:59:59.999Z'))).toBe('2026-11-23');
    expect(dayOf(new Date('2026-11-23T15:00:00.000Z'))).toBe('2026-11-24');
    expect(beginningOf('2026-11-24')).toEqual(new Date('2026-11-23T15:00:00.000Z'));
  });

  it.each(['2026-02-30', '2026-1-1', '', '2026-11-24T00:00:00Z', '2026-13-01', '20261124'])('is not %j', (text) => {
    expect(beginningOf(text)).toBeUndefined();
  });

  it('is one of 62 at most that are asked for at once', () => {
    expect(() => rangeOf('2026-10-01', '2026-12-01')).not.toThrow();
    for (const [from, to] of [['2026-10-01', '2026-12-02'], ['2026-11-24', '2026-11-23'], ['today', '2026-11-23'], ['2026-11-24', '']] as const) {
      expect(() => rangeOf(from, to)).toThrow('request-invalid');
    }
  });
});

describe('the state', () => {
  it.each<[Parameters<typeof stateAfter>[0], MarkKind, ReturnType<typeof stateAfter>]>([
    ['off', 'start', 'working'], ['off', 'pause', undefined], ['off', 'resume', undefined], ['off', 'end', undefined],
    ['working', 'start', undefined], ['working', 'pause', 'paused'], ['working', 'resume', undefined], ['working', 'end', 'off'],
    ['paused', 'start', undefined], ['paused', 'pause', undefined], ['paused', 'resume', 'working'], ['paused', 'end', 'off'],
  ])('%s, then %s: %s', (state, kind, next) => {
    expect(stateAfter(state, kind)).toBe(next);
  });
});

describe('days of work', () => {
  it('add up work, pauses and screens shown', () => {
    const marks = [mark('start', '24 08:30'), mark('pause', '24 12:00'), mark('resume', '24 13:00'), mark('end', '24 17:15')];
    const days = workDays(marks, [shown('24 08:35', '24 12:00'), shown('24 08:40', '24 12:05'), shown('24 13:00', '24 17:00')], japan('25 09:00'));
    expect(days).toEqual([{ day: '2026-11-24', marks: told(marks), workedSeconds: 7.75 * HOURS, pausedSeconds: HOURS, connectedSeconds: 7.5 * HOURS }]);
  });

  it('take work over midnight for work of the day it began on, with its screens', () => {
    const marks = [mark('start', '24 22:00'), mark('end', '25 05:00'), mark('start', '25 13:00'), mark('end', '25 14:00')];
    const days = workDays(marks, [shown('24 23:00', '25 01:00'), shown('25 02:00', '25 04:00')], japan('26 09:00'));
    expect(days.map(({ day, workedSeconds, connectedSeconds }) => [day, workedSeconds, connectedSeconds])).toEqual([['2026-11-25', HOURS, 0], ['2026-11-24', 7 * HOURS, 4 * HOURS]]);
  });

  it('show a screen of somebody who is off on its own day', () => {
    expect(workDays([], [shown('24 23:00', '25 01:00')], japan('26 09:00'))).toEqual([{ day: '2026-11-24', marks: [], workedSeconds: 0, pausedSeconds: 0, connectedSeconds: 2 * HOURS }]);
  });

  it('count what still goes on until now', () => {
    const [day] = workDays([mark('start', '24 09:00'), mark('pause', '24 10:00')], [shown('24 09:30')], japan('24 11:00'));
    expect(day).toMatchObject({ workedSeconds: HOURS, pausedSeconds: HOURS, connectedSeconds: 1.5 * HOURS });
  });

  it('end what nobody ended when the person was last heard of', () => {
    const ofDay = (marks: Mark[], screens: Shown[], now: string) => workDays(marks, screens, japan(now)).at(-1);
    const derived = (at: string) => mark('end', at, 'derived');
    expect(ofDay([mark('start', '24 09:00')], [shown('24 09:10', '24 17:00')], '25 08:30')).toMatchObject({ marks: told([mark('start', '24 09:00'), derived('24 17:00')]), workedSeconds: 8 * HOURS });
    expect(ofDay([mark('start', '24 09:00'), mark('pause', '24 18:00')], [shown('24 09:10', '24 17:00')], '25 08:30')).toMatchObject({ workedSeconds: 9 * HOURS, pausedSeconds: 0 });
    expect(ofDay([mark('start', '24 09:00')], [], '25 08:30')).toMatchObject({ marks: told([mark('start', '24 09:00'), derived('24 09:00')]), workedSeconds: 0 });
    // The next start ends it too.
    expect(ofDay([mark('start', '24 09:00'), mark('start', '24 20:00')], [shown('24 09:10', '24 12:00')], '24 20:30')).toMatchObject({ workedSeconds: 3.5 * HOURS });
  });

  it('do not end work over midnight that somebody is at', () => {
    const night = [mark('start', '24 22:00')];
    expect(blocksOf(night, [], japan('25 05:59'))[0]).toMatchObject({ state: 'working', end: undefined });
    expect(blocksOf(night, [], japan('25 06:00'))[0]).toMatchObject({ state: 'off', end: japan('24 22:00') });
    expect(blocksOf(night, [shown('25 02:00', '25 04:00')], japan('25 11:59'))[0]).toMatchObject({ end: undefined });
    expect(blocksOf(night, [shown('24 22:10')], japan('25 09:00'))[0]).toMatchObject({ end: undefined });
    // However long the day is: it is not over before another one begins.
    expect(blocksOf([mark('start', '24 07:00')], [], japan('24 23:59'))[0]).toMatchObject({ end: undefined });
  });

  it('belong to the unit they were done for', () => {
    const marks = [mark('start', '24 09:00'), mark('end', '24 12:00', 'person', 'another'), mark('start', '24 13:00', 'person', 'another')];
    const screens = [shown('24 09:00', '24 10:00'), shown('24 13:00', '24 13:30', 'a unit'), shown('24 20:00', '24 21:00', 'a third')];
    const sums = (unitId: string) => workDays(marks, screens, japan('24 14:00'), unitId).map(({ marks: ofDay, workedSeconds, connectedSeconds }) => [ofDay.length, workedSeconds, connectedSeconds]);
    expect([sums('a unit'), sums('another'), sums('a third'), sums('none')]).toEqual([[[2, 3 * HOURS, HOURS]], [[1, HOURS, 0.5 * HOURS]], [[0, 0, HOURS]], []]);
  });

  it('pass over marks that cannot follow', () => {
    expect(workDays([mark('pause', '24 09:00'), mark('end', '24 10:00')], [], japan('24 11:00'))).toEqual([]);
    const [day] = workDays([mark('start', '24 09:00'), mark('resume', '24 09:30'), mark('pause', '24 10:00'), mark('pause', '24 10:10'), mark('end', '24 11:00')], [], japan('24 12:00'));
    expect(day?.marks.map(({ kind }) => kind)).toEqual(['start', 'pause', 'end']);
  });
});

describe('whatever is marked and shown', () => {
  const MINUTE = 60_000;
  const start = japan('01 00:00').getTime();
  const at = (minute: number) => new Date(start + minute * MINUTE);
  const minutes = fc.integer({ min: 0, max: 6 * 1_440 });
  const anyMarks = fc
    .array(fc.tuple(minutes, fc.constantFrom<MarkKind>('start', 'pause', 'resume', 'end')), { maxLength: 30 })
    .map((pairs) => pairs.toSorted(([one], [other]) => one - other).map(([minute, kind]): Mark => ({ kind, at: at(minute), source: 'person', unitId: 'a unit' })));
  const anyShown = fc.array(fc.tuple(minutes, fc.integer({ min: 0, max: 900 }), fc.boolean()), { maxLength: 10 });

  it('work and pauses never exceed the time between the first mark of a day and the last, or now', () => {
    fc.assert(
      fc.property(anyMarks, anyShown, fc.integer({ min: 6 * 1_440, max: 9 * 1_440 }), (marks, spans, minute) => {
        const now = at(minute);
        const screens = spans.map(([from, length, open]): Shown => ({ from: at(from), to: open ? undefined : at(from + length), unitId: 'a unit' }));
        const days = workDays(marks, screens, now);
        for (const { marks: ofDay, workedSeconds, pausedSeconds, connectedSeconds } of days) {
          const first = ofDay[0]?.at ?? now;
          const last = ofDay.at(-1)?.kind === 'end' ? ofDay.at(-1)!.at : now;
          expect(workedSeconds + pausedSeconds).toBeLessThanOrEqual((last.getTime() - first.getTime()) / 1000);
          expect(Math.min(workedSeconds, pausedSeconds, connectedSeconds)).toBeGreaterThanOrEqual(0);
        }
        // No second is told of two blocks: all days together fit into the time.
        expect(days.reduce((sum, day) => sum + day.workedSeconds + day.pausedSeconds, 0)).toBeLessThanOrEqual((now.getTime() - start) / 1000);
        expect(days.map(({ day }) => day)).toEqual([...new Set(days.map(({ day }) => day))].toSorted().toReversed());
      }),
    );
  });

  it('a block is told of on the day of its first mark, and ends before the next one starts', () => {
    fc.assert(
      fc.property(anyMarks, (marks) => {
        const now = at(9 * 1_440);
        const blocks = blocksOf(marks, [], now);
        for (const [index, { start: begun, end, marks: ofBlock }] of blocks.entries()) {
          expect(ofBlock[0]).toMatchObject({ kind: 'start', at: begun });
          expect((end ?? now).getTime()).toBeGreaterThanOrEqual(begun.getTime());
          expect((end ?? now).getTime()).toBeLessThanOrEqual((blocks[index + 1]?.start ?? now).getTime());
        }
        const days = workDays(marks, [], now);
        for (const { start: begun } of blocks) expect(days.find(({ day }) => day === dayOf(begun))?.marks.some(({ kind, at: when }) => kind === 'start' && when.getTime() === begun.getTime())).toBe(true);
      }),
    );
  });
});
