import { randomUUID } from 'node:crypto';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { addDesktop, addPool, beatOnce, guacds, operator, originAt } from '../../support/office.ts';
import { reasonsFrom, refusalFrom } from '../../support/refusal-of.ts';
import { createWorkplace } from '../../support/workplace.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const workplace = () => createWorkplace({ database: test.database });

describe('an OS session on an exclusive desktop', () => {
  async function left() {
    const place = await workplace();
    const [owner, other] = [await place.newcomer(), await place.newcomer()];
    const desktopId = await addDesktop(place, place.organisation, { to: [owner, other] });
    const claim = await place.work(owner, { desktopId });
    await place.leave(claim);
    return { ...place, owner, other, desktopId, claim, of: { organisationId: place.organisation.id, desktopId } };
  }

  it('begins with the first picture, once, and outlives the lease', async () => {
    const { work, owner, desktopId, leave, desktopsAdmin, of, trail, claim } = await left();
    await leave(await work(owner, { desktopId }));
    expect(await desktopsAdmin.residual(of)).toMatchObject([{ username: owner.username, open: false }]);
    expect((await trail(desktopId)).filter(({ event }) => event === 'residualBegan')).toMatchObject([{ code: 'SKA-4007', fields: { personId: owner.personId, leaseId: claim.leaseId } }]);
  });

  it('lets nobody else in, and its owner back', async () => {
    const { ask, owner, other, desktopId } = await left();
    const refusal = await refusalFrom(ask(other, { desktopId }));
    expect(refusal).toMatchObject({ code: 'residual-session', details: { outcome: 'wait', reasons: ['residual-session'] } });
    expect(refusal?.details.help).toContainEqual({ kind: 'ask', role: 'system-admin' });
    expect(await ask(owner, { desktopId })).toMatchObject({ desktopId, state: 'granted' });
  });

  it('is over once the desktop was cleaned up, and the next person enters', async () => {
    const { ask, other, desktopId, desktopsAdmin, of, trail } = await left();
    expect(await desktopsAdmin.cleaned(of, operator)).toBe(1);
    expect(await ask(other, { desktopId })).toMatchObject({ desktopId });
    expect((await trail(desktopId)).filter(({ event }) => event === 'residualEnded')).toMatchObject([{ code: 'SKA-4008', fields: { why: 'cleaned-up' } }]);
  });

  it('cannot be reported clean while its owner is connected or may come back', async () => {
    const { work, leave, owner, desktopId, desktopsAdmin, of } = await left();
    const claim = await work(owner, { desktopId });
    expect(await reasonsFrom(desktopsAdmin.cleaned(of, operator))).toEqual(['conflict']);
    await leave(claim, 'left');
    expect(await reasonsFrom(desktopsAdmin.cleaned(of, operator))).toEqual(['conflict']);
    expect(await desktopsAdmin.residual(of)).toMatchObject([{ open: true }]);
  });

  it('cannot be reported clean while the relay of a lease that has ended still goes on, unless its process has died', async () => {
    const { work, leave, owner, desktopId, desktopsAdmin, of, leases, gatewayId } = await left();
    const claim = await work(owner, { desktopId });
    await leases.end({ person: owner, leaseId: claim.leaseId, origin: originAt('office') });
    await beatOnce(test.database, gatewayId);
    expect(await reasonsFrom(desktopsAdmin.cleaned(of, operator))).toEqual(['conflict']);
    await leave(claim, 'ended-by-gateway');
    expect(await desktopsAdmin.cleaned(of, operator)).toBe(1);

    const again = await work(owner, { desktopId });
    await leases.end({ person: owner, leaseId: again.leaseId, origin: originAt('office') });
    await test.database.updateTable('gateway_process').set({ seen_at: new Date(Date.now() - 4_000) }).where('id', '=', gatewayId).execute();
    expect(await desktopsAdmin.cleaned(of, operator)).toBe(1);
  });

  it('that never showed a picture leaves nothing behind', async () => {
    const place = await workplace();
    const [one, other] = [await place.newcomer(), await place.newcomer()];
    const desktopId = await addDesktop(place, place.organisation, { to: [one, other] });
    const lease = await place.ask(one, { desktopId });
    await place.leases.end({ person: one, leaseId: lease.id, origin: { address: '10.0.4.9', userAgent: 'test' } });
    expect(await place.ask(other, { desktopId })).toMatchObject({ desktopId });
  });

  it('begins also while the process that shows it is taken for dead, so that nobody else enters', async () => {
    const place = await workplace();
    const [one, other] = [await place.newcomer(), await place.newcomer()];
    const desktopId = await addDesktop(place, place.organisation, { to: [one, other] });
    const lease = await place.ask(one, { desktopId });
    const claim = await place.leases.claim({ person: one, leaseId: lease.id, origin: originAt('office'), guacds });
    await test.database.updateTable('lease').set({ state: 'parked', parked_until: new Date(place.clock.now().getTime() + 60_000) }).where('id', '=', lease.id).execute();
    await place.leases.connected(claim);
    await place.leases.end({ person: one, leaseId: lease.id, origin: originAt('office') });
    expect(await reasonsFrom(place.ask(other, { desktopId }))).toEqual(['residual-session']);
  });

  it('is not shown by a relay whose lease has ended: the relay ends at its first picture', async () => {
    const place = await workplace();
    const person = await place.newcomer();
    const desktopId = await addDesktop(place, place.organisation, { to: [person] });
    const lease = await place.ask(person, { desktopId });
    const claim = await place.leases.claim({ person, leaseId: lease.id, origin: originAt('office'), guacds });
    await place.leases.end({ person, leaseId: lease.id, origin: originAt('office') });
    expect(await reasonsFrom(place.leases.connected(claim))).toEqual(['lease-ended']);
  });

  it('of a second person, and a second open lease, are refused by the database itself', async () => {
    const { owner, other, desktopId, claim, organisation, clock, rows } = await left();
    const residual = { id: randomUUID(), organisation_id: organisation.id, desktop_id: desktopId, person_id: other.personId, lease_id: claim.leaseId, exclusive: true, began_at: clock.now(), ended_at: null, ended_because: null };
    await expect(test.database.insertInto('residual_session').values(residual).execute()).rejects.toMatchObject({ constraint: 'residual_open_once_an_exclusive_desktop' });
    const [{ state: _state, came_from: _came, closing_at: _at, ended_at: _ended, ended_because: _because, ...row } = {} as never] = await rows();
    const granted = { ...row, level_number: 0, state: 'granted' as const };
    await test.database.insertInto('lease').values({ ...granted, id: randomUUID(), person_id: owner.personId }).execute();
    for (const person_id of [owner.personId, other.personId]) {
      await expect(test.database.insertInto('lease').values({ ...granted, id: randomUUID(), person_id }).execute()).rejects.toMatchObject({ constraint: 'lease_open_once_an_exclusive_desktop' });
    }
  });

  it('that would be shown to a second person ends the second one\'s relay, whatever the tables said before', async () => {
    const { ask, leases, desktopsAdmin, other, owner, desktopId, of, claim, organisation, clock } = await left();
    await desktopsAdmin.cleaned(of, operator);
    const lease = await ask(other, { desktopId });
    const second = await leases.claim({ person: other, leaseId: lease.id, origin: { address: '10.0.4.9', userAgent: 'test' }, guacds: [{ address: 'g:1', reachable: true }] });
    await test.database
      .insertInto('residual_session')
      .values({ id: randomUUID(), organisation_id: organisation.id, desktop_id: desktopId, person_id: owner.personId, lease_id: claim.leaseId, exclusive: true, began_at: clock.now(), ended_at: null, ended_because: null })
      .execute();
    expect(await reasonsFrom(leases.connected(second))).toEqual(['residual-session']);
  });
});

describe('a desktop of several sessions', () => {
  it('takes as many people as it has sessions, each with an own one that lives on beside the others', async () => {
    const { newcomer, work, ask, leave, desktopsAdmin, organisation, ...place } = await workplace();
    const people = [await newcomer(), await newcomer(), await newcomer()] as const;
    const desktopId = await addDesktop({ desktopsAdmin }, organisation, { sessions: 2, to: people });
    const claims = [await work(people[0], { desktopId }), await work(people[1], { desktopId })];
    expect(await refusalFrom(ask(people[2], { desktopId }))).toMatchObject({ code: 'desktop-in-use', details: { outcome: 'wait' } });
    await leave(claims[0]!);
    await work(people[2], { desktopId });
    expect(await desktopsAdmin.residual({ organisationId: organisation.id, desktopId })).toHaveLength(3);
    expect(await desktopsAdmin.cleaned({ organisationId: organisation.id, desktopId }, operator)).toBe(1);
    expect((await place.rows()).map(({ exclusive }) => exclusive)).toEqual([false, false, false]);
  });
});

describe('a request for a pool', () => {
  it('gets a desktop of it, with all that the lease has to remember', async () => {
    const { newcomer, ask, organisation, rows, decisions, desktopsAdmin } = await workplace();
    const person = await newcomer();
    const poolId = await addPool({ desktopsAdmin }, organisation, { toAll: true, seats: 5 });
    const desktopId = await addDesktop({ desktopsAdmin }, organisation, { poolId, ask: true, weight: 2 });
    const lease = await ask(person, { poolId });
    expect(lease).toMatchObject({ desktopId, poolId });
    expect(await rows()).toMatchObject([{ id: lease.id, pool_id: poolId, desktop_id: desktopId, weight: 2, exclusive: true, unit_id: organisation.unitId, level: '0', level_number: 0 }]);
    expect(await decisions()).toMatchObject([{ outcome: 'admit', lease_id: lease.id, pool_id: poolId, desktop_id: desktopId, reasons: [], inputs: expect.objectContaining({ 'seats.pool': 5, 'taken.pool': 0 }) as unknown }]);
  });

  it('comes back to the person\'s own session, and spreads new people over the desktops used longest ago', async () => {
    const { newcomer, work, leave, ask, organisation, clock, desktopsAdmin } = await workplace();
    const poolId = await addPool({ desktopsAdmin }, organisation, { toAll: true, logIn: 'shared', cleanUp: 'proved' });
    const desktops = [];
    for (let count = 0; count < 3; count += 1) desktops.push(await addDesktop({ desktopsAdmin }, organisation, { poolId }));
    const [one, two, three, four] = [await newcomer(), await newcomer(), await newcomer(), await newcomer()];
    const first = await work(one, { poolId });
    expect((await ask(one, { poolId })).id).toBe(first.leaseId);
    await leave(first);
    clock.advance(1);
    const second = await work(two, { poolId });
    await leave(second);
    await desktopsAdmin.cleaned({ organisationId: organisation.id, desktopId: second.desktopId }, operator);
    clock.advance(1);
    expect((await ask(one, { poolId })).desktopId).toBe(first.desktopId);
    const third = await work(three, { poolId });
    expect(new Set([first.desktopId, second.desktopId, third.desktopId])).toEqual(new Set(desktops));
    expect((await ask(four, { poolId })).desktopId).toBe(second.desktopId);
    expect(await refusalFrom(ask(await newcomer(), { poolId }))).toMatchObject({ code: 'pool-exhausted', details: { outcome: 'wait' } });
  });

  it('is refused where it is not given, out of service, unsuitable, or another organisation\'s', async () => {
    const { newcomer, ask, organisation, desktopsAdmin } = await workplace();
    const person = await newcomer();
    const of = { organisationId: organisation.id, poolId: await addPool({ desktopsAdmin }, organisation, { logIn: 'shared', cleanUp: 'proved' }) };
    await addDesktop({ desktopsAdmin }, organisation, { poolId: of.poolId });
    const asked = () => reasonsFrom(ask(person, { poolId: of.poolId }));
    expect(await asked()).toEqual(['desktop-not-assigned']);
    await desktopsAdmin.assignPool(of, { personId: person.personId }, operator);
    await desktopsAdmin.changePool(of, { cleanUp: 'none' }, operator);
    expect(await asked()).toEqual(['pool-unsuitable']);
    await desktopsAdmin.changePool(of, { cleanUp: 'proved', status: 'disabled' }, operator);
    expect(await asked()).toEqual(['desktop-disabled']);
    await desktopsAdmin.changePool(of, { status: 'active' }, operator);
    expect(await asked()).toEqual([]);
    const elsewhere = await workplace();
    expect(await reasonsFrom(elsewhere.ask(await elsewhere.newcomer(), { poolId: of.poolId }))).toEqual(['desktop-unknown']);
  });

  it('names either a desktop or a pool', async () => {
    const { newcomer, ask, organisation, desktopsAdmin } = await workplace();
    const person = await newcomer();
    const poolId = await addPool({ desktopsAdmin }, organisation, { toAll: true });
    const desktopId = await addDesktop({ desktopsAdmin }, organisation, { to: [person] });
    expect(await reasonsFrom(ask(person, {}))).toEqual(['request-invalid']);
    expect(await reasonsFrom(ask(person, { poolId, desktopId }))).toEqual(['request-invalid']);
  });
});
