import fc from 'fast-check';
import type { Act } from '../../../broker/drills/act.ts';
import { createPlay, type Play, type Setting } from '../../../broker/drills/play.ts';
import { resultOf } from '../../../broker/drills/result.ts';
import type { PriorityClass } from '../../../broker/port.ts';
import { testCapacity, testPolicy } from '../../support/policy.ts';

const { levels, durations } = testPolicy();
const policy = testPolicy({
  capacity: testCapacity({ total: 99 }),
  levels: { ...levels, '2': { ...levels['2'], preempting: ['P0', 'P1'], grace: 60, due: 'at-once' } },
  durations: { ...durations, tenure: 60 },
});
const start = new Date('2026-09-01T00:00:00.000Z');
const setting = (given: Partial<Setting> = {}): Setting => ({ event: 'earthquake', level: '2', seats: 1, pace: 1, turnout: 0, asksWithin: 1, seed: 7, roster: [], organisationName: '市', startedAt: start, ...given });
const after = (seconds: number) => new Date(start.getTime() + seconds * 1000);
let number = 0;
const ask = (seconds: number, personId: string, priorityClass: PriorityClass, dutyId = `duty-${priorityClass}`): Act => ({ number: (number += 1), at: after(seconds), kind: 'ask', personId, asked: { dutyId, duty: dutyId, class: priorityClass, targetSeconds: null, path: ['市', '課'], weight: 1, name: personId } });
const leave = (seconds: number, personId: string): Act => ({ number: (number += 1), at: after(seconds), kind: 'leave', personId });
const level = (seconds: number, to: '0' | '2'): Act => ({ number: (number += 1), at: after(seconds), kind: 'level', level: to });
const played = (given: Setting, acts: readonly Act[], seconds: number): Play => {
  const play = createPlay(given, policy);
  for (const act of acts) expect(play.take(act)).toBe(true);
  play.advance(seconds);
  return play;
};
const stateOf = (play: Play) => JSON.stringify({ lived: play.lived, sitting: play.office.sitting.map(({ holder }) => holder), standing: play.office.standing.map(({ entry }) => entry), yielding: play.office.yielding, most: play.most });

describe('a drill', () => {
  it('lets the urgent in after the grace, and the one who yielded back in afterwards', () => {
    const acts = [ask(0, 'training', 'P5'), ask(100, 'shelter', 'P1'), leave(300, 'shelter')];
    const before = played(setting(), acts, 159);
    expect(before.office.sitting.map(({ lived }) => lived.request.duty)).toEqual(['duty-P5']);
    expect(before.office.yielding).toMatchObject([{ outcome: 'running', endsAt: 160_000 }]);
    const then = played(setting(), acts, 165);
    expect(then.office.sitting.map(({ lived }) => lived.request.duty)).toEqual(['duty-P1']);
    const afterwards = played(setting(), acts, 305);
    expect(afterwards.office.sitting.map(({ lived }) => lived.request.duty)).toEqual(['duty-P5']);
    expect(afterwards.parts.get('shelter')).toMatchObject({ left: true });
    expect(afterwards.office.yielding).toMatchObject([{ outcome: 'yielded' }]);
  });

  it('says why somebody waits by the seats of the drill, not by those of the office', () => {
    const play = played(setting({ level: '0' }), [ask(0, 'first', 'P3'), ask(2, 'second', 'P3')], 5);
    expect(play.places()).toMatchObject([{ place: 1, reasons: ['no-seat-free'] }]);
  });

  it('makes nobody yield at a level that lets nobody', () => {
    const acts = [level(0, '0'), ask(1, 'training', 'P5'), ask(100, 'shelter', 'P1')];
    expect(played(setting(), acts, 900).office.yielding).toEqual([]);
    expect(played(setting(), acts.slice(1), 900).office.yielding).toHaveLength(1);
  });

  it('runs on a clock of its own: a minute in a second', () => {
    const play = played(setting({ pace: 60 }), [ask(1, 'training', 'P5'), ask(10, 'shelter', 'P1')], 12);
    expect(play.elapsed()).toBe(12 * 60_000);
    expect(play.office.sitting.map(({ lived }) => lived.request.duty)).toEqual(['duty-P1']);
  });

  it('says of each duty when it could first be done, against its target time', () => {
    const play = played(setting(), [ask(0, 'one', 'P5'), ask(50, 'two', 'P0')], 2000);
    const { duties, people, preemptions } = resultOf(play, new Map([['duty-P5', '研修'], ['duty-P0', '災害対策本部']]), policy);
    expect({ people, preemptions }).toEqual({ people: 2, preemptions: 1 });
    // P0 is immediate: it had to wait out tenure and grace, 120 s, and misses.
    expect(duties).toMatchObject([
      { name: '災害対策本部', class: 'P0', tookPart: 1, admitted: 1, achieved: expect.closeTo(120, -1) as number, standing: 'missed', metTarget: 0 },
      { name: '研修', class: 'P5', displaced: 1, standing: 'met', metTarget: 1 },
    ]);
  });

  it('plays nobody twice: who comes in person is one less who is played', () => {
    const roster = [{ dutyId: 'duty-P5', duty: '研修', class: 'P5' as const, targetSeconds: null, path: ['市', '課'], people: 3 }];
    const given = setting({ seats: 10, turnout: 100, pace: 240, roster });
    expect(played(given, [], 60).lived).toHaveLength(3);
    const play = played(given, [ask(0, 'me', 'P5')], 60);
    expect(play.lived).toHaveLength(3);
    expect(play.lived.filter(({ request }) => request.id.startsWith('me'))).toHaveLength(1);
  });

  it('refuses an act of a second that is played already', () => {
    const play = played(setting(), [], 10);
    expect(play.take(ask(9, 'late', 'P1'))).toBe(false);
    expect(play.take(ask(9.5, 'late', 'P1'))).toBe(false);
    expect(play.take(ask(10.2, 'in time', 'P1'))).toBe(true);
  });

  it('comes to the same however it is played: in one go, or in pieces with the acts as they come', () => {
    const act = fc.record({ at: fc.integer({ min: 0, max: 300 }), person: fc.integer({ min: 0, max: 5 }), what: fc.constantFrom('P0', 'P1', 'P3', 'P5', 'leave', 'level') });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 100 }), (drawn, seats, turnout) => {
        const acts = drawn.toSorted((one, other) => one.at - other.at).map(({ at, person, what }) => (what === 'leave' ? leave(at, `p${person}`) : what === 'level' ? level(at, person > 2 ? '0' : '2') : ask(at, `p${person}`, what as PriorityClass)));
        const roster = (['P1', 'P5'] as const).map((name) => ({ dutyId: `duty-${name}`, duty: name, class: name, targetSeconds: null, path: ['市', '課'], people: 6 }));
        const given = setting({ seats, turnout, roster, pace: 30 });
        const whole = played(given, acts, 400);
        const pieces = createPlay(given, policy);
        for (const one of acts) {
          pieces.advance(Math.max(0, Math.max(1, Math.ceil((one.at.getTime() - start.getTime()) / 1000)) - 1 - pieces.played));
          expect(pieces.take(one)).toBe(true);
        }
        pieces.advance(400 - pieces.played);
        expect(stateOf(pieces)).toBe(stateOf(whole));
        expect(whole.most.taken).toBeLessThanOrEqual(seats);
        for (const { lived, needing } of whole.office.yielding) expect(lived.request.class > needing.request.class).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
