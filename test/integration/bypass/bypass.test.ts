import { randomUUID, randomBytes } from 'node:crypto';
import type { Role } from '../../../broker/port.ts';
import { openDatabase, sql } from '../../../broker/store/index.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { BYPASS, createBypassTown } from '../../support/bypass-town.ts';
import { home, refusalOf } from '../../support/identity.ts';
import { addDesktop, originAt } from '../../support/office.ts';
import { reasonsFrom } from '../../support/refusal-of.ts';
import { townPolicy } from '../../support/town.ts';
import { createWorkplace } from '../../support/workplace.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const HOUR = 3_600;
const code = async (step: Promise<unknown>) => (await refusalOf(step)).code;
const grant = (personId: string, { organisation, clock }: Awaited<ReturnType<typeof createBypassTown>>, role: Role) =>
  test.database.insertInto('role_grant').values({ id: randomUUID(), organisation_id: organisation.id, person_id: personId, role, unit_id: null, granted_at: clock.now() }).execute();
const town = (options?: Parameters<typeof createBypassTown>[1]) => createBypassTown(test.database, options);

describe('a shelter bypass', () => {
  it('takes one who issues, one who approves and one who vouches, and then the password and the code', async () => {
    const t = await town();
    const staff = await t.newStaff();
    const issued = await t.issue(staff);
    expect(issued).toMatchObject({ state: 'waiting', person: { id: staff.id }, voucher: { id: t.voucher.personId }, may: { approve: false, end: true } });
    const { bypass, code: given } = await t.approveIt(issued.id);
    expect(bypass).toMatchObject({ state: 'usable', approvedBy: { id: t.approver.personId }, redeemUntil: t.after(900) });
    const { signedIn, expiresAt } = await t.use(staff, given);
    expect(signedIn).toMatchObject({ personId: staff.id, method: 'bypass' });
    expect(expiresAt).toEqual(t.after(8 * HOUR));
    expect((await t.bypasses.list({ person: t.officer, open: true })).items).toMatchObject([{ id: issued.id, state: 'in-use', usedFrom: '10.0.1.9', until: expiresAt }]);
    const about = { bypassId: issued.id, personId: staff.id };
    expect(await t.told('bypassIssued', 'bypassApproved', 'bypassUsed', 'signInCompleted')).toMatchObject([
      { code: 'SKA-1141', actor: { personId: t.issuer.personId }, fields: { ...about, shelter: '第一小学校体育館', voucherId: t.voucher.personId, reachedBy: '防災無線 3番' } },
      { code: 'SKA-1142', actor: { personId: t.approver.personId }, fields: { ...about, issuedBy: t.issuer.personId } },
      { code: 'SKA-1143', actor: { personId: staff.id, signInId: signedIn.signInId }, fields: { ...about, approvedBy: t.approver.personId, site: 'evacuation-site' } },
      { fields: { factors: ['password', 'bypass-code'] } },
    ]);
    expect(JSON.stringify(await t.events())).not.toContain(given);
  });

  it('is used once, by 40 tries at once over several connections as well', async () => {
    const t = await town();
    const staff = await t.newStaff();
    const { code: given, id } = await t.given(staff);
    const others = Array.from({ length: 3 }, () => openDatabase({ connectionString: test.connectionString, connections: 4, onIdleError: () => undefined }));
    const tokens = await Promise.all(Array.from({ length: 40 }, () => t.half(staff)));
    const brokers = [t.bypasses, ...others.map((database) => t.over(database))];
    const tries = await Promise.allSettled(tokens.map((token, n) => brokers[n % brokers.length]!.use({ token, code: given, origin: originAt('evacuation-site') })));
    await Promise.all(others.map((database) => database.destroy()));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await test.database.selectFrom('bypass_use').where('bypass_id', '=', id).select('sign_in_id').execute()).toHaveLength(1);
    expect(await test.database.selectFrom('sign_in').where('person_id', '=', staff.id).where('method', '=', 'bypass').select('id').execute()).toHaveLength(1);
  });

  it('needs the password first, and is nobody else\'s', async () => {
    const t = await town();
    const [staff, other] = [await t.newStaff(), await t.newStaff()];
    const { code: given } = await t.given(staff);
    expect(await code(t.bypasses.use({ token: randomBytes(32).toString('base64url'), code: given, origin: originAt('evacuation-site') }))).toBe('sign-in-required');
    expect(await code(t.use(other, given))).toBe('bypass-code-wrong');
    expect((await t.use(staff, given)).signedIn.personId).toBe(staff.id);
  });

  it('is over after its fifteen minutes, and answers the same as a wrong code', async () => {
    const t = await town();
    const staff = await t.newStaff();
    const { code: given, id } = await t.given(staff);
    t.clock.advance(901);
    expect(await code(t.use(staff, given))).toBe('bypass-code-wrong');
    expect((await t.bypasses.list({ person: t.officer, open: false })).items).toMatchObject([{ id, state: 'missed', may: { end: false } }]);
  });

  it('is guessed at on the budget of every other code, and a guess tells nothing of whether there is one', async () => {
    const t = await town();
    const [staff, without] = [await t.newStaff(), await t.newStaff()];
    const { code: given } = await t.given(staff);
    const wrong = given === '0000000000' ? '1111111111' : '0000000000';
    for (const one of [staff, without]) {
      const token = await t.half(one);
      for (let guess = 0; guess < 5; guess += 1) expect(await code(t.use(one, wrong, { token }))).toBe('bypass-code-wrong');
      expect(await code(t.use(one, wrong, { token }))).toBe('too-many-attempts');
    }
    // The right one has to wait as well.
    const token = await t.half(staff).catch((error: Error) => error.message);
    expect(token).toBe('too-many-attempts');
    expect(await t.told('signInRefused')).toHaveLength(10);
  });

  it('is used from an evacuation site only, where the policy says so, and stays good for it', async () => {
    const t = await town();
    const staff = await t.newStaff();
    const { code: given, id } = await t.given(staff);
    expect(await code(t.use(staff, given, { site: 'home' }))).toBe('bypass-not-at-site');
    expect(await t.told('bypassRefused')).toMatchObject([{ code: 'SKA-1145', fields: { act: 'use', bypassId: id, refusal: 'bypass-not-at-site' } }]);
    expect((await t.use(staff, given)).signedIn.method).toBe('bypass');
  });

  it('is possible from the level on that the policy names, when it is issued, approved and used; and not without a policy', async () => {
    const calm = await town({ raised: false });
    expect(await code(calm.issue(await calm.newStaff()))).toBe('bypass-not-now');
    const t = await town();
    const staff = await t.newStaff();
    const waiting = await t.issue(staff);
    const { code: given } = await t.given(staff);
    await t.tighten('0');
    expect(await code(t.approveIt(waiting.id))).toBe('bypass-not-now');
    expect(await code(t.use(staff, given))).toBe('bypass-not-now');
    t.setPolicy(undefined);
    expect(await code(t.issue(staff))).toBe('policy-missing');
    expect(await code(t.use(staff, given))).toBe('policy-missing');
    t.setPolicy(townPolicy());
    expect(await code(t.use(staff, given))).toBe('bypass-not-now');
  });

  it('is not approved by who issued it, who uses it or who vouches, by whatever role, nor twice, nor late; and each try is told', async () => {
    const t = await town();
    const both = await t.person('bcp-admin');
    const staff = await t.newStaff();
    const own = await t.issue(staff, { by: both });
    expect(await code(t.approveIt(own.id, both))).toBe('own-bypass');
    // The one who issued it, in another role since.
    await test.database.deleteFrom('role_grant').where('person_id', '=', both.personId).execute();
    await grant(both.personId, t, 'activation-authority');
    expect(await code(t.approveIt(own.id, { ...both, grants: [{ ...t.issuer.grants[0]!, role: 'activation-authority' }] }))).toBe('own-bypass');
    const manager = await t.person('shelter-manager', 'activation-authority');
    const vouched = await t.issue(staff, { voucherId: manager.personId });
    expect(await code(t.approveIt(vouched.id, manager))).toBe('own-bypass');
    // The one who is to use it, become the authority.
    await grant(staff.id, t, 'activation-authority');
    const session = await t.identity.signIn({ username: staff.username, password: '関所を越えて 進む鳥たち', totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' });
    expect(await code(t.approveIt(own.id, session.signedIn))).toBe('own-bypass');
    await t.approveIt(own.id);
    expect(await code(t.approveIt(own.id))).toBe('bypass-closed');
    t.clock.advance(1_801);
    expect(await code(t.approveIt(vouched.id))).toBe('bypass-closed');
    expect((await t.told('bypassRefused')).map(({ fields }) => [fields['act'], fields['refusal']])).toEqual([['approve', 'own-bypass'], ['approve', 'own-bypass'], ['approve', 'own-bypass'], ['approve', 'own-bypass'], ['approve', 'bypass-closed'], ['approve', 'bypass-closed']]);
  });

  it('is not issued for oneself, nor vouched for by oneself or by somebody who manages no shelter', async () => {
    const t = await town();
    const staff = await t.newStaff();
    const managing = await t.person('bcp-admin', 'shelter-manager');
    expect(await code(t.issue(staff, { by: managing, voucherId: managing.personId }))).toBe('own-bypass');
    expect(await code(t.issue(staff, { voucherId: t.officer.personId }))).toBe('not-found');
    expect(await code(t.issue({ ...staff, id: t.issuer.personId }))).toBe('bypass-unsuitable');
    const self = await t.newStaff({ roles: ['staff', 'shelter-manager'] });
    expect(await code(t.issue(self, { voucherId: self.id }))).toBe('own-bypass');
  });

  it('is for people who hold a duty of the classes', async () => {
    const t = await town();
    expect(await code(t.issue(await t.newStaff({ classes: ['P3', 'P5'] })))).toBe('bypass-unsuitable');
    expect(await code(t.issue(await t.newStaff({ classes: [] })))).toBe('bypass-unsuitable');
    expect((await t.issue(await t.newStaff({ classes: ['P5', 'P2'] }))).state).toBe('waiting');
  });

  it('takes a fresh second factor of both, by the rules and by the database', async () => {
    const t = await town();
    const staff = await t.newStaff();
    const { id } = await t.issue(staff);
    t.clock.advance(301);
    const given = { personId: staff.id, shelter: '体育館', voucherId: t.voucher.personId, reachedBy: '無線', reason: '電話がない' };
    expect(await code(t.bypasses.issue({ person: t.issuer, bypass: given, origin: originAt('office') }))).toBe('step-up-required');
    expect(await code(t.bypasses.approve({ person: t.approver, bypassId: id, origin: originAt('office') }))).toBe('step-up-required');
    expect(await code(t.bypasses.end({ person: t.approver, bypassId: id, reason: '不要', origin: originAt('office') }))).toBe('step-up-required');
    t.clock.advance(HOUR);
    // Whoever comes around the rule with an old proof.
    expect(await code(t.issue(staff))).toBe('forbidden');
    await t.proveAgain(t.issuer);
    expect((await t.issue(staff)).state).toBe('waiting');
  });

  it('is limited in number: open at once, by ten at once as well, and for a person within a day', async () => {
    const t = await town({ bypass: { ...BYPASS, atOnce: 3 } });
    const staff = await Promise.all(Array.from({ length: 10 }, () => t.newStaff()));
    const tries = await Promise.allSettled(staff.map((one) => t.issue(one)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(tries.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []))).toEqual(Array.from({ length: 7 }, () => 'bypass-limit-reached'));
    const { items } = await t.bypasses.list({ person: t.officer, open: true });
    for (const { id } of items) await t.end(id);
    const one = await t.newStaff();
    await t.end((await t.issue(one)).id);
    await t.end((await t.issue(one)).id);
    expect(await code(t.issue(one))).toBe('bypass-limit-reached');
    await t.issue(await t.newStaff());
  });

  it('is approved or withdrawn, never both; and used or withdrawn, never both', async () => {
    const t = await town({ bypass: { ...BYPASS, atOnce: 100 } });
    for (let round = 0; round < 6; round += 1) {
      const staff = await t.newStaff();
      const { id } = await t.issue(staff);
      const [approved, ended] = await Promise.allSettled([t.approveIt(id), t.end(id)]);
      // Whoever came second: an end after the approval is an end of what is usable.
      expect(ended.status).toBe('fulfilled');
      const other = await t.newStaff();
      const made = await t.given(other);
      const token = await t.half(other);
      const [used, withdrawn] = await Promise.allSettled([t.use(other, made.code, { token }), t.end(made.id)]);
      expect(withdrawn.status).toBe('fulfilled');
      const live = await test.database.selectFrom('sign_in').where('person_id', 'in', [staff.id, other.id]).where('ended_at', 'is', null).select('id').execute();
      expect([approved.status, used.status, live]).toEqual([approved.status, used.status, []]);
    }
  });
});

describe('a sign-in by bypass', () => {
  it('ends when the bypass is withdrawn, with its session', async () => {
    const t = await town();
    const staff = await t.newStaff();
    const { signedIn, token } = await t.signInWith(staff);
    const place = await createWorkplace({ database: test.database, clock: t.clock, organisation: t.organisation, policy: townPolicy({ bypass: BYPASS }) });
    const desktopId = await addDesktop(place, t.organisation, { to: [signedIn] });
    const { leaseId } = await place.work(signedIn, { desktopId, dutyId: staff.duties[0]! }, 'evacuation-site');
    const id = (await t.bypasses.list({ person: t.officer, open: true })).items[0]!.id;
    expect((await t.end(id, t.officer)).state).toBe('ended');
    expect(await code(t.identity.signIns.resolve(token))).toBe('sign-in-required');
    expect(await place.leases.get({ person: signedIn, leaseId })).toMatchObject({ state: 'ended', endedBecause: 'sign-in-ended' });
    expect(await t.told('bypassEnded', 'signedOut')).toMatchObject([{ code: 'SKA-1144', actor: { personId: t.officer.personId } }, { fields: { why: 'bypass-ended', signInId: signedIn.signInId } }]);
  });

  it('lasts the eight hours that it may, while the clock goes on', async () => {
    const t = await town({ ticks: 0.001 });
    const { signedIn } = await t.signInWith(await t.newStaff());
    const { at, expires_at: end } = await test.database.selectFrom('sign_in').where('id', '=', signedIn.signInId).select(['at', 'expires_at']).executeTakeFirstOrThrow();
    expect(end.getTime() - at.getTime()).toBe(8 * HOUR * 1000);
  });

  it('does work of its classes, one session at a time', async () => {
    const t = await town();
    const staff = await t.newStaff({ classes: ['P1', 'P4'] });
    const { signedIn } = await t.signInWith(staff);
    const place = await createWorkplace({ database: test.database, clock: t.clock, organisation: t.organisation, policy: townPolicy({ bypass: BYPASS }) });
    const [first, second] = [await addDesktop(place, t.organisation, { to: [signedIn] }), await addDesktop(place, t.organisation, { to: [signedIn] })];
    const [urgent, ordinary] = staff.duties as [string, string];
    expect(await reasonsFrom(place.ask(signedIn, { desktopId: first, dutyId: ordinary }, 'evacuation-site'))).toEqual(['bypass-not-for-class']);
    const lease = await place.ask(signedIn, { desktopId: first, dutyId: urgent }, 'evacuation-site');
    expect((await place.ask(signedIn, { desktopId: first, dutyId: urgent }, 'evacuation-site')).id).toBe(lease.id);
    expect(await reasonsFrom(place.ask(signedIn, { desktopId: second, dutyId: urgent }, 'evacuation-site'))).toEqual(['bypass-one-session']);
    await place.leases.end({ person: signedIn, leaseId: lease.id, origin: home });
    const both = await Promise.allSettled([first, second].map((desktopId) => place.ask(signedIn, { desktopId, dutyId: urgent }, 'evacuation-site')));
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('has no role but that of staff, proves no factor and counts as fresh for nothing', async () => {
    const t = await town();
    const staff = await t.newStaff({ roles: ['staff', 'bcp-admin', 'unit-head'] });
    const { signedIn } = await t.signInWith(staff);
    expect(signedIn.roles).toEqual(['staff']);
    expect(signedIn.grants.map(({ role }) => role)).toEqual(['staff']);
    expect(await code(t.identity.signIns.stepUp({ person: signedIn, code: t.identity.codeOf('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'), origin: home }))).toBe('bypass-may-not');
    const other = await t.newStaff();
    expect(await code(t.issue(other, { by: signedIn }))).toBe('forbidden');
    const { id } = await t.issue(other);
    expect(await code(t.approveIt(id, signedIn))).toBe('forbidden');
    // Also past the rules: the database knows how the sign-in was proved.
    const forged = { ...signedIn, method: 'password-totp', grants: t.issuer.grants } as const;
    expect(await code(t.approveIt(id, forged))).toBe('forbidden');
  });

  it('is told to its person at the next one, in the list, and on every page until it is read, which only a factor of their own may do', async () => {
    const t = await town();
    const staff = await t.newStaff();
    const { signedIn } = await t.signInWith(staff);
    expect(await t.identity.factors.notices(signedIn)).toEqual([]);
    const next = await t.identity.signIn({ username: staff.username, password: '関所を越えて 進む鳥たち', totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' });
    expect(next.signedIn.previousSignIn).toEqual({ at: signedIn.since, address: '10.0.1.9', method: 'bypass' });
    expect((await t.identity.signIns.history({ person: next.signedIn })).items.map(({ method }) => method)).toEqual(['password-totp', 'bypass']);
    const [notice] = await t.identity.factors.notices(next.signedIn);
    expect(notice).toMatchObject({ kind: 'bypass-used', address: '10.0.1.9', count: 1 });
    expect(await code(t.identity.factors.readNotice({ person: signedIn, noticeId: notice!.id }))).toBe('not-found');
    await t.identity.factors.readNotice({ person: next.signedIn, noticeId: notice!.id });
    expect(await t.identity.factors.notices(next.signedIn)).toEqual([]);
  });
});

describe('the database', () => {
  it('takes no bypass that breaks the rule, whoever writes it', async () => {
    const t = await town();
    const staff = await t.newStaff();
    const { id } = await t.issue(staff);
    const row = { bypass_id: id, organisation_id: t.organisation.id, person_id: staff.id, issued_by: t.issuer.personId, voucher_id: t.voucher.personId, approved_in: t.approver.signInId, as_deputy: null, approved_at: t.clock.now(), sealed_code: Buffer.from('x'), redeem_until: t.after(60) };
    const approve = (over: Partial<typeof row & { approved_by: string }>) => test.database.insertInto('bypass_approval').values({ ...row, approved_by: t.approver.personId, ...over }).execute();
    await expect(approve({ approved_by: t.issuer.personId, approved_in: t.issuer.signInId })).rejects.toThrow('bypass_by_another');
    await expect(approve({ approved_by: t.officer.personId, approved_in: t.officer.signInId })).rejects.toThrow('without the right');
    await expect(approve({ approved_in: t.officer.signInId })).rejects.toThrow('fresh second factor');
    await expect(approve({ redeem_until: t.after(901) })).rejects.toThrow('check');
    await expect(approve({ issued_by: t.officer.personId })).rejects.toThrow('foreign key');
    await approve({});
    await expect(approve({})).rejects.toThrow('duplicate');
    await expect(test.database.deleteFrom('bypass').where('id', '=', id).execute()).rejects.toThrow();
    await expect(test.database.insertInto('bypass_use').values({ bypass_id: id, sign_in_id: t.issuer.signInId, used_at: t.clock.now() }).execute()).rejects.toThrow('cannot be used');
  });

  it('takes no sign-in by bypass that no bypass stands behind, and none longer than eight hours', async () => {
    const t = await town();
    const forge = (hours: number) =>
      sql`insert into sign_in (id, person_id, half_sign_in_id, token_hash, at, last_seen_at, proved_at, method, expires_at, address, user_agent)
        values (${randomUUID()}, ${t.issuer.personId}, ${randomUUID()}, ${randomBytes(32)}, now(), now(), now(), 'bypass', now() + make_interval(hours => ${hours}), '', '')`.execute(test.database);
    await expect(forge(1)).rejects.toThrow('without a bypass');
    await expect(forge(9)).rejects.toThrow('bypass_lasts_eight_hours');
    await expect(test.database.updateTable('sign_in').set({ method: 'bypass' }).where('id', '=', t.issuer.signInId).execute()).rejects.toThrow();
  });
});
