import fc from 'fast-check';
import { ACTIONS, asOf, authorise, may, reachOf, type Action } from '../../../broker/authorization/index.ts';
import { OF_THE_WHOLE } from '../../../broker/authorization/actions.ts';
import type { Grant, Role } from '../../../broker/port.ts';

const ROLES: readonly Role[] = ['staff', 'unit-head', 'shelter-manager', 'bcp-admin', 'activation-authority', 'security-officer', 'auditor', 'system-admin'];
const NAMES = Object.keys(ACTIONS) as Action[];
const CITY = 'city';
const whole = (role: Role, organisationId = CITY): Grant => ({ role, organisationId, unitId: null, unitIds: [] });
const of = (role: Role, ...unitIds: string[]): Grant => ({ role, organisationId: CITY, unitId: unitIds[0]!, unitIds });
const holder = (...grants: Grant[]) => ({ organisationId: CITY, grants });

/** Each role's rights, written out a second time: a change of the table is meant only if it is made here as well. */
const RIGHTS: Readonly<Record<Role, readonly Action[]>> = {
  staff: ['desktops.use', 'telework.mark'],
  'unit-head': ['units.view', 'telework.view-unit', 'duties.delegate', 'delegations.view', 'acknowledgements.view', 'exceptions.view', 'exceptions.ask', 'exceptions.end'],
  'shelter-manager': ['level.view'],
  'bcp-admin': ['level.view', 'level.propose', 'level.tighten', 'policy.view', 'directory.view', 'units.view', 'duties.view', 'duties.manage', 'duties.assign', 'duties.delegate', 'delegations.view', 'acknowledgements.view', 'desktops.view', 'drills.run', 'succession.propose', 'exceptions.view', 'exceptions.ask', 'exceptions.end', 'server-clock.view', 'bypass.view', 'bypass.issue', 'bypass.approve', 'bypass.end'],
  'activation-authority': ['level.view', 'level.propose', 'level.approve', 'level.tighten', 'policy.view', 'entry.view', 'entry.release', 'drills.run', 'succession.propose', 'succession.approve', 'deputies.hand-over', 'exceptions.view', 'exceptions.agree', 'exceptions.end', 'bypass.view', 'bypass.approve', 'bypass.end'],
  'security-officer': ['level.view', 'policy.view', 'units.view', 'duties.view', 'sessions.view', 'sessions.export', 'sessions.end', 'entry.view', 'entry.release', 'delegations.view', 'acknowledgements.view', 'exceptions.view', 'exceptions.end', 'server-clock.view', 'bypass.view', 'bypass.end', 'devices.view', 'devices.end'],
  auditor: ['level.view', 'policy.view', 'units.view', 'duties.view', 'sessions.view', 'sessions.export', 'entry.view', 'delegations.view', 'acknowledgements.view', 'exceptions.view', 'bypass.view', 'devices.view'],
  'system-admin': ['policy.view', 'directory.view', 'units.view', 'units.manage', 'people.manage', 'roles.manage', 'duties.view', 'acknowledgements.view', 'desktops.view', 'desktops.manage', 'server-clock.view', 'devices.view', 'devices.approve', 'devices.end'],
};

describe('what roles allow', () => {
  it.each(ROLES)('%s: exactly its rights, in its own organisation', (role) => {
    expect(NAMES.filter((action) => may(holder(whole(role)), action)).sort()).toEqual([...RIGHTS[role]].sort());
    expect(NAMES.filter((action) => may(holder(whole(role, 'another')), action))).toEqual([]);
    for (const action of RIGHTS[role]) expect(reachOf(holder(whole(role)), action)).toEqual({ organisationId: CITY, units: 'all' });
  });

  it.each(ROLES)('%s for a unit: the same but for what concerns the whole, and there only', (role) => {
    const narrow = holder(of(role, 'unit', 'below'));
    const allowed = RIGHTS[role].filter((action) => !(OF_THE_WHOLE as readonly Action[]).includes(action));
    expect(NAMES.filter((action) => may(narrow, action)).sort()).toEqual([...allowed].sort());
    for (const action of allowed) {
      expect(may(narrow, action, { organisationId: CITY, unitId: 'below' })).toBe(true);
      expect(may(narrow, action, { organisationId: CITY, unitId: 'beside' })).toBe(false);
      expect(may(narrow, action, { organisationId: CITY, unitId: null })).toBe(false);
      expect(may(narrow, action, { organisationId: 'another', unitId: 'unit' })).toBe(false);
    }
  });

  it('without a role, nothing', () => {
    expect(NAMES.filter((action) => may(holder(), action))).toEqual([]);
  });

  it('tells nothing of what lies outside: forbidden without any right, not-found beyond its reach', () => {
    expect(() => authorise(holder(whole('staff')), 'people.manage', { organisationId: CITY, unitId: 'unit' })).toThrow(expect.objectContaining({ code: 'forbidden' }));
    expect(() => authorise(holder(of('system-admin', 'unit')), 'people.manage', { organisationId: CITY, unitId: 'beside' })).toThrow(expect.objectContaining({ code: 'not-found' }));
    expect(authorise(holder(of('system-admin', 'unit'), of('system-admin', 'other')), 'people.manage')).toEqual({ organisationId: CITY, units: ['unit', 'other'] });
  });
});

describe('standing in', () => {
  const [since, until] = [new Date('2026-04-01T00:00:00Z'), new Date('2026-04-01T08:00:00Z')];
  const staff = { organisationId: CITY, grants: [whole('staff')] };
  const allowed = (person: Parameters<typeof asOf>[0], now: Date) => NAMES.filter((action) => may(asOf(person, now), action) && !may(person, action)).toSorted();
  const deputy = { ...staff, standsIn: { deputy: { id: 'one', since, until } } };

  it('in the order: to see the level and to declare, whenever', () => {
    expect(allowed({ ...staff, standsIn: {} }, since)).toEqual(['deputies.declare', 'level.view']);
  });

  it('as a deputy: to approve levels, exceptions and bypasses from its beginning and until its end, and not one of the authority\'s other rights', () => {
    expect(allowed(deputy, since)).toEqual(['bypass.approve', 'bypass.view', 'deputies.declare', 'exceptions.agree', 'exceptions.view', 'level.approve', 'level.view']);
    expect(allowed(deputy, new Date(until.getTime() - 1))).toContain('level.approve');
    for (const outside of [new Date(since.getTime() - 1), until, new Date(until.getTime() + 1)]) expect(allowed(deputy, outside)).toEqual(['deputies.declare', 'level.view']);
  });

  it('gives no right to whoever is asked about without a moment, and none in another organisation', () => {
    expect(may(deputy, 'level.approve')).toBe(false);
    expect(may(asOf(deputy, since), 'level.approve', { organisationId: 'another', unitId: null })).toBe(false);
    expect(may(asOf(staff, since), 'level.approve')).toBe(false);
  });
});

describe('a grant', () => {
  const units = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 });
  const grant = fc.record({ role: fc.constantFrom(...ROLES), organisationId: fc.constantFrom(CITY, 'another'), units: fc.option(units, { nil: null }) }).map(({ role, organisationId, units: held }): Grant => ({ role, organisationId, unitId: held?.[0] ?? null, unitIds: held ?? [] }));
  const grants = fc.array(grant, { maxLength: 5 });
  const target = fc.record({ organisationId: fc.constantFrom(CITY, 'another'), unitId: fc.constantFrom('a', 'b', 'c', 'd', null) });
  const action = fc.constantFrom(...NAMES);

  it('for fewer units never reaches more', () => {
    fc.assert(
      fc.property(grants, fc.constantFrom(...ROLES), units, fc.nat(), action, target, (others, role, held, keep, asked, aim) => {
        const fewer = held.slice(0, 1 + (keep % held.length));
        const narrow = holder(...others, of(role, ...fewer));
        for (const wider of [holder(...others, of(role, ...held)), holder(...others, whole(role))]) {
          if (may(narrow, asked)) expect(may(wider, asked)).toBe(true);
          if (may(narrow, asked, aim)) expect(may(wider, asked, aim)).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('more never takes anything away, and one of another organisation gives nothing', () => {
    fc.assert(
      fc.property(grants, grant, action, target, (held, more, asked, aim) => {
        if (may(holder(...held), asked, aim)) expect(may(holder(...held, more), asked, aim)).toBe(true);
        const foreign = { ...more, organisationId: 'another' };
        expect(may(holder(...held, foreign), asked, aim)).toBe(may(holder(...held), asked, aim));
        expect(may(holder(...held), asked, { ...aim, organisationId: 'another' })).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it('within its reach agrees with the reach itself', () => {
    fc.assert(
      fc.property(grants, action, target, (held, asked, aim) => {
        const reach = reachOf(holder(...held), asked);
        const inside = reach !== undefined && aim.organisationId === CITY && (reach.units === 'all' || (aim.unitId !== null && reach.units.includes(aim.unitId)));
        expect(may(holder(...held), asked, aim)).toBe(inside);
      }),
    );
  });
});
