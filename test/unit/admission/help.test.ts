import * as fc from 'fast-check';
import { decide } from '../../../broker/admission/decide.ts';
import type { DutyFacts, Facts } from '../../../broker/admission/facts.ts';
import type { Help } from '../../../broker/port.ts';
import { arbitraryFacts, goodFacts as good } from '../../support/facts.ts';
import { testPolicy } from '../../support/policy.ts';

const held: DutyFacts = good.duty!;
const lgwan: DutyFacts = { ...held, zone: 'lgwan' };
const other: DutyFacts = { id: 'd2', name: '税務', class: 'P3', zone: 'internet' };
const shared = { status: 'active', logIn: 'personal', cleanUp: 'none', asked: true } as const;
const duty: Help = { kind: 'duty', dutyId: 'd2', name: '税務' };
const seat: Help = { kind: 'seat' };
const ask = (role: Extract<Help, { kind: 'ask' }>['role']): Help => ({ kind: 'ask', role });
const level = (level: '1' | '2' | '3'): Help => ({ kind: 'level', level });
const sites = (...sites: Extract<Help, { kind: 'site' }>['sites']): Help => ({ kind: 'site', sites });
const FREE = ['satellite-office', 'alternative-office', 'office'] as const;

describe('what a refusal offers instead', () => {
  it.each<[string, Partial<Facts>, readonly Help[]]>([
    ['another duty, a level and other sites, in this order', { duty: lgwan, otherDuties: [other] }, [duty, level('2'), sites(...FREE)]],
    ['no duty that would be refused as well', { duty: lgwan, otherDuties: [{ ...other, zone: 'lgwan' }] }, [level('2'), sites(...FREE)]],
    ['the lowest level that works', { policy: testPolicy({ classes: { ...testPolicy().classes, P3: { target: 0, outsideFromLevel: 1 } } }) }, [level('1'), sites('alternative-office', 'office')]],
    ['no level that suspends the class', { duty: { ...lgwan, class: 'PX' } }, [sites(...FREE)]],
    ['no level where none is enough', { duty: { ...held, zone: 'my-number' } }, [sites('office')]],
    ['no level that counts already', { duty: { ...held, zone: 'my-number' }, level: { number: 1, level: '3' } }, [sites('office')]],
    ['only sites that some network is', { duty: lgwan, policy: testPolicy({ networks: [{ site: 'office', ranges: ['10.0.0.0/8'], organisation: '別市' }], everywhereElse: 'home' }) }, [level('2')]],
    ['the site of an own network', { duty: lgwan, policy: testPolicy({ networks: [{ site: 'office', ranges: ['10.0.0.0/8'], organisation: 'みほん市' }], everywhereElse: 'home' }) }, [level('2'), sites('office')]],
    ['a seat that becomes free', { seats: [{ scope: 'organisation', seats: 1, taken: 1 }] }, [seat]],
    ['a more urgent duty where only the reserve is left', { policy: testPolicy({ capacity: { ...testPolicy().capacity, reserve: 5 } }), otherDuties: [{ ...other, class: 'P0' }] }, [duty, seat]],
    ['no duty while a desktop is in use', { occupancy: { mine: false, others: 1, residualOfAnother: false }, otherDuties: [other] }, [seat]],
    ['the administrator while somebody\'s session lives on', { occupancy: { mine: false, others: 0, residualOfAnother: true } }, [seat, ask('system-admin')]],
    ['a seat of the pool', { desktop: undefined, pool: shared }, [seat]],
    ['whom to ask for a duty, and one that is held', { duty: undefined, otherDuties: [other] }, [duty, ask('bcp-admin')]],
    ['whom to ask about the account', { account: 'disabled' }, [ask('system-admin')]],
    ['whom to ask for a desktop', { assigned: false }, [ask('system-admin')]],
    ['whom to ask after everybody was sent away', { entry: 'stopped' }, [ask('security-officer')]],
    ['whom to ask where nothing else would work', { duty: { ...held, class: 'PX' }, level: { number: 1, level: '2' } }, [ask('bcp-admin')]],
    ['everybody who has to be asked', { account: 'disabled', entry: 'stopped', duty: undefined }, [ask('system-admin'), ask('security-officer'), ask('bcp-admin')]],
    ['the same whether the log-in was typed already or not', { duty: lgwan, credentials: 'missing' }, [level('2'), sites(...FREE)]],
    ['nothing where only the log-in is missing', { credentials: 'missing', otherDuties: [other] }, []],
    ['a duty for which one would only have to wait', { duty: lgwan, otherDuties: [other], occupancy: { mine: false, others: 1, residualOfAnother: false } }, [duty, level('2'), sites(...FREE)]],
  ])('is %s', (_, change, help) => {
    expect(decide({ ...good, ...change }).help).toEqual(help);
  });

  it('would work: the request changed so is admitted, or waits where it was refused', () => {
    const seen = { duty: 0, level: 0, site: 0 };
    fc.assert(
      fc.property(arbitraryFacts, (some) => {
        const typed: Facts = some.credentials === 'missing' ? { ...some, credentials: 'given' } : some;
        const before = decide(typed).outcome;
        for (const help of decide(some).help) {
          const changed = changedBy(typed, help);
          if (changed === undefined) continue;
          if (help.kind === 'duty' || help.kind === 'level' || help.kind === 'site') seen[help.kind] += 1;
          for (const facts of changed) expect(before === 'refuse' ? ['admit', 'wait'] : ['admit']).toContain(decide(facts).outcome);
        }
      }),
      { seed: 5, numRuns: 20_000 },
    );
    for (const times of Object.values(seen)) expect(times).toBeGreaterThan(100);
  });

  it('leaves out no duty, level or site that would work', () => {
    fc.assert(
      fc.property(arbitraryFacts, (some) => {
        const { help, outcome } = decide(some);
        if (outcome === 'admit' || some.credentials === 'missing') return;
        const works = (changed: Facts) => (outcome === 'refuse' ? decide(changed).outcome !== 'refuse' : decide(changed).outcome === 'admit');
        const kinds = new Set(help.map(({ kind }) => kind));
        if (some.otherDuties.some((duty) => works({ ...some, duty }))) expect(kinds).toContain('duty');
        if (outcome === 'refuse' && (['office', 'satellite-office'] as const).some((site) => works({ ...some, site }) && some.policy !== undefined && some.site !== site)) expect(kinds).toContain('site');
      }),
      { seed: 6, numRuns: 5_000 },
    );
  });

  it('is never the role of staff, and names nothing twice', () => {
    fc.assert(
      fc.property(arbitraryFacts, (some) => {
        const { help } = decide(some);
        expect(new Set(help.map((one) => JSON.stringify(one))).size).toBe(help.length);
        expect(help.filter((one) => one.kind === 'ask' && one.role === 'staff')).toEqual([]);
      }),
      { seed: 7, numRuns: 2_000 },
    );
  });
});

function changedBy(facts: Facts, help: Help): readonly Facts[] | undefined {
  if (help.kind === 'duty') return facts.otherDuties.filter(({ id }) => id === help.dutyId).map((duty) => ({ ...facts, duty }));
  if (help.kind === 'level') return [{ ...facts, level: { number: 1, level: help.level } }];
  if (help.kind === 'site') return help.sites.map((site) => ({ ...facts, site }));
  return undefined;
}
