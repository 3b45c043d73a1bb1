import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { elsewhere, home, identityOver, refusalOf } from '../../support/identity.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

async function threeTimes() {
  const identity = identityOver(test.database);
  const person = await identity.newPerson();
  const [one, two, three] = [await identity.signIn(person, elsewhere), await identity.signIn(person), await identity.signIn(person)];
  const stands = async () => Promise.all([one, two, three].map(({ token }) => identity.signIns.peek(token).then((signedIn) => signedIn !== undefined)));
  return { ...identity, person, one, two, three, stands };
}

describe("one's own sign-ins that stand", () => {
  it('are told with place, device, how they were proved, since when and last seen, and nobody else\'s', async () => {
    const { signIns, signIn, newPerson, three, one, two, clock } = await threeTimes();
    const stranger = await signIn(await newPerson());
    clock.forward(120);
    await signIns.resolve(one.token);
    const open = await signIns.open({ person: three.signedIn });
    expect(open.map(({ id }) => id)).toEqual([three, two, one].map(({ signedIn }) => signedIn.signInId));
    expect(open[2]).toEqual({ id: one.signedIn.signInId, at: one.signedIn.since, lastSeenAt: clock.now(), expiresAt: one.signedIn.expiresAt, address: elsewhere.address, userAgent: 'curl', method: 'password-totp', current: false });
    expect(open[0]).toMatchObject({ current: true, site: 'home', lastSeenAt: three.signedIn.since });
    expect((await signIns.open({ person: stranger.signedIn })).map(({ id }) => id)).toEqual([stranger.signedIn.signInId]);
  });

  it('are not those that are over and that nobody has ended yet', async () => {
    const { signIns, clock, three } = await threeTimes();
    clock.forward(3_600);
    expect(await signIns.open({ person: three.signedIn })).toEqual([]);
  });

  it('end all but the one that asks, with their leases, and what is half finished', async () => {
    const { signIns, person, one, two, three, stands, events, endedLeasesOf, clock, codeOf } = await threeTimes();
    const half = await signIns.withPassword({ username: person.username, password: person.password, origin: elsewhere });
    expect(await signIns.endOthers({ person: three.signedIn, origin: home })).toEqual({ ended: 2 });
    expect(await stands()).toEqual([false, false, true]);
    expect(endedLeasesOf.map(({ which }) => which)).toEqual(expect.arrayContaining([one, two].map(({ signedIn }) => ({ signInId: signedIn.signInId }))));
    expect((await events()).filter(({ event, actor }) => event === 'signedOut' && actor['personId'] === person.id).map(({ fields, actor }) => [fields['why'], actor['signInId']])).toEqual([
      ['by-owner-elsewhere', three.signedIn.signInId],
      ['by-owner-elsewhere', three.signedIn.signInId],
    ]);
    clock.forward(30);
    expect((await refusalOf(signIns.withTotp({ token: half.token, code: codeOf(person.totpSecret), origin: elsewhere }))).code).toBe('sign-in-required');
    expect(await signIns.endOthers({ person: three.signedIn, origin: home })).toEqual({ ended: 0 });
  });

  it('end all, the one that asks as well', async () => {
    const { signIns, three, stands } = await threeTimes();
    await signIns.endAll({ person: three.signedIn, origin: home });
    expect(await stands()).toEqual([false, false, false]);
    expect(await refusalOf(signIns.resolve(three.token))).toMatchObject({ code: 'sign-in-required', details: { ended: 'by-owner' } });
  });

  it('say in the history why they ended', async () => {
    const { signIns, three, two } = await threeTimes();
    await signIns.endOthers({ person: three.signedIn, origin: home });
    const { items } = await signIns.history({ person: three.signedIn });
    expect(items.find(({ id }) => id === two.signedIn.signInId)).toMatchObject({ endedBecause: 'by-owner-elsewhere', method: 'password-totp', site: 'home' });
    expect(items.find(({ id }) => id === three.signedIn.signInId)).not.toHaveProperty('endedBecause');
  });
});
