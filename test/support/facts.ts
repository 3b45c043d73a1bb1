import * as fc from 'fast-check';
import type { DutyFacts, Facts } from '../../broker/admission/facts.ts';
import { CLASSES, SITES } from '../../broker/policy/documents/index.ts';
import { NEEDS, type Access, type Policy } from '../../broker/policy/policy.ts';
import type { Level, Site, Zone } from '../../broker/port.ts';
import { testPolicy } from './policy.ts';

/** A request with everything as it should be. */
export const goodFacts: Facts = {
  policy: testPolicy(),
  account: 'active',
  staff: true,
  organisationName: 'みほん市',
  entry: 'open',
  level: { number: 0, level: '0' },
  desktop: { status: 'active', weight: 2, kind: 'exclusive', sessions: 1 },
  pool: undefined,
  assigned: true,
  duty: { id: 'd1', name: '窓口', class: 'P3', zone: 'internet' },
  otherDuties: [],
  site: 'home',
  occupancy: { mine: false, others: 0, residualOfAnother: false },
  seats: [{ scope: 'total', seats: 10, taken: 8 }],
  at: new Date('2026-10-01T03:00:00Z'),
  credentials: 'stored',
};

const LEVELS: readonly Level[] = ['0', '1', '2', '3', 'R'];
const level = fc.constantFrom(...LEVELS);
const rank = fc.constantFrom(0, 1, 2, 3);
const often = <T>(usual: T, ...others: T[]) => fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
const access: fc.Arbitrary<Access> = fc.record({ needs: fc.constantFrom(...NEEDS), liftedFrom: fc.constantFrom(1, 2, 3, undefined) });
const zone = fc.record(Object.fromEntries(SITES.map((site) => [site, access])) as Record<Site, fc.Arbitrary<Access>>);
/** With the floor that the reader enforces, as far as a decision can meet it. */
const forbidden = Object.fromEntries(['home', 'evacuation-site', 'satellite-office', 'other'].map((site) => [site, { needs: 'forbid', liftedFrom: undefined } as const]));
const dutyName = fc.constantFrom('窓口', '税務');

const duty = (id: string): fc.Arbitrary<DutyFacts> =>
  fc.record({ id: fc.constant(id), name: dutyName, class: fc.constantFrom(...CLASSES), zone: fc.constantFrom<Zone[]>('internet', 'internet', 'lgwan', 'my-number') });

const policy: fc.Arbitrary<Policy> = fc
  .record({
    internet: zone,
    lgwan: zone,
    myNumber: zone,
    suspended: fc.subarray(CLASSES.filter((name) => name !== 'P0'), { maxLength: 3 }),
    suspendedAt: fc.constantFrom<Level[]>('1', '2', '3', 'R'),
    outside: fc.record({ P0: rank, P1: rank, P2: rank, P3: rank, P4: rank, P5: rank, PX: rank }),
    duties: fc.array(
      fc.record({
        name: dutyName,
        organisation: fc.constantFrom('みほん市', '別市', undefined),
        outsideFromLevel: fc.constantFrom(0, 1, 2, 3, undefined),
        sites: fc.option(fc.subarray([...SITES], { minLength: 1 }), { nil: undefined }),
      }),
      { maxLength: 2 },
    ),
    reserve: fc.nat({ max: 3 }),
  })
  .map(({ internet, lgwan, myNumber, suspended, suspendedAt, outside, duties, reserve }) => {
    const { levels, classes, capacity } = testPolicy();
    return testPolicy({
      zones: { internet, lgwan, 'my-number': { ...myNumber, ...forbidden } },
      levels: { ...levels, [suspendedAt]: { ...levels[suspendedAt], suspended } },
      classes: Object.fromEntries(CLASSES.map((name) => [name, { ...classes[name], outsideFromLevel: outside[name] }])) as Policy['classes'],
      duties,
      capacity: { ...capacity, reserve },
    });
  });

/** Anything that the store could find, mostly as it should be. */
export const arbitraryFacts: fc.Arbitrary<Facts> = fc.record({
  policy: fc.oneof({ weight: 12, arbitrary: policy }, { weight: 1, arbitrary: fc.constant(undefined) }),
  account: often<Facts['account']>('active', 'disabled'),
  staff: often(true, false),
  organisationName: fc.constant('みほん市'),
  entry: often<Facts['entry']>('open', 'stopped'),
  level: fc
    .record({ number: fc.nat({ max: 9 }), level, provisional: fc.option(level, { nil: undefined }) })
    .map(({ number, level, provisional }) => ({ number, level, ...(provisional && { provisional: { level: provisional, until: new Date(0) } }) })),
  desktop: fc.option(
    fc.oneof(
      fc.record({ status: often<'active' | 'disabled'>('active', 'disabled'), weight: fc.integer({ min: 1, max: 4 }), kind: fc.constant('exclusive' as const), sessions: fc.constant(1) }),
      fc.record({ status: often<'active' | 'disabled'>('active', 'disabled'), weight: fc.integer({ min: 1, max: 4 }), kind: fc.constant('multi-session' as const), sessions: fc.integer({ min: 1, max: 3 }) }),
    ),
    { nil: undefined, freq: 10 },
  ),
  pool: fc.option(
    fc.record({
      status: often<'active' | 'disabled'>('active', 'disabled'),
      logIn: fc.constantFrom('personal' as const, 'shared' as const),
      cleanUp: fc.constantFrom('none' as const, 'proved' as const),
      asked: fc.boolean(),
    }),
    { nil: undefined },
  ),
  assigned: often(true, false),
  duty: fc.option(duty('d1'), { nil: undefined, freq: 10 }),
  otherDuties: fc.oneof(fc.constant([]), fc.tuple(duty('d2')), fc.tuple(duty('d2'), duty('d3'))),
  site: fc.option(fc.constantFrom(...SITES), { nil: undefined, freq: 10 }),
  occupancy: fc.record({ mine: often(false, true), others: often(0, 1, 2), residualOfAnother: often(false, true) }),
  seats: fc.array(fc.record({ scope: fc.constantFrom('total', 'organisation', 'pool', 'guacd'), seats: fc.nat({ max: 8 }), taken: fc.nat({ max: 4 }) }), { maxLength: 2 }),
  at: fc.constant(new Date('2026-10-01T03:00:00Z')),
  credentials: fc.constantFrom('stored', 'given', 'missing'),
});
