import { createBypasses } from '../../broker/bypass/index.ts';
import { createThrottle } from '../../broker/identity/index.ts';
import { createEndLeasesOf } from '../../broker/leases/index.ts';
import { createTrail } from '../../broker/audit/index.ts';
import { randomIds } from '../../broker/environment.ts';
import type { Policy } from '../../broker/policy/index.ts';
import type { Bypass, PriorityClass, Role, SignedIn, Site } from '../../broker/port.ts';
import type { Database } from '../../broker/store/index.ts';
import { identityOver, PASSWORD } from './identity.ts';
import { addDuty, originAt, silentLog, standingClock } from './office.ts';

import { createTown, townPolicy } from './town.ts';

export const BYPASS: NonNullable<Policy['bypass']> = { fromLevel: 1, classes: ['P0', 'P1', 'P2'], sites: ['evacuation-site'], atOnce: 5, aPersonADay: 2, approveWithin: 1_800, redeemWithin: 900, lasts: 28_800 };

/** A town of this very day at level 1, with a person in a gymnasium, and everybody whom a bypass takes. */
export async function createBypassTown(database: Database, { bypass = BYPASS, raised = true, ticks = 0 }: { bypass?: Policy['bypass'] | undefined; raised?: boolean; /** Seconds by which the clock goes on whenever it is read. */ ticks?: number } = {}) {
  const standing = standingClock(new Date());
  const clock = { ...standing, now: () => (standing.advance(ticks), standing.now()), forward: standing.advance };
  let policy: Policy | undefined = townPolicy(bypass === undefined ? {} : { bypass });
  const source = { current: () => Promise.resolve(policy) };
  const town = await createTown({ database, clock, policy: () => policy });
  const identity = identityOver(database, { clock });
  const { organisation } = town;
  const over = (connection: Database) => {
    const trail = createTrail({ clock, ids: randomIds });
    const endLeasesOf = createEndLeasesOf({ trail, clock });
    return createBypasses({ database: connection, trail, clock, ids: randomIds, log: silentLog, databaseTime: () => Promise.resolve(clock.now()), secretBox: identity.secretBox, passwords: identity.passwords, serverClock: identity.serverClock, limitRules: identity.limitRules, endLeasesOf, policy: source, signInPolicy: identity.policy, throttle: createThrottle(identity.policy.throttle) });
  };
  const bypasses = over(database);
  if (raised) await town.raise('1');
  const issuer = town.proposer;
  const approver = await town.person('bcp-admin');
  const voucher = await town.person('shelter-manager');
  const officer = await town.person('security-officer');
  const refresh = (someone: SignedIn): SignedIn => town.fresh(someone);
  const proveAgain = (someone: SignedIn) => database.updateTable('sign_in').set({ proved_at: clock.now() }).where('id', '=', someone.signInId).execute();

  let number = 0;
  const newStaff = async ({ classes = ['P1'] as readonly PriorityClass[], roles = ['staff'] as readonly Role[] } = {}) => {
    number += 1;
    const username = `hinan-${organisation.id.slice(0, 8)}-${number}`;
    const person = await identity.directory.addPersonWithCredentials({ organisationId: organisation.id, unitId: organisation.unitId, username, displayName: `避難 ${number}郎`, password: PASSWORD, totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', roles });
    const duties = [];
    for (const one of classes) {
      const dutyId = await addDuty(database, organisation, 'internet', one);
      await database.insertInto('duty_assignment').values({ organisation_id: organisation.id, person_id: person.id, duty_id: dutyId, assigned_at: clock.now() }).execute();
      duties.push(dutyId);
    }
    return { id: person.id, username, duties };
  };
  type Staff = Awaited<ReturnType<typeof newStaff>>;
  const issue = async (staff: Staff, { by = issuer, voucherId = voucher.personId } = {}): Promise<Bypass> =>
    bypasses.issue({ person: refresh(by), bypass: { personId: staff.id, shelter: '第一小学校体育館', voucherId, reachedBy: '防災無線 3番', reason: '津波で携帯電話を失った' }, origin: originAt('office') });
  const approve = (bypassId: string, by = approver) => bypasses.approve({ person: refresh(by), bypassId, origin: originAt('office') });
  const half = async ({ username }: Pick<Staff, 'username'>, site: Site = 'evacuation-site') => (await identity.signIns.withPassword({ username, password: PASSWORD, origin: originAt(site) })).token;
  const use = async (staff: Pick<Staff, 'username'>, code: string, { site = 'evacuation-site', token }: { site?: Site; token?: string } = {}) => bypasses.use({ token: token ?? (await half(staff, site)), code, origin: originAt(site) });
  const given = async (staff: Staff) => {
    const { id } = await issue(staff);
    return { id, ...(await approve(id)) };
  };
  return {
    ...town,
    clock,
    identity,
    bypasses,
    over,
    issuer,
    approver,
    voucher,
    officer,
    refresh,
    proveAgain,
    newStaff,
    issue,
    approveIt: approve,
    half,
    use,
    given,
    end: (bypassId: string, by = issuer) => bypasses.end({ person: refresh(by), bypassId, reason: '本人が電話を取り戻した', origin: originAt('office') }),
    signInWith: async (staff: Staff) => use(staff, (await given(staff)).code),
    setPolicy: (next: Policy | undefined) => (policy = next),
    told: async (...names: readonly string[]) => (await town.events()).filter(({ event }) => names.includes(event)),
  };
}
