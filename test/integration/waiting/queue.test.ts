import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { addDesktop, addPool, eventsOf } from '../../support/office.ts';
import { fewSeats } from '../../support/seats.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

/** Each office is alone on its database: seats are counted over the whole installation. */
const office = async (...given: Parameters<typeof fewSeats> extends [unknown, ...infer Rest] ? Rest : never) => fewSeats((await test.another()).database, ...given);

describe('the queue', () => {
  it('gives a place where every seat is taken, and the seat once one is free', async () => {
    const { worker, pass } = await office();
    const [a, b, c] = [await worker('P5'), await worker('P5'), await worker('P5')];
    const first = await a.work();
    await b.work();
    const { waitingId, reasons } = await c.wait();
    expect(reasons).toEqual(['no-seat-free']);
    expect(await c.place(waitingId)).toMatchObject({ state: 'waiting', place: 1, waiting: 1, reasons: ['no-seat-free'], returning: false });
    await pass(1);
    expect(await c.place(waitingId)).toMatchObject({ state: 'waiting' });

    await a.end(first.leaseId);
    await pass(1);
    const place = await c.place(waitingId);
    expect(place).toMatchObject({ state: 'admitted', endedBecause: 'admitted' });
    expect(await c.lease(place.leaseId!)).toMatchObject({ state: 'granted', desktopId: c.desktopId });
    await c.open(place.leaseId!);
  });

  it('goes by class, and within one by arrival; a newcomer passes nobody', async () => {
    const { worker, pass } = await office({ total: 1 });
    const [holder, p4, p3first, p3second, newcomer] = [await worker('P0'), await worker('P4'), await worker('P3'), await worker('P3'), await worker('P3')];
    const { leaseId } = await holder.work();
    const places = [];
    for (const one of [p4, p3first, p3second]) {
      places.push((await one.wait()).waitingId);
      await pass(1);
    }
    expect((await p4.place(places[0]!)).place).toBe(3);
    expect((await p3first.place(places[1]!)).place).toBe(1);
    expect((await p3second.place(places[2]!)).place).toBe(2);

    await holder.end(leaseId);
    expect((await newcomer.wait()).reasons).toEqual(['others-before']);
    await pass(1);
    expect((await p3first.place(places[1]!)).state).toBe('admitted');
    expect((await p3second.place(places[2]!)).state).toBe('waiting');
  });

  it('keeps a place over a refresh, and passes over who is away', async () => {
    const { worker, pass } = await office({ total: 1 });
    const [holder, away, present] = [await worker('P5'), await worker('P5'), await worker('P5')];
    const { leaseId } = await holder.work();
    const gone = await away.wait();
    expect((await away.wait()).waitingId).toBe(gone.waitingId);
    await pass(60);
    const there = await present.wait();
    await pass(40);
    await present.place(there.waitingId);
    await holder.end(leaseId);
    await pass(1);
    expect((await present.place(there.waitingId)).state).toBe('admitted');
    expect((await away.place(gone.waitingId)).state).toBe('waiting');
    await pass(200);
    expect(await away.place(gone.waitingId)).toMatchObject({ state: 'waiting', place: 1 });
    await pass(1);
    expect(await away.place(gone.waitingId)).toMatchObject({ state: 'admitted' });
  });

  it('ends a place that nobody looks at for as long as it is kept', async () => {
    const { worker, pass, clock } = await office({ total: 1 });
    const [holder, away] = [await worker('P5'), await worker('P5')];
    await holder.work();
    const { waitingId } = await away.wait();
    await pass(1_799);
    clock.advance(1);
    await pass(0);
    expect((await away.places()).find(({ id }) => id === waitingId)).toMatchObject({ state: 'ended', endedBecause: 'not-seen' });
  });

  it('gives a seat on that was not taken in time', async () => {
    const { worker, pass } = await office({ total: 1 });
    const [holder, slow, next] = [await worker('P5'), await worker('P5'), await worker('P5')];
    const { leaseId } = await holder.work();
    const first = await slow.wait();
    await pass(1);
    const second = await next.wait();
    await holder.end(leaseId);
    await pass(1);
    const offered = await slow.place(first.waitingId);
    expect(offered).toMatchObject({ state: 'admitted' });
    expect(offered.sitDownBy).toBeInstanceOf(Date);
    await next.place(second.waitingId);
    await pass(179);
    await next.place(second.waitingId);
    await pass(1);
    expect(await slow.lease(offered.leaseId!)).toMatchObject({ state: 'ended', endedBecause: 'not-used' });
    expect((await next.place(second.waitingId)).state).toBe('admitted');
  });

  it('is for one thing at a time, unless the person gives the other place up', async () => {
    const parts = await office({ total: 1 });
    const { worker, workerAt } = parts;
    const [holder, person, other] = [await worker('P5'), await worker('P5'), await worker('P5')];
    await holder.work();
    const { waitingId } = await person.wait();
    await parts.desktopsAdmin.assign({ organisationId: parts.organisation.id, desktopId: other.desktopId, personId: person.person.personId }, { kind: 'operator' });
    const elsewhere = workerAt({ person: person.person, dutyId: person.dutyId, desktopId: other.desktopId });
    await expect(elsewhere.ask()).rejects.toMatchObject({ code: 'waiting-elsewhere', details: { waitingId } });
    const changed = await elsewhere.ask({ changeWait: true });
    expect(changed).toHaveProperty('waitingId');
    expect(await person.place(waitingId)).toMatchObject({ state: 'ended', endedBecause: 'replaced' });
  });

  it('is left by whoever gives the place up, once', async () => {
    const { worker } = await office({ total: 1 });
    const [holder, person, stranger] = [await worker('P5'), await worker('P5'), await worker('P5')];
    await holder.work();
    const { waitingId } = await person.wait();
    await expect(stranger.leave(waitingId)).rejects.toMatchObject({ code: 'wait-unknown' });
    await person.leave(waitingId);
    await person.leave(waitingId);
    expect(await person.place(waitingId)).toMatchObject({ state: 'ended', endedBecause: 'left' });
  });

  it('ends with the reason where the right is gone by the time it is one\'s turn', async () => {
    const parts = await office({ total: 1 });
    const [holder, person] = [await parts.worker('P5'), await parts.worker('P5')];
    const { leaseId } = await holder.work();
    const { waitingId } = await person.wait();
    await parts.desktopsAdmin.unassign({ organisationId: parts.organisation.id, desktopId: person.desktopId, personId: person.person.personId }, { kind: 'operator' });
    await holder.end(leaseId);
    await parts.pass(1);
    expect(await person.place(waitingId)).toMatchObject({ state: 'ended', endedBecause: 'desktop-not-assigned' });
  });
});

describe('preemption', () => {
  it('disconnects a less urgent session after the grace, lets the urgent one in, and brings the other back to the same desktop', async () => {
    const { worker, pass, clock } = await office({ total: 1 });
    const [p5, p1, another] = [await worker('P5'), await worker('P1'), await worker('P5')];
    const session = await p5.work();
    clock.advance(60);
    const waiting = await another.wait();
    const { waitingId } = await p1.wait();
    await pass(1);
    const closing = await p5.lease(session.leaseId);
    expect(closing).toMatchObject({ state: 'active', closingBecause: 'preempted', yieldsTo: { class: 'P1' }, extensionSeconds: 180 });
    expect(closing.closingAt!.getTime() - clock.now().getTime()).toBe(60_000);
    expect(await p1.place(waitingId)).toMatchObject({ place: 1, estimate: { kind: 'at-the-latest', by: closing.closingAt }, freeing: [{ kind: 'session-yields' }, { kind: 'session-ends' }] });

    await pass(59);
    expect(await p5.lease(session.leaseId)).toMatchObject({ state: 'active' });
    await p1.place(waitingId);
    await another.place(waiting.waitingId);
    await pass(1);
    const ended = await p5.lease(session.leaseId);
    expect(ended).toMatchObject({ state: 'ended', endedBecause: 'preempted' });
    const admitted = await p1.place(waitingId);
    expect(admitted).toMatchObject({ state: 'admitted' });
    const urgent = await p1.open(admitted.leaseId!);

    expect(await p5.place(ended.waitingId!)).toMatchObject({ state: 'waiting', returning: true, place: 1, desktopId: p5.desktopId });
    expect(await another.place(waiting.waitingId)).toMatchObject({ place: 2 });
    await p1.end(urgent.leaseId);
    await pass(1);
    const back = await p5.place(ended.waitingId!);
    expect(back).toMatchObject({ state: 'admitted' });
    expect(await p5.lease(back.leaseId!)).toMatchObject({ desktopId: p5.desktopId });
  });

  it('leaves a young session, the same class, and class P0 alone', async () => {
    const { worker, pass, clock } = await office({ total: 3 });
    const [p0, p1, young] = [await worker('P0'), await worker('P1'), await worker('P5')];
    const held = [await p0.work(), await p1.work()];
    clock.advance(3_600);
    held.push(await young.work());
    const urgent = await worker('P1');
    const { waitingId } = await urgent.wait();
    await pass(1);
    for (const [index, one] of [p0, p1, young].entries()) expect(await one.lease(held[index]!.leaseId)).not.toHaveProperty('closingAt');
    await urgent.place(waitingId);
    await pass(59);
    expect(await young.lease(held[2]!.leaseId)).toMatchObject({ closingBecause: 'preempted' });
  });

  it('is extended once, for a reason', async () => {
    const { worker, pass, clock } = await office({ total: 1 });
    const [p5, p1] = [await worker('P5'), await worker('P1')];
    const session = await p5.work();
    await expect(p5.extend(session.leaseId)).rejects.toMatchObject({ code: 'not-extendable' });
    clock.advance(60);
    await p1.wait();
    await pass(1);
    const before = (await p5.lease(session.leaseId)).closingAt!.getTime();
    const extended = await p5.extend(session.leaseId);
    expect(extended.closingAt!.getTime() - before).toBe(180_000);
    expect(extended).not.toHaveProperty('extensionSeconds');
    await expect(p5.extend(session.leaseId)).rejects.toMatchObject({ code: 'not-extendable' });
    await expect(p1.extend(session.leaseId)).rejects.toMatchObject({ code: 'lease-unknown' });
  });

  it('is taken back when the seat is no longer needed', async () => {
    const { worker, pass, clock } = await office({ total: 1 });
    const [p5, p1] = [await worker('P5'), await worker('P1')];
    const session = await p5.work();
    clock.advance(60);
    const { waitingId } = await p1.wait();
    await pass(1);
    expect(await p5.lease(session.leaseId)).toHaveProperty('closingAt');
    await p1.leave(waitingId);
    await pass(1);
    expect(await p5.lease(session.leaseId)).not.toHaveProperty('closingAt');
  });

  it('goes on for the next one where the one it was for has gone: to the same moment, and extended no second time', async () => {
    const fresh = await test.another();
    const { worker, pass, clock } = await fewSeats(fresh.database, { total: 1 });
    const [p5, first, next] = [await worker('P5'), await worker('P1'), await worker('P1')];
    const session = await p5.work();
    clock.advance(60);
    const { waitingId: left } = await first.wait();
    await pass(1);
    const { waitingId } = await next.wait();
    await pass(1);
    const { closingAt } = await p5.extend(session.leaseId);
    await first.leave(left);
    await pass(1);
    expect(await p5.lease(session.leaseId)).toMatchObject({ closingAt, closingBecause: 'preempted' });
    await expect(p5.extend(session.leaseId)).rejects.toMatchObject({ code: 'not-extendable' });
    const running = await fresh.database.selectFrom('preemption').selectAll().where('outcome', 'is', null).execute();
    expect(running).toEqual([expect.objectContaining({ waiting_id: waitingId, ends_at: closingAt, extension_reason: expect.any(String) })]);
    const told = (await eventsOf(fresh.database)).map(({ code }) => code);
    expect([told.filter((code) => code === 'SKA-4203').length, told.filter((code) => code === 'SKA-4205').length]).toEqual([2, 1]);
    for (let left = (closingAt!.getTime() - clock.now().getTime()) / 1000; left > 0; left -= 60) {
      expect((await next.place(waitingId)).state).toBe('waiting');
      await pass(Math.min(60, left));
    }
    expect(await p5.lease(session.leaseId)).toMatchObject({ state: 'ended', endedBecause: 'preempted' });
    expect((await next.place(waitingId)).state).toBe('admitted');
  });

  it('is for a seat of the pool as well where a desktop of the pool is waited for', async () => {
    const fresh = await test.another();
    const parts = await fewSeats(fresh.database, { total: 9 });
    const { pass, clock, organisation } = parts;
    const poolId = await addPool(parts, organisation, { logIn: 'shared', cleanUp: 'proved', seats: 1 });
    const inPool = async (priorityClass: 'P1' | 'P5') => {
      const { person, dutyId } = await parts.worker(priorityClass);
      return parts.workerAt({ person, dutyId, desktopId: await addDesktop(parts, organisation, { to: [person], poolId }) });
    };
    const [p5, p1] = [await inPool('P5'), await inPool('P1')];
    const session = await p5.work();
    clock.advance(60);
    const { waitingId, reasons } = await p1.wait();
    expect(reasons).toEqual(['no-seat-free']);
    await pass(1);
    expect(await p5.lease(session.leaseId)).toMatchObject({ closingBecause: 'preempted' });
    await p1.place(waitingId);
    await pass(60);
    expect((await p1.place(waitingId)).state).toBe('admitted');
  });

  it('never touches what is guaranteed to another unit', async () => {
    const { worker, pass, clock, addUnit, organisation, setPolicy, policy } = await office({ total: 2 });
    const [welfare, tax] = [await addUnit('福祉部'), await addUnit('税務部')];
    const inForce = policy()!;
    setPolicy({ ...inForce, capacity: { ...inForce.capacity, shares: [{ path: [organisation.name, '福祉部'], floor: 1, most: undefined }] } });
    const [guarded, burst] = [await worker('P5', { unitId: welfare }), await worker('P5', { unitId: tax })];
    const held = [await guarded.work(), await burst.work()];
    clock.advance(3_600);
    const urgent = await worker('P1', { unitId: tax });
    await urgent.wait();
    await pass(1);
    expect(await guarded.lease(held[0]!.leaseId)).not.toHaveProperty('closingAt');
    expect(await burst.lease(held[1]!.leaseId)).toMatchObject({ closingBecause: 'preempted' });
  });

  it('counts a section with its department, also after that was renamed', async () => {
    const fresh = await test.another();
    const { worker, addUnit, organisation, setPolicy, policy } = await fewSeats(fresh.database, { total: 2 });
    const department = await addUnit('福祉部');
    const section = await addUnit('生活福祉課', department);
    const inForce = policy()!;
    const guarantee = (name: string) => setPolicy({ ...inForce, capacity: { ...inForce.capacity, shares: [{ path: [organisation.name, name], floor: 1, most: undefined }] } });
    guarantee('福祉部');
    await (await worker('P5')).work();
    expect((await (await worker('P5')).wait()).reasons).toEqual(['floors-of-others']);
    await fresh.database.updateTable('unit').set({ name: '保健福祉部' }).where('id', '=', department).execute();
    guarantee('保健福祉部');
    await (await worker('P5', { unitId: section })).work();
  });

  it('is on the trail with what it rested on', async () => {
    const fresh = await test.another();
    const { worker, pass, clock } = await fewSeats(fresh.database, { total: 1 });
    const [p5, p1] = [await worker('P5'), await worker('P1')];
    await p5.work();
    clock.advance(60);
    await p1.wait();
    await pass(1);
    await pass(60);
    const told = (await eventsOf(fresh.database)).map(({ code }) => code);
    for (const code of ['SKA-4201', 'SKA-4203', 'SKA-4009', 'SKA-4006']) expect(told).toContain(code);
    const [noticed] = (await eventsOf(fresh.database)).filter(({ code }) => code === 'SKA-4203');
    expect(noticed?.fields).toMatchObject({ class: 'P5', forClass: 'P1', inputs: { weight: 1, sessions: 1, waiting: 1 } });
  });
});
