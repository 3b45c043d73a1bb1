import * as fc from 'fast-check';
import { endOf, limitsOf, longestLimitsOf, LONGEST_ABSOLUTE, LONGEST_IDLE, WITHOUT_POLICY } from '../../../broker/identity/sign-in-limits/limits.ts';
import { readPolicy, readPolicyFiles, type SignInLimitRules } from '../../../broker/policy/index.ts';
import type { Level, Role } from '../../../broker/port.ts';
import { SHIPPED, testLimits } from '../../support/policy.ts';

const LEVELS: readonly Level[] = ['0', '1', '2', '3', 'R'];
const ROLES: readonly Role[] = ['staff', 'unit-head', 'shelter-manager', 'bcp-admin', 'activation-authority', 'security-officer', 'auditor', 'system-admin'];

const seconds = fc.integer({ min: 1, max: 200_000 });
const rules = fc.record({
  usual: fc.record({ idle: seconds, absolute: seconds, atOnce: fc.integer({ min: 1, max: 9 }) }),
  warnBefore: fc.integer({ min: 1, max: 3_600 }),
  roles: fc.dictionary(fc.constantFrom(...ROLES), fc.record({ idle: seconds, absolute: seconds, atOnce: fc.integer({ min: 1, max: 9 }) }, { requiredKeys: [] })),
  levels: fc.dictionary(fc.constantFrom(...LEVELS), fc.record({ idle: seconds, absolute: seconds }, { requiredKeys: [] })),
}) as fc.Arbitrary<SignInLimitRules>;
const roles = fc.uniqueArray(fc.constantFrom(...ROLES));
const level = fc.constantFrom(...LEVELS);

describe('the limits of a sign-in', () => {
  it('are never above an hour idle and a day in all, whatever the policy says', () => {
    fc.assert(fc.property(rules, roles, level, (said, held, at) => {
      const { idle, absolute } = limitsOf(said, held, at);
      return idle <= LONGEST_IDLE && absolute <= LONGEST_ABSOLUTE;
    }));
    expect([LONGEST_IDLE, LONGEST_ABSOLUTE]).toEqual([3_600, 86_400]);
  });

  it('are the strictest of those of all roles: one more role never lengthens one', () => {
    fc.assert(fc.property(rules, roles, fc.constantFrom(...ROLES), level, (said, held, another, at) => {
      const [without, beside] = [limitsOf(said, held, at), limitsOf(said, [...held, another], at)];
      return beside.idle <= without.idle && beside.absolute <= without.absolute && beside.atOnce <= without.atOnce;
    }));
    const said = testLimits({ roles: { auditor: { idle: 600 }, 'system-admin': { idle: 900, absolute: 7_200, atOnce: 2 } } });
    expect(limitsOf(said, ['staff', 'system-admin', 'auditor'], '0')).toEqual({ idle: 600, absolute: 7_200, atOnce: 2 });
    expect(limitsOf(said, ['staff'], '0')).toEqual({ idle: 3_600, absolute: 43_200, atOnce: 50 });
  });

  it('are lengthened by a level for staff, and for nobody whose role says otherwise', () => {
    const said = testLimits({ roles: { 'system-admin': { absolute: 7_200 } }, levels: { '2': { absolute: 64_800 } } });
    expect(limitsOf(said, ['staff'], '1').absolute).toBe(43_200);
    expect(limitsOf(said, ['staff'], '2').absolute).toBe(64_800);
    expect(limitsOf(said, ['staff', 'system-admin'], '2').absolute).toBe(7_200);
    expect(longestLimitsOf(said, ['staff']).absolute).toBe(64_800);
  });

  it('are short while there is no policy', () => {
    expect(limitsOf(WITHOUT_POLICY, ['staff'], '3')).toEqual({ idle: 900, absolute: 3_600, atOnce: Infinity });
  });

  it('are those of the shipped policy', async () => {
    const { signIn: { limits } } = readPolicy(await readPolicyFiles(SHIPPED), SHIPPED);
    expect(limitsOf(limits, ['staff'], '0')).toEqual({ idle: 3_600, absolute: 43_200, atOnce: 5 });
    expect(limitsOf(limits, ['staff'], '3')).toEqual({ idle: 3_600, absolute: 86_400, atOnce: 5 });
    expect(limitsOf(limits, ['staff', 'system-admin'], '3')).toEqual({ idle: 900, absolute: 28_800, atOnce: 2 });
    for (const role of ['security-officer', 'auditor', 'activation-authority', 'bcp-admin'] as const) expect(limitsOf(limits, [role], '2').idle).toBe(1_800);
    expect(limits.warnBefore).toBe(300);
  });
});

describe('the end of a sign-in', () => {
  const HOUR = 3_600_000;
  const at = new Date('2026-04-01T00:00:00Z');
  const hours = (count: number) => new Date(at.getTime() + count * HOUR);
  const said = testLimits({ usual: { idle: 3_600, absolute: 12 * 3_600, atOnce: 5 }, warnBefore: 300, levels: { '2': { absolute: 18 * 3_600 } } });
  const under = (rules: SignInLimitRules, level: Level) => ({ limits: limitsOf(rules, ['staff'], level), longest: longestLimitsOf(rules, ['staff']), warnBefore: rules.warnBefore });

  it('follows a level up and, once the level is over, down', () => {
    expect(endOf({ at, expiresAt: hours(12), endsBy: null }, under(said, '2'), hours(1))).toEqual(hours(18));
    expect(endOf({ at, expiresAt: hours(18), endsBy: null }, under(said, '0'), hours(1))).toEqual(hours(12));
  });

  it('comes after a warning where only a level had lengthened it, and the warning is given once', () => {
    const soon = new Date(hours(14).getTime() + 300_000);
    expect(endOf({ at, expiresAt: hours(18), endsBy: null }, under(said, '0'), hours(14))).toEqual(soon);
    expect(endOf({ at, expiresAt: soon, endsBy: null }, under(said, '0'), new Date(hours(14).getTime() + 200_000))).toEqual(soon);
  });

  it('comes at once where the policy allows it at no level', () => {
    const stricter = { ...said, usual: { ...said.usual, absolute: 3 * 3_600 }, levels: {} };
    expect(endOf({ at, expiresAt: hours(12), endsBy: null }, under(stricter, '2'), hours(5))).toEqual(hours(3));
  });

  it('is never later than its own', () => {
    expect(endOf({ at, expiresAt: hours(8), endsBy: hours(8) }, under(said, '2'), hours(1))).toEqual(hours(8));
  });

  it('is never later than a day after it began nor, while limits only shrink, than it was', () => {
    fc.assert(fc.property(rules, roles, level, fc.integer({ min: 0, max: 200_000 }), fc.integer({ min: 1, max: 86_400 }), (rules, held, now, passed, was) => {
      const [limits, longest] = [limitsOf(rules, held, now), longestLimitsOf(rules, held)];
      const [moment, expiresAt] = [new Date(at.getTime() + passed * 1000), new Date(at.getTime() + was * 1000)];
      const end = endOf({ at, expiresAt, endsBy: null }, { limits, longest, warnBefore: rules.warnBefore }, moment);
      expect(end.getTime()).toBeLessThanOrEqual(at.getTime() + LONGEST_ABSOLUTE * 1000);
      expect(end.getTime()).toBeLessThanOrEqual(Math.max(expiresAt.getTime(), at.getTime() + limits.absolute * 1000));
      expect(end.getTime()).toBeGreaterThanOrEqual(at.getTime() + limits.absolute * 1000);
    }));
  });
});
