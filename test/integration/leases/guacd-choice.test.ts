import { randomUUID } from 'node:crypto';
import type { SignedIn } from '../../../broker/port.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { addDesktop, createOffice, originAt, testPolicy } from '../../support/office.ts';
import { reasonsFrom, refusalFrom } from '../../support/refusal-of.ts';
import { createWorkplace } from '../../support/workplace.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

/** A place with two guacd that no other one has. */
async function fleet({ seats }: { seats?: number } = {}) {
  const { capacity } = testPolicy();
  const [a, b] = [`a-${randomUUID()}:1`, `b-${randomUUID()}:2`];
  const two = (aReachable = true, bReachable = true) => [{ address: a, reachable: aReachable }, { address: b, reachable: bReachable }];
  const place = await createWorkplace({ database: test.database, policy: { capacity: { ...capacity, guacd: seats } } });
  const granted = async (weight = 1): Promise<{ person: SignedIn; leaseId: string }> => {
    const person = await place.newcomer();
    const { id: leaseId } = await place.ask(person, { desktopId: await addDesktop(place, place.organisation, { weight, to: [person] }) });
    return { person, leaseId };
  };
  const claim = (of: { person: SignedIn; leaseId: string }, guacds = two(), leases = place.leases) => leases.claim({ ...of, origin: originAt('office'), guacds });
  return { ...place, a, b, two, granted, claim };
}

describe('the guacd of a claim', () => {
  it('is the one with the fewest seats taken, counted over every gateway, and is on the lease', async () => {
    const { a, b, two, granted, claim, leave, rows, clock } = await fleet();
    const elsewhere = createOffice({ database: test.database, clock, policy: () => testPolicy() });
    const heavy = await claim(await granted(3));
    expect(heavy.guacd).toBe(a);
    const others = [await claim(await granted(), two(), elsewhere.leases), await claim(await granted(), two(), elsewhere.leases), await claim(await granted())];
    expect(others.map(({ guacd }) => guacd)).toEqual([b, b, b]);
    expect((await claim(await granted())).guacd).toBe(a);
    await leave(heavy);
    expect((await claim(await granted())).guacd).toBe(a);
    expect((await rows()).find(({ id }) => id === heavy.leaseId)?.guacd).toBe(a);
  });

  it('is one that can be reached, and none is a fault of theirs that leaves the lease as it is', async () => {
    const { a, two, granted, claim, leases, decisions } = await fleet();
    await claim(await granted(), two(true, false));
    expect((await claim(await granted(), two(true, false))).guacd).toBe(a);
    const waiting = await granted();
    const before = (await decisions()).length;
    expect(await refusalFrom(claim(waiting, two(false, false)))).toMatchObject({ code: 'guacd-unreachable' });
    expect(await leases.get(waiting)).toMatchObject({ state: 'granted' });
    expect(await decisions()).toHaveLength(before);
  });

  it('has room for it; where none has, the person waits and the decision says why', async () => {
    const { a, b, granted, claim, decisions, leave, clock } = await fleet({ seats: 2 });
    const first = await claim(await granted());
    const second = await claim(await granted(2));
    expect([first.guacd, second.guacd]).toEqual([a, b]);
    const heavy = await granted(2);
    clock.advance(1);
    expect(await refusalFrom(claim(heavy))).toMatchObject({ code: 'no-seat-free', details: { outcome: 'wait', help: [{ kind: 'seat' }] } });
    expect((await decisions()).at(-1)).toMatchObject({ outcome: 'wait', reasons: ['no-seat-free'], lease_id: heavy.leaseId, inputs: expect.objectContaining({ 'seats.guacd': 2, [`taken.guacd:${a}`]: 1, [`taken.guacd:${b}`]: 2 }) as unknown });
    await leave(first);
    expect((await claim(heavy)).guacd).toBe(a);
  });

  it('is never over its seats, however many claims come at once', async () => {
    const { a, b, granted, claim } = await fleet({ seats: 5 });
    const all = await Promise.all(Array.from({ length: 24 }, () => granted()));
    const reasons = await Promise.all(all.map((one) => reasonsFrom(claim(one))));
    expect(reasons.filter(([reason]) => reason === undefined)).toHaveLength(10);
    expect(reasons.filter(([reason]) => reason === 'no-seat-free')).toHaveLength(14);
    const carried = await test.database.selectFrom('lease').where('state', '=', 'active').where('guacd', 'in', [a, b]).groupBy('guacd').select(({ fn }) => ['guacd', fn.sum<number>('weight').as('taken')]).orderBy('guacd').execute();
    expect(carried.map(({ guacd, taken }) => [guacd, taken])).toEqual([[a, 5], [b, 5]]);
  });
});
