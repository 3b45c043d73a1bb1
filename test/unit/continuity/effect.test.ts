import { effectOf, type Office } from '../../../broker/continuity/effect.ts';
import type { LevelInForce } from '../../../broker/port.ts';
import { testPolicy } from '../../support/policy.ts';

const shipped = testPolicy();
const policy = { ...shipped, classes: { ...shipped.classes, P3: { ...shipped.classes.P3, outsideFromLevel: 1 as const } } };
const normal: LevelInForce = { number: 0, level: '0' };
const level = (number: LevelInForce['level']): LevelInForce => ({ number: 1, level: number });
const EVERYWHERE = ['home', 'evacuation-site', 'satellite-office', 'alternative-office', 'office', 'other'];

const lgwan = { id: 'tax', name: '税務', class: 'P1', zone: 'lgwan', people: ['a', 'b'] } as const;
const ordinary = { id: 'paper', name: '庶務', class: 'PX', zone: 'internet', people: ['b', 'c'] } as const;
const later = { id: 'plan', name: '計画', class: 'P3', zone: 'internet', people: ['d'] } as const;
const office = (more: Partial<Office> = {}): Office => ({ organisationName: 'みほん市', duties: [lgwan, ordinary, later], sessions: [], ...more });

it('tells for each duty from which sites it can be done now and then', () => {
  const { duties } = effectOf(policy, office(), normal, level('2'));
  expect(duties).toEqual([
    { dutyId: 'tax', name: '税務', class: 'P1', people: 2, sitesNow: ['satellite-office', 'alternative-office', 'office', 'other'], sitesThen: EVERYWHERE },
    { dutyId: 'paper', name: '庶務', class: 'PX', people: 2, sitesNow: EVERYWHERE, sitesThen: [] },
    { dutyId: 'plan', name: '計画', class: 'P3', people: 1, sitesNow: ['alternative-office', 'office'], sitesThen: EVERYWHERE },
  ]);
});

it('counts each person once among those who gain, and once among those who lose', () => {
  expect(effectOf(policy, office(), normal, level('2'))).toMatchObject({ peopleGaining: 3, peopleLosing: 2 });
  expect(effectOf(policy, office(), level('2'), normal)).toMatchObject({ peopleGaining: 2, peopleLosing: 3 });
  expect(effectOf(policy, office(), normal, normal)).toMatchObject({ peopleGaining: 0, peopleLosing: 0 });
});

it('counts the open sessions that may not go on', () => {
  const sessions = [{ duty: lgwan, site: 'home' }, { duty: lgwan, site: 'office' }, { duty: ordinary, site: 'home' }, { duty: ordinary, site: 'office' }] as const;
  expect(effectOf(policy, office({ sessions }), level('1'), level('2')).sessionsEnding).toBe(2);
  expect(effectOf(policy, office({ sessions }), level('2'), normal).sessionsEnding).toBe(1);
  expect(effectOf(policy, office({ sessions }), level('2'), level('2')).sessionsEnding).toBe(2);
});

it('knows that a provisional level counts for the classes P0 to P2 alone', () => {
  const then: LevelInForce = { ...normal, provisional: { level: '2', until: new Date() } };
  const { duties, peopleGaining, peopleLosing } = effectOf(policy, office(), normal, then);
  expect([peopleGaining, peopleLosing]).toEqual([2, 0]);
  expect(duties[2]).toMatchObject({ sitesNow: ['alternative-office', 'office'], sitesThen: ['alternative-office', 'office'] });
});
