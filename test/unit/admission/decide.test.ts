import * as fc from 'fast-check';
import { decide } from '../../../broker/admission/decide.ts';
import type { Facts } from '../../../broker/admission/facts.ts';
import { WAITING } from '../../../broker/admission/reasons.ts';
import { ADMISSION } from '../../../broker/admission/table.ts';
import { CODES } from '../../../broker/codes.ts';
import { arbitraryFacts, goodFacts as good } from '../../support/facts.ts';
import { testPolicy } from '../../support/policy.ts';

const { levels, classes } = testPolicy();
const free = good.occupancy;
const duty = good.duty!;
const withPolicy = (overrides: Parameters<typeof testPolicy>[0]) => ({ policy: testPolicy(overrides) });
const shared = { status: 'active', logIn: 'personal', cleanUp: 'none', asked: true } as const;

describe('an admission decision', () => {
  it('admits when nothing speaks against it, up to the last seat', () => {
    expect(decide(good)).toMatchObject({ outcome: 'admit', reasons: [], help: [], policyVersion: 'a'.repeat(64) });
  });

  it.each<[string, Partial<Facts>, string]>([
    ['there is no policy', { policy: undefined, site: undefined }, 'policy-missing'],
    ['the account is disabled', { account: 'disabled' }, 'account-disabled'],
    ['the person is not staff', { staff: false }, 'role-not-held'],
    ['everybody was sent away', { entry: 'stopped' }, 'entry-stopped'],
    ['the desktop is not the organisation\'s', { desktop: undefined, assigned: false }, 'desktop-unknown'],
    ['the desktop is out of service', { desktop: { ...good.desktop!, status: 'disabled' } }, 'desktop-disabled'],
    ['the pool is out of service', { desktop: undefined, pool: { ...shared, status: 'disabled' } }, 'desktop-disabled'],
    ['the pool and its desktop are out of service', { desktop: { ...good.desktop!, status: 'disabled' }, pool: { ...shared, status: 'disabled' } }, 'desktop-disabled'],
    ['the pool shares a log-in and proves no clean-up', { pool: { ...shared, logIn: 'shared' } }, 'pool-unsuitable'],
    ['the pool of the desktop does, though the desktop itself was asked for', { pool: { ...shared, logIn: 'shared', asked: false } }, 'pool-unsuitable'],
    ['the desktop is not assigned', { assigned: false }, 'desktop-not-assigned'],
    ['the pool is not assigned, whether it has one left or not', { desktop: undefined, pool: shared, assigned: false }, 'desktop-not-assigned'],
    ['the duty is not held', { duty: undefined }, 'duty-not-held'],
    ['the class is suspended', { duty: { ...duty, class: 'PX' }, level: { number: 1, level: '2' } }, 'class-suspended'],
    ['the level is too low for the class at home', withPolicy({ classes: { ...classes, P3: { target: 0, outsideFromLevel: 1 } } }), 'level-too-low'],
    ['the level is too low for the duty at home', withPolicy({ duties: [{ name: '窓口', organisation: undefined, outsideFromLevel: 2, sites: undefined }] }), 'level-too-low'],
    ['the duty is bound to other sites', withPolicy({ duties: [{ name: '窓口', organisation: 'みほん市', outsideFromLevel: undefined, sites: ['office'] }] }), 'duty-not-at-site'],
    ['no network holds the address', { site: undefined }, 'site-unknown'],
    ['the zone asks for a registered device', { duty: { ...duty, zone: 'lgwan' } }, 'registered-device-required'],
    ['the zone asks for an exception', { duty: { ...duty, zone: 'my-number' }, site: 'alternative-office' }, 'exception-required'],
    ['the zone is forbidden at the site', { duty: { ...duty, zone: 'my-number' } }, 'zone-forbidden-at-site'],
    ['the desktop asks and nothing was given', { credentials: 'missing' }, 'desktop-credentials-required'],
  ])('refuses when %s', (_, change, reason) => {
    expect(decide({ ...good, ...change })).toMatchObject({ outcome: 'refuse', reasons: [reason] });
  });

  it.each<[string, Partial<Facts>, string]>([
    ['somebody else holds the exclusive desktop', { occupancy: { ...free, others: 1 } }, 'desktop-in-use'],
    ['somebody else\'s session lives on there', { occupancy: { ...free, residualOfAnother: true } }, 'residual-session'],
    ['somebody else holds it and another\'s session lives on', { occupancy: { ...free, others: 1, residualOfAnother: true } }, 'desktop-in-use'],
    ['the multi-session desktop has no session left', { desktop: { ...good.desktop!, kind: 'multi-session', sessions: 3 }, occupancy: { ...free, others: 3 } }, 'desktop-in-use'],
    ['the weight does not fit the seats', { seats: [{ scope: 'organisation', seats: 10, taken: 9 }] }, 'no-seat-free'],
    ['the weight fits only into what is kept for P0', withPolicy({ capacity: { ...testPolicy().capacity, reserve: 1 } }), 'seats-reserved'],
    ['the pool has none left', { desktop: undefined, pool: shared }, 'pool-exhausted'],
  ])('lets wait when %s', (_, change, reason) => {
    const decision = decide({ ...good, ...change });
    expect(decision).toMatchObject({ outcome: 'wait', reasons: [reason] });
    expect(decision.help).toContainEqual({ kind: 'seat' });
  });

  it('refuses where one reason of several is not a matter of waiting', () => {
    expect(decide({ ...good, occupancy: { ...free, others: 1 }, account: 'disabled' })).toMatchObject({ outcome: 'refuse', reasons: ['account-disabled', 'desktop-in-use'] });
  });

  it.each<[string, Partial<Facts>]>([
    ['who holds a seat keeps it, even when there are fewer by now', { occupancy: { ...free, mine: true }, seats: [{ scope: 'total', seats: 0, taken: 9 }] }],
    ['who holds the desktop keeps it', { occupancy: { mine: true, others: 0, residualOfAnother: true } }],
    ['a multi-session desktop has a session left, whoever else is there', { desktop: { ...good.desktop!, kind: 'multi-session', sessions: 3 }, occupancy: { mine: false, others: 2, residualOfAnother: true } }],
    ['class P0 has the reserve', { ...withPolicy({ capacity: { ...testPolicy().capacity, reserve: 5 } }), duty: { ...duty, class: 'P0' } }],
    ['the reserve is of the total, not of a pool', { ...withPolicy({ capacity: { ...testPolicy().capacity, reserve: 5 } }), seats: [{ scope: 'pool', seats: 2, taken: 0 }] }],
    ['a pool cleans up between people', { pool: { ...shared, logIn: 'shared', cleanUp: 'proved' } }],
    ['the level lifts what the zone needs', { duty: { ...duty, zone: 'lgwan' }, level: { number: 1, level: '2' } }],
    ['a provisional level does so for P2', { duty: { ...duty, zone: 'lgwan', class: 'P2' }, level: { number: 1, level: '0', provisional: { level: '2', until: new Date(0) } } }],
    ['recovery ranks with alert', { ...withPolicy({ classes: { ...classes, P3: { target: 0, outsideFromLevel: 1 } } }), level: { number: 1, level: 'R' } }],
    ['a rule for the duty counts before its class', withPolicy({ classes: { ...classes, P3: { target: 0, outsideFromLevel: 3 } }, duties: [{ name: '窓口', organisation: undefined, outsideFromLevel: 0, sites: undefined }] })],
    ['a rule of the organisation counts before everybody\'s', withPolicy({ duties: [{ name: '窓口', organisation: undefined, outsideFromLevel: 3, sites: ['office'] }, { name: '窓口', organisation: 'みほん市', outsideFromLevel: undefined, sites: undefined }] })],
    ['another organisation\'s rule does not count', withPolicy({ duties: [{ name: '窓口', organisation: '別市', outsideFromLevel: 3, sites: ['office'] }] })],
    ['a closed line is no outside', { ...withPolicy({ classes: { ...classes, P3: { target: 0, outsideFromLevel: 3 } } }), site: 'alternative-office' }],
  ])('admits: %s', (_, change) => {
    expect(decide({ ...good, ...change })).toMatchObject({ outcome: 'admit', reasons: [] });
  });

  it('does not count a provisional level for P3', () => {
    const level = { number: 1, level: '0', provisional: { level: '2', until: new Date(0) } } as const;
    expect(decide({ ...good, duty: { ...duty, zone: 'lgwan' }, level }).reasons).toEqual(['registered-device-required']);
    expect(decide({ ...good, policy: testPolicy({ levels: { ...levels, '2': { ...levels['2'], suspended: ['P3'] } } }), level }).outcome).toBe('admit');
  });

  it('tells every reason that can be known, once and in the order of the table, and admits only without one', () => {
    fc.assert(
      fc.property(arbitraryFacts, (some) => {
        const { outcome, reasons, help } = decide(some);
        // Who waits types the log-in when it is their turn.
        const others = reasons.filter((reason) => reason !== 'desktop-credentials-required');
        expect(outcome).toBe(reasons.length === 0 ? 'admit' : others.length > 0 && others.every((reason) => WAITING.includes(reason)) ? 'wait' : 'refuse');
        expect(reasons).toEqual(ADMISSION.map((check) => check.reason(some)).filter((reason) => reason !== undefined));
        expect(new Set(reasons).size).toBe(reasons.length);
        for (const reason of reasons) expect(CODES[reason].support).toMatch(/^SEK-12/);
        if (outcome === 'admit') expect(help).toEqual([]);
        // What waiting would take away is told after what it would not; a log-in comes last, so that nobody types it in vain.
        const [first] = reasons.filter((reason) => reason !== 'desktop-credentials-required');
        if (outcome === 'refuse' && reasons.some((reason) => reason !== 'desktop-credentials-required' && !WAITING.includes(reason))) expect(WAITING).not.toContain(first);
      }),
      { seed: 1, numRuns: 2_000 },
    );
  });

  it('never admits without a policy, an active account, staff, open entry, an assigned desktop in service, a held duty and an allowed site', () => {
    fc.assert(
      fc.property(arbitraryFacts, (some) => {
        if (decide(some).outcome !== 'admit') return;
        const { policy, site, duty } = some;
        expect([some.account, some.staff, some.entry, some.assigned, some.desktop?.status]).toEqual(['active', true, 'open', true, 'active']);
        const cell = policy && duty && site && policy.zones[duty.zone][site];
        expect(cell !== undefined && (cell.needs === 'allow' || cell.liftedFrom !== undefined)).toBe(true);
        expect(duty?.zone === 'my-number' && ['home', 'evacuation-site', 'satellite-office'].includes(site!)).toBe(false);
        const { mine, others, residualOfAnother } = some.occupancy;
        if (some.desktop?.kind === 'exclusive' && !mine) expect([others, residualOfAnother]).toEqual([0, false]);
        expect(some.credentials).not.toBe('missing');
      }),
      { seed: 2, numRuns: 5_000 },
    );
  });

  it('does not tell that a desktop is in use to somebody it is not assigned to', () => {
    expect(decide({ ...good, assigned: false, occupancy: { mine: false, others: 1, residualOfAnother: true } }).reasons).toEqual(['desktop-not-assigned']);
  });

  it('cites the facts it rests on, flat', () => {
    const level = { number: 7, level: '1', provisional: { level: '2', until: new Date(0) } } as const;
    expect(decide({ ...good, level, pool: shared }).inputs).toEqual({
      account: 'active', staff: true, organisation: 'みほん市', entry: 'open', level: '1', levelNumber: 7, provisional: '2', desktop: 'active', kind: 'exclusive', sessions: 1, weight: 2,
      pool: 'active', poolLogIn: 'personal', poolCleanUp: 'none', poolAsked: true, assigned: true, dutyId: 'd1', duty: '窓口', class: 'P3', zone: 'internet', site: 'home',
      mine: false, others: 0, residual: false, credentials: 'stored', exception: null, exceptionProved: null, device: null, bypass: false, 'seats.total': 10, 'taken.total': 8,
      at: '2026-10-01T03:00:00.000Z', onset: null, levelSince: null, targetSeconds: null, lifted: [],
    });
  });

  it('says of what is not there that it is not', () => {
    const nothing: Facts = { ...good, policy: undefined, desktop: undefined, duty: undefined, site: undefined, seats: [] };
    expect(decide(nothing)).toMatchObject({ policyVersion: 'none', inputs: { provisional: null, desktop: 'unknown', kind: null, weight: null, pool: null, dutyId: null, class: null, zone: null, site: null } });
  });

  it('goes through the checks in the documented order', () => {
    expect(ADMISSION.map(({ name }) => name)).toEqual([
      'policy', 'account', 'role', 'entry', 'acknowledgement', 'desktop', 'pool', 'assignment', 'duty', 'delegation', 'class suspended', 'bypass for class', 'teleworkable', 'class back', 'outside from level', 'duty sites', 'telework hours', 'telework days', 'zone at site', 'one session by bypass', 'desktop free', 'seats', 'credentials',
    ]);
  });
});
